"""The lexicon: a list of words and what to say instead.

It is applied to the text that is sent; shown text stays as typed. Import and export are in
`lib.lexicon.files`, so that only a page that needs them loads them.
"""

from lib.lexicon.applying import Applied, Lexicon, apply
from lib.lexicon.entry import SAY_AS_MAX_CHARS, WORD_MAX_CHARS, Entry, checked

__all__ = [
    "SAY_AS_MAX_CHARS",
    "WORD_MAX_CHARS",
    "Applied",
    "Entry",
    "Lexicon",
    "apply",
    "checked",
]
