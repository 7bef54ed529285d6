"""How words are said: a list of words and what to say instead.

What is sent goes through it; what is shown stays as typed. Its files are in `lib.lexicon.files`,
which only a page that reads or writes them has to load.
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
