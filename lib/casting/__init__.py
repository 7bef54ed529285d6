"""Choose voices that fit the names of a script's speakers."""

from lib.casting.choosing import choose

__all__ = ["choose"]
