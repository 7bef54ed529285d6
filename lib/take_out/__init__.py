"""Make files to take out: clips with tags and captions, many in one ZIP or joined as one sound."""

from lib.take_out.pieces import Track
from lib.take_out.shelf import DAY_S, Shelf
from lib.take_out.taking import Joined, TakeOut, caption_files

__all__ = ["DAY_S", "Joined", "Shelf", "TakeOut", "Track", "caption_files"]
