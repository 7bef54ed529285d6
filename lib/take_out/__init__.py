"""What leaves the house: clips with tags and captions, many in one ZIP or joined into one sound."""

from lib.take_out.pieces import Item
from lib.take_out.shelf import DAY_S, Shelf
from lib.take_out.taking import Joined, TakeOut, caption_files

__all__ = ["DAY_S", "Item", "Joined", "Shelf", "TakeOut", "caption_files"]
