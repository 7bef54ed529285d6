"""Map the columns of a sheet to text, title, voice and pause, and make the lines of a script."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from lib.errors import InvalidRequestError
from lib.export import unguarded
from lib.intake import headers
from lib.intake.brought import Sheet, named
from lib.intake.rows import told
from lib.script import clock, pauses
from lib.script.line import Line

PAUSE = re.compile(
    r"\s*(?P<number>\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(?P<unit>[^\W\d_]{0,15})\.?\s*"
)
# English, German, French, Spanish, Italian, Portuguese. Other units are not read as a pause.
MILLISECONDS = {"ms", "msec", "msecs", "millis", "millisecond", "milliseconds", "millisekunden"}
SECONDS = {"s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"}
SECONDS |= {"seconde", "secondes", "segundo", "segundos", "secondo", "secondi"}
TIMES = ("Start", "End")  # as captions and our own tables name them
# Names of a column that has titles in one table, and people in another.
PEOPLE = frozenset(("name", "nom", "nombre", "nome"))
NUMBERED = frozenset(("line", "lines"))
# Names of a column that tells the rows apart, and says nothing of them.
NUMBERS = frozenset(("nr", "number", "nummer", "numero", "id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The name of the column for each part of a line; "" if there is none.

    start, end: with times from the start of the sound, as captions have them.
    """

    text: str = ""
    title: str = ""
    voice: str = ""
    speaker: str = ""
    pause: str = ""
    start: str = ""
    end: str = ""


class Brought(NamedTuple):
    """notes: sentences about what a person should know before recording."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def guess(sheet: Sheet) -> Mapping:
    """Guess the mapping from the column names, and from the cells where names do not decide."""
    found: dict[headers.Role, str] = {}
    for role_of in (headers.role_of, headers.hinted_role_of):
        named_so = {name: role_of(name) for name in sheet.header}
        if "text" not in found and (text := _most_wordy(sheet, named_so, found)):
            found["text"] = text
        for name, role in named_so.items():
            if role and role not in found and name not in found.values() and role != "text":
                found[role] = name
    # A text column that is still blank is better than another one that is spoken.
    for name in sheet.header:
        if headers.role_of(name) == "text" and headers.plain(name) not in NUMBERED:
            found.setdefault("text", name)
    if "text" not in found:
        words = {name: _words(sheet, name) for name in sheet.header if name not in found.values()}
        if any(words.values()):
            found["text"] = max(words, key=words.__getitem__)
        elif "title" in found:
            found["text"] = found.pop("title")
    if headers.plain(found.get("title", "")) in NUMBERS:
        found["title"] = _in_words(sheet, found.values()) or found["title"]
    if "speaker" not in found and _are_people(sheet, found.get("title", "")):
        found["speaker"] = found.pop("title")
    times = {name.casefold(): name for name in TIMES if _has_times(sheet, name, found.values())}
    return Mapping(**{str(role): name for role, name in found.items()}, **times)


def _in_words(sheet: Sheet, used: Collection[str]) -> str:
    """A column of titles that are no numbers, each row's its own; "" if there is none."""
    for place, name in enumerate(sheet.header):
        is_free = headers.role_of(name) == "title" and name not in used
        if is_free and headers.plain(name) not in NUMBERS | PEOPLE:
            cells = [row[place].strip() for row in sheet.rows]
            if all(cells) and len(set(cells)) == len(cells):
                return name
    return ""


def _has_times(sheet: Sheet, name: str, used: Collection[str]) -> bool:
    """Whether this column is there, and as in captions or in a table that we wrote."""
    if name not in sheet.header or name in used:
        return False
    place = sheet.header.index(name)
    cells = [cell for row in sheet.rows if (cell := row[place].strip())]
    return bool(cells) and all(map(clock.EXACT.fullmatch, cells))


def unused(sheet: Sheet, mapping: Mapping) -> tuple[str, ...]:
    """The names of the columns that no part of a line is taken from, though they have cells."""
    used = {getattr(mapping, field.name) for field in fields(mapping)}
    filled = [any(map(str.strip, column)) for column in zip(*sheet.rows, strict=True)]
    return tuple(
        name
        for name, is_filled in zip(sheet.header, filled, strict=False)
        if is_filled and name not in used
    )


def lines(sheet: Sheet, mapping: Mapping) -> Brought:
    """One line for each row with a text. Raises InvalidRequestError for a missing column."""
    places = _places(sheet, mapping)
    unit = "ms" if MILLISECONDS.intersection(headers.plain(mapping.pause).split()) else "s"
    made: list[Line] = []
    skipped: list[str] = []
    unreadable: list[int] = []
    cut: list[int] = []
    before = 0
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cell = {role: as_typed(sheet, row[place]).strip() for role, place in places.items()}
        if not cell["text"]:
            skipped.append(_without_text(number, row))
            continue
        written = cell.pop("pause", "")
        pause_s = seconds(written, unit)
        if written and pause_s is None:
            unreadable.append(number)
        elif pause_s is not None and pause_s > pauses.PAUSE_MAX_S:
            cut.append(number)
            pause_s = pauses.PAUSE_MAX_S
        start_s, end_s = (clock.read(cell.pop(role, "")) for role in ("start", "end"))
        if start_s is not None and number == before:  # another turn of a caption follows the first
            start_s, made[-1] = None, replace(made[-1], end_s=None)
        before = number
        made.append(
            Line(
                text=cell["text"],
                title=cell.get("title", ""),
                speaker=cell.get("speaker", ""),
                voice=cell.get("voice", ""),
                pause_after_s=pause_s,
                start_s=start_s,
                end_s=end_s,
            )
        )
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


def _most_wordy(
    sheet: Sheet,
    roles: dict[str, headers.Role | None],
    found: dict[headers.Role, str],
) -> str:
    """The first column named as a text, unless another one so named has most of the words.

    "" if there is none. A blank column is none.
    """
    words = {
        name: count
        for name, role in roles.items()
        if role == "text" and name not in found.values()
        if (count := _words(sheet, name)) or not _is_blank_or_numbered(sheet, name)
    }
    most = max(words.values(), default=0)
    return next((name for name, count in words.items() if 2 * count >= most), "")


def _is_blank_or_numbered(sheet: Sheet, name: str) -> bool:
    """Whether a column without a word is blank, or "Line", which has the numbers of the lines."""
    place = sheet.header.index(name)
    is_blank = bool(sheet.rows) and not any(row[place].strip() for row in sheet.rows)
    return is_blank or headers.plain(name) in NUMBERED


def _are_people(sheet: Sheet, name: str) -> bool:
    """Whether a column called "Name" has people: in a dialogue they come again, titles do not."""
    if headers.plain(name) not in PEOPLE:
        return False
    place = sheet.header.index(name)
    cells = [cell for row in sheet.rows if (cell := row[place].strip())]
    are_names = all(
        len(cell) <= headers.HEADER_MAX_CHARS and any(map(str.isalpha, cell)) for cell in cells
    )
    return are_names and 3 * len(set(cells)) <= 2 * len(cells)


def _words(sheet: Sheet, name: str) -> int:
    """The number of characters of words in the column."""
    place = sheet.header.index(name)
    return sum(len(row[place]) for row in sheet.rows if any(map(str.isalpha, row[place])))


def _without_text(number: int, row: Sequence[str]) -> str:
    """A row for a sentence: 3, or 9 (“Total, 12”) if anything is in it."""
    return f"{number} ({told(row)})" if any(map(str.strip, row)) else str(number)


def _notes(skipped: list[str], unreadable: list[int], cut: list[int]) -> list[str]:
    found = []
    if skipped:
        verbs = ("has", "was") if len(skipped) == 1 else ("have", "were")
        found.append(f"{_rows(skipped)} {verbs[0]} no text and {verbs[1]} left out.")
    if unreadable:
        found.append(f"{_rows(unreadable)}: the pause cannot be read, so the usual one is used.")
    if cut:
        found.append(f"{_rows(cut)}: the pause is cut to {pauses.PAUSE_MAX_S:g} seconds.")
    return found


def _rows(numbers: Sequence[object]) -> str:
    return f"Row{'' if len(numbers) == 1 else 's'} {named(numbers)}"
