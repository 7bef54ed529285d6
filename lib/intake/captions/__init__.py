"""Read captions, SRT and WebVTT, as people and programs write them."""

from lib.intake.captions.reading import begins_so, is_captions, read

__all__ = ["begins_so", "is_captions", "read"]
