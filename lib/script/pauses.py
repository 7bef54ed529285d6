"""Pauses that a person puts into a text: real silence at a join, never words for the service."""

import re
from typing import NamedTuple

PAUSE_MAX_S = 60.0

# Every repetition has an end: without one, a long run of blanks would take minutes.
MARK = re.compile(
    r"\[\s{0,9}pause\s{1,9}(?P<number>\d{1,5}(?:[.,]\d{1,3})?)\s{0,9}(?P<unit>ms|s)\s{0,9}\]",
    re.IGNORECASE,
)


class Stretch(NamedTuple):
    """Words without a mark, empty if two marks meet, and the silence after them in seconds.

    pause_s: None where no mark follows.
    """

    text: str
    pause_s: float | None


def mark(seconds: float) -> str:
    """Such as "[pause 0.5 s]"."""
    return f"[pause {seconds:g} s]"


def stretches(text: str) -> list[Stretch]:
    """The text cut at its marks; what was typed around them is trimmed."""
    found = []
    start = 0
    for match in MARK.finditer(text):
        found.append(Stretch(text[start : match.start()].strip(), _seconds(match)))
        start = match.end()
    return [*found, Stretch(text[start:].strip(), None)]


def without_marks(text: str) -> str:
    """As a title or a caption shows it."""
    return MARK.sub(" ", text)


def _seconds(match: re.Match[str]) -> float:
    number = float(match["number"].replace(",", "."))
    return min(PAUSE_MAX_S, number / 1000 if match["unit"].lower() == "ms" else number)
