"""Words in: what was typed, cleaned, measured, and cut into pieces that one call can speak."""

from lib.script.cleaning import Cleaned, checked, clean
from lib.script.measuring import expected_length_s
from lib.script.splitting import Piece, split
from lib.script.titles import title_of

__all__ = ["Cleaned", "Piece", "checked", "clean", "expected_length_s", "split", "title_of"]
