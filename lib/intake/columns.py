"""Map the columns of a sheet to text, title, voice and pause, and make the lines of a script."""

import re
from dataclasses import dataclass, fields
from typing import NamedTuple

from lib import money
from lib.errors import InvalidRequestError
from lib.export import unguarded
from lib.intake import headers
from lib.intake.brought import Sheet, named
from lib.script import pauses
from lib.script.line import Line

PAUSE = re.compile(
    r"\s*(?P<number>\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(?P<unit>[^\W\d_]{0,15})\.?\s*"
)
# English, German, French, Spanish, Italian, Portuguese. Other units are not read as a pause.
MILLISECONDS = {"ms", "msec", "msecs", "millis", "millisecond", "milliseconds", "millisekunden"}
SECONDS = {"s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde"} | {
    "secondes",
    "segundo",
    "segundos",
    "secondo",
    "secondi",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The name of the column for each part of a line; "" if there is none."""

    text: str = ""
    title: str = ""
    voice: str = ""
    speaker: str = ""
    pause: str = ""


class Brought(NamedTuple):
    """notes: sentences about what a person should know before recording."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def guess(sheet: Sheet) -> Mapping:
    """Guess the mapping from the column names; without one for the text, the longest is used."""
    found: dict[headers.Role, str] = {}
    for role_of in (headers.role_of, headers.hinted_role_of):
        for name in sheet.header:
            role = role_of(name)
            if role and role not in found and name not in found.values():
                found[role] = name
    if "text" not in found:
        words = {name: _words(sheet, name) for name in sheet.header if name not in found.values()}
        if any(words.values()):
            found["text"] = max(words, key=words.__getitem__)
        elif "title" in found:
            found["text"] = found.pop("title")
    return Mapping(**{str(role): name for role, name in found.items()})


def lines(sheet: Sheet, mapping: Mapping) -> Brought:
    """One line for each row with a text. Raises InvalidRequestError for a missing column."""
    places = _places(sheet, mapping)
    unit = "ms" if MILLISECONDS.intersection(headers.plain(mapping.pause).split()) else "s"
    made: list[Line] = []
    unreadable: list[int] = []
    cut: list[int] = []
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cell = {role: as_typed(sheet, row[place]).strip() for role, place in places.items()}
        if not cell["text"]:
            continue
        written = cell.pop("pause", "")
        pause_s = seconds(written, unit)
        if written and pause_s is None:
            unreadable.append(number)
        elif pause_s is not None and pause_s > pauses.PAUSE_MAX_S:
            cut.append(number)
            pause_s = pauses.PAUSE_MAX_S
        made.append(Line(**cell, pause_after_s=pause_s))
    skipped = len(sheet.rows) - len(made)
    return Brought(tuple(made), tuple(_notes(skipped, unreadable, cut)))


def as_typed(sheet: Sheet, cell: str) -> str:
    """The text of a cell, without the "'" that our own tables put before a formula."""
    return unguarded(cell) if sheet.guarded else cell


def seconds(written: str, unit: str = "s") -> float | None:
    """A pause in seconds: 0.5 for "0.5", "0,5 s" or "500 ms"; None if it cannot be read.

    unit: the unit of a number without one, "s" or "ms".
    """
    match = PAUSE.fullmatch(written)
    if not match:
        return None
    number, given = float(match["number"].replace(",", ".")), (match["unit"] or unit).casefold()
    if given in MILLISECONDS:
        return number / 1000
    return number if given in SECONDS else None


def _places(sheet: Sheet, mapping: Mapping) -> dict[str, int]:
    """The index of the column of each role that has one."""
    chosen = {field.name: getattr(mapping, field.name) for field in fields(mapping)}
    seen = f"The columns are {', '.join(sheet.header)}."
    if not mapping.text:
        raise InvalidRequestError("No column holds the text yet.", hint=f"Choose one. {seen}")
    for name in filter(None, chosen.values()):
        if name not in sheet.header:
            raise InvalidRequestError(f"There is no column {name}.", hint=seen)
    return {role: sheet.header.index(name) for role, name in chosen.items() if name}


def _words(sheet: Sheet, name: str) -> int:
    """The number of characters of words in the column."""
    place = sheet.header.index(name)
    return sum(len(row[place]) for row in sheet.rows if any(map(str.isalpha, row[place])))


def _notes(skipped: int, unreadable: list[int], cut: list[int]) -> list[str]:
    found = []
    if skipped:
        verb = "was" if skipped == 1 else "were"
        found.append(f"{money.count(skipped, 'row')} without text {verb} left out.")
    if unreadable:
        found.append(f"{_rows(unreadable)}: the pause cannot be read, so the usual one is used.")
    if cut:
        found.append(f"{_rows(cut)}: the pause is cut to {pauses.PAUSE_MAX_S:g} seconds.")
    return found


def _rows(numbers: list[int]) -> str:
    return f"Row{'' if len(numbers) == 1 else 's'} {named(numbers)}"
