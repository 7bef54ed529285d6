"""The metadata written into a sound file: title, voices, date, chapters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex  # type: ignore[import-untyped]  # characters of every script by their class

AI_NOTE = "AI-generated voice"
UNSTORED = regex.compile(r"[\p{Cc}\p{Cs}\s]+")


@dataclass(frozen=True, slots=True)
class Chapter:
    start_s: float
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """voices: no name twice. chapters: in order; the last one ends with the sound.

    length_s: the length of the whole sound.
    """

    title: str
    voices: Sequence[str]
    made_on: date
    length_s: float
    chapters: Sequence[Chapter] = ()
    comment: str = AI_NOTE


def stored(text: str) -> str:
    """The text on one line: a tag ends at a NUL, and some readers end it at a line break."""
    return str(UNSTORED.sub(" ", text)).strip()
