"""Words in: what was typed, cleaned, measured, read as a script, and cut into pieces that one call
can speak.
"""

from lib.script import chapters, dialogue, filling, pauses
from lib.script.cleaning import Cleaned, checked, clean, is_sayable
from lib.script.line import Line
from lib.script.measuring import expected_length_s
from lib.script.splitting import Piece, split
from lib.script.titles import title_of

__all__ = [
    "Cleaned",
    "Line",
    "Piece",
    "chapters",
    "checked",
    "clean",
    "dialogue",
    "expected_length_s",
    "filling",
    "is_sayable",
    "pauses",
    "split",
    "title_of",
]
