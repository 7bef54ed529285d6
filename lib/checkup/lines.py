"""Check the lines of a script: voices, titles, lengths and duplicates."""

import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lib import script
from lib.script import Line
from lib.script.cleaning import SAYABLE
from lib.script.dialogue import same_person
from lib.script.measuring import without_markup

LineKind = Literal["duplicate", "empty", "length", "title", "voice"]


@dataclass(frozen=True, slots=True)
class LineFinding:
    """position: index of the line, from 0. Messages count rows from 1."""

    position: int
    kind: LineKind
    message: str


def across(
    lines: Sequence[Line],
    *,
    voices: Container[str],
    row_max_chars: int,
    title_required: bool = False,
) -> list[LineFinding]:
    """The problems of single lines and between lines, sorted by line.

    voices: the names that a line may use; if "" is one of them, a line may have no voice.
    A speaker without a voice is reported once, not at every turn.
    """
    found = [
        *_unsayable(lines, row_max_chars),
        *_without_voice(lines, voices),
        *_titles(lines, required=title_required),
        *_duplicates(lines),
    ]
    return sorted(found, key=lambda finding: finding.position)


def _unsayable(lines: Sequence[Line], row_max_chars: int) -> Iterator[LineFinding]:
    for position, line in enumerate(lines):
        if not _has_words(line.text):
            yield LineFinding(position, "empty", "This row has no words, so nothing is recorded.")
        elif len(line.text) > row_max_chars:
            message = f"This row has {len(line.text):,} characters; {row_max_chars:,} is the most."
            yield LineFinding(position, "length", message)


def _without_voice(lines: Sequence[Line], voices: Container[str]) -> Iterator[LineFinding]:
    said: set[str] = set()
    for position, line in enumerate(lines):
        if line.voice in voices or not _has_words(line.text):
            continue
        if line.voice:
            yield LineFinding(position, "voice", f"There is no voice “{line.voice}” here.")
        elif not line.speaker:
            yield LineFinding(position, "voice", "This row has no voice yet.")
        elif (speaker := same_person(line.speaker)) not in said:
            said.add(speaker)
            yield LineFinding(position, "voice", f"“{line.speaker}” has no voice yet.")


def _titles(lines: Sequence[Line], *, required: bool) -> Iterator[LineFinding]:
    first: dict[str, int] = {}
    for position, line in enumerate(lines):
        title = " ".join(_same(line.title).split())
        if not title:
            if required and _has_words(line.text):
                yield LineFinding(position, "title", "This row has no title.")
        elif (earlier := first.setdefault(title, position)) != position:
            message = f"Row {earlier + 1} has the title “{line.title.strip()}” too."
            yield LineFinding(position, "title", message)


def _duplicates(lines: Sequence[Line]) -> Iterator[LineFinding]:
    first: dict[tuple[str, str, str], int] = {}
    for position, line in enumerate(lines):
        if not _has_words(line.text):
            continue
        # A speaker has one voice, even if it is not chosen yet.
        who = "" if line.voice else same_person(line.speaker)
        key = (script.clean(line.text).text, line.voice, who)
        if (earlier := first.setdefault(key, position)) != position:
            message = f"Row {earlier + 1} has the same words and voice: recorded once."
            yield LineFinding(position, "duplicate", message)


def _has_words(text: str) -> bool:
    return bool(SAYABLE.search(without_markup(script.pauses.without_marks(text))))


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
