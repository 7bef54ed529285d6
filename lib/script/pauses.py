"""Pause marks that a person types: they become silence in the joined file and are never sent."""

import re
from typing import NamedTuple

PAUSE_MAX_S = 60.0

# Every repetition is bounded: without a bound, a long run of blanks would take minutes.
MARK = re.compile(
    r"\[\s{0,9}pause\s{1,9}(?P<number>\d{1,5}(?:[.,]\d{1,3})?)\s{0,9}(?P<unit>ms|s)\s{0,9}\]",
    re.IGNORECASE,
)


class Stretch(NamedTuple):
    """The text between two marks (may be empty), and the silence after it.

    pause_s: in seconds; None if no mark follows.
    """

    text: str
    pause_s: float | None


def mark(seconds: float) -> str:
    """A pause mark such as "[pause 0.5 s]"."""
    return f"[pause {seconds:g} s]"


def stretches(text: str) -> list[Stretch]:
    """The text split at its marks; blanks around the marks are trimmed."""
    found = []
    start = 0
    for match in MARK.finditer(text):
        found.append(Stretch(text[start : match.start()].strip(), _seconds(match)))
        start = match.end()
    return [*found, Stretch(text[start:].strip(), None)]


def without_marks(text: str) -> str:
    """The text for a title or a caption."""
    return MARK.sub(" ", text)


def _seconds(match: re.Match[str]) -> float:
    number = float(match["number"].replace(",", "."))
    return min(PAUSE_MAX_S, number / 1000 if match["unit"].lower() == "ms" else number)
