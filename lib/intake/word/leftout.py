"""Say what of a DOCX was left out of its text, and where it stood."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from lib import money
from lib.intake.brought import NAMED_AT_MOST, named
from lib.intake.word.accepting import tag

WORDS_SHOWN = 5
SHOWN_MAX_CHARS = 60


class LeftOut(NamedTuple):
    """Words that were taken away, and the paragraph in which they stood."""

    words: str
    paragraph: Any = None

    def longer(self, words: str) -> "LeftOut":
        """With more words, as far as a note shows them."""
        return (
            self if len(self.words) > SHOWN_MAX_CHARS else self._replace(words=self.words + words)
        )


def note(thing: str, left: Sequence[LeftOut], tail: str = "", done: str = "left out") -> str:
    """Such as "1 field not filled in was left out: “Enter a name” in “Dear , welcome.”."

    thing: a noun; tail: what belongs behind it, such as " not filled in".

    To be asked for when everything is taken away: it quotes what remains of the paragraphs.
    """
    first = [_quoted(each) for each in left[:NAMED_AT_MOST]]
    quotes = named([*first, *left[NAMED_AT_MOST:]])
    return f"{money.count(len(left), thing)}{tail} {were(len(left))} {done}: {quotes}."


def were(number: int) -> str:
    return "was" if number == 1 else "were"


def paragraph_of(element: Any) -> Any:
    return next(element.iterancestors(tag("p")), None)


def take_away(element: Any) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def shortened(text: str, words_shown: int = SHOWN_MAX_CHARS) -> str:
    """The first words of a text, for a note."""
    whole = text[: SHOWN_MAX_CHARS * 4].split()
    shown = " ".join(whole[:words_shown])[:SHOWN_MAX_CHARS].rstrip()
    return shown if shown == " ".join(whole) else f"{shown} …"


def _quoted(each: LeftOut) -> str:
    words = f"“{shortened(each.words)}”" if each.words.strip() else "a blank"
    where = "" if each.paragraph is None else _words_of(each.paragraph)
    return f"{words} in “{shortened(where, WORDS_SHOWN)}”" if where else words


def _words_of(paragraph: Any) -> str:
    return "".join(word.text or "" for word in paragraph.iter(tag("t"))).strip()
