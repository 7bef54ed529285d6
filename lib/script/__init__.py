"""Clean and measure a typed text, read it as a script, and split it into pieces for one call."""

from lib.script import blocks, chapters, dialogue, filling, pauses, sections
from lib.script.cleaning import Cleaned, checked, clean, is_sayable, without_unseen
from lib.script.line import Line
from lib.script.measuring import expected_length_s
from lib.script.splitting import Piece, fits, split
from lib.script.titles import title_of, title_of_document

__all__ = [
    "Cleaned",
    "Line",
    "Piece",
    "blocks",
    "chapters",
    "checked",
    "clean",
    "dialogue",
    "expected_length_s",
    "filling",
    "fits",
    "is_sayable",
    "pauses",
    "sections",
    "split",
    "title_of",
    "title_of_document",
    "without_unseen",
]
