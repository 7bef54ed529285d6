"""What the check-up says about a place in a text."""

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
    """A place that may be read aloud in another way than it is meant.

    said: text[start:end], as typed, with as many words around the trouble as make `mend` right
    wherever the same characters stand. message: a sentence for staff. mend: what could be sent
    instead, empty to leave it out, None where nothing can be offered for sure.
    """

    start: int
    end: int
    kind: Kind
    said: str
    message: str
    mend: str | None


class Found(NamedTuple):
    """What a rule has found, before what overlaps is sorted out.

    word: the part that a lexicon may know already, such as "km" in "5 km". inside: words that
    are left when marks around them go, and may have troubles of their own.
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
