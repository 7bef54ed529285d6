"""An entry of the lexicon: one word and how to say it."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError
from lib.lexicon.sameness import composed, same
from lib.script.cleaning import BLANKS

WORD_MAX_CHARS = 100
SAY_AS_MAX_CHARS = 500
NOTE_MAX_CHARS = 500
HINT = "Change it, then save it again."

# Characters that no file can hold, and line breaks, since a word is searched within a line.
UNWRITABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One or more words and what to say instead; an empty `say_as` says nothing.

    match_case: only in this spelling; otherwise "Nato" matches "NATO" too. whole_word: not inside
    a longer word, in scripts that separate words.
    """

    word: str
    say_as: str
    note: str = ""
    match_case: bool = False
    whole_word: bool = True

    @property
    def identity(self) -> tuple[str, bool]:
        """A key that is equal for entries of which a lexicon may have only one."""
        word = same(self.word)
        return (word if self.match_case else word.casefold(), self.match_case)


def checked(entry: Entry, others: Iterable[Entry] = ()) -> Entry:
    """The entry as it is stored: composed (NFC), without outer blanks, with its note on one line.

    Raises InvalidRequestError if it has no word, if a text is too long or has a line break or a
    control character, and if `others` has the same word.
    """
    kept = Entry(
        composed(entry.word).strip(BLANKS),
        composed(entry.say_as).strip(BLANKS),
        " ".join(composed(entry.note).split()),
        entry.match_case,
        entry.whole_word,
    )
    if not kept.word:
        raise InvalidRequestError("There is no word yet.", hint="Type the word that is misread.")
    shown = kept.word if len(kept.word) <= WORD_MAX_CHARS else f"{kept.word[:20]}…"
    shown = UNWRITABLE.sub(" ", shown)
    for name, text, most in (
        ("The word", kept.word, WORD_MAX_CHARS),
        ("How to say it", kept.say_as, SAY_AS_MAX_CHARS),
        ("The note", kept.note, NOTE_MAX_CHARS),
    ):
        if len(text) > most:
            raise InvalidRequestError(
                f"“{shown}”: {name} has {len(text):,} characters; {most} is the most.", hint=HINT
            )
        if UNWRITABLE.search(text):
            raise InvalidRequestError(
                f"“{shown}”: {name} has a line break or a control character in it.", hint=HINT
            )
    if any(other.identity == kept.identity for other in others):
        raise InvalidRequestError(
            f"“{shown}” is in the lexicon already.", hint="Change the one that is there."
        )
    return kept
