"""The values that the check-up returns: a place in a text and what may go wrong there."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal[
    "abbreviation",
    "acronym",
    "address",
    "brackets",
    "capitals",
    "date",
    "emoji",
    "markdown",
    "markup",
    "money",
    "number",
    "percent",
    "phone",
    "phonetics",
    "placeholder",
    "repeated",
    "sentence",
    "slash",
    "tag",
    "time",
    "unit",
    "word",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that may be read aloud in an unintended way.

    said: text[start:end], as typed. It includes enough words around the problem that `mend` is
    right for every place with the same characters. message: a sentence for staff. mend: what to
    send instead; "" to leave the place out, None if no correction is certain.
    """

    start: int
    end: int
    kind: Kind
    said: str
    message: str
    mend: str | None


class Found(NamedTuple):
    """The result of one rule; results of several rules may still overlap.

    word: the part that a lexicon may contain, such as "km" in "5 km". inside: the words that
    remain when the marks around them are removed; they are checked again.
    """

    start: int
    end: int
    kind: Kind
    message: str
    mend: str | None = None
    word: str = ""
    inside: str | None = None


def found(
    match: re.Match[str], kind: Kind, message: str, mend: str | None = None, *, word: str = ""
) -> Found:
    return Found(match.start(), match.end(), kind, message, mend, word)
