"""Read and write a lexicon as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice

import regex  # type: ignore[import-untyped]

from lib import export
from lib.errors import InvalidRequestError
from lib.intake.decoding import decode
from lib.lexicon.entry import Entry
from lib.lexicon.reading import Read, check_size, collected

HEADER = ("Word", "Say as", "Note", "Match case", "Whole word", "Leave out")
COLUMNS = {
    "word": ("word", "words", "term"),
    "say_as": ("sayas", "say", "pronunciation", "pronounceas", "alias", "spokenas"),
    "note": ("note", "notes", "comment", "comments"),
    "match_case": ("matchcase", "casesensitive"),
    "whole_word": ("wholeword", "wholewords", "wholewordonly"),
    "leave_out": ("leaveout", "leftout"),
}
NEEDED = {"word", "say_as"}
DELIMITERS = ",;\t"
ROW_MAX_LINES = 100  # a note may have some; more means an unclosed quotation mark
YES = frozenset(("yes", "y", "true", "1", "x", "on"))
NO = frozenset(("no", "n", "false", "0", "-", "off"))
NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{N}]+")


def csv_bytes(entries: Iterable[Entry]) -> bytes:
    """CSV in UTF-8 with a byte order mark, without formulas; `read_csv` restores all entries."""
    return export.csv_bytes(
        HEADER,
        (
            (
                entry.word,
                entry.say_as,
                entry.note,
                "yes" if entry.match_case else "no",
                "yes" if entry.whole_word else "no",
                "no" if entry.say_as else "yes",
            )
            for entry in entries
        ),
    )


def read_csv(data: bytes) -> Read:
    """Read a table in any usual encoding, separated by commas, semicolons or tabs.

    Its first row names the columns, in any order. Raises InvalidRequestError if the column of
    words or of how to say them is missing, and for over 20 MB or 10,000 rows.
    """
    check_size(data)
    text, notes, _ = decode("This file", data)
    lines = list(io.StringIO(text, newline=""))
    tables = [(_names(rows), rows) for rows in (_rows(lines, each) for each in DELIMITERS)]
    names, rows = max(tables, key=lambda table: (len(_columns(table[0])), len(table[0])))
    columns = _columns(names)
    if NEEDED - columns.keys():
        raise InvalidRequestError(
            f"The first row must name the columns “Word” and “Say as”. It has: {_told(names)}.",
            hint="Name the columns so, then choose the file again.",
        )
    read = collected((f"Row {number}", _entry(cells, columns)) for number, cells in rows)
    return replace(read, problems=(*notes, *read.problems))


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """(row number as in a spreadsheet, its cells, None if they cannot be read) of each row."""
    position = 0
    for number in count(1):
        if position == len(lines):
            return
        # Each row has its own reader, so that a stray quotation mark spoils only its own row.
        reader = csv.reader(
            lines[position : position + ROW_MAX_LINES],
            delimiter=delimiter,
            skipinitialspace=True,
            strict=True,
        )
        try:
            cells = next(reader)
            position += reader.line_num
        except csv.Error:
            cells = None
            position += 1
        yield number, cells


def _names(rows: Iterator[tuple[int, list[str] | None]]) -> list[str]:
    """The first row that is not blank, if it is near the start."""
    first = islice(rows, ROW_MAX_LINES)
    return next((cells for _, cells in first if cells and any(map(str.strip, cells))), [])


def _columns(names: Iterable[str]) -> dict[str, int]:
    """The column index of each field of an entry."""
    found: dict[str, int] = {}
    for column, name in enumerate(names):
        plain = NOT_IN_NAMES.sub("", name.casefold())
        for field, spellings in COLUMNS.items():
            if plain in spellings:
                found.setdefault(field, column)
    return found


def _told(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name.strip()[:30]}”" for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown or "nothing"


def _entry(cells: Sequence[str] | None, columns: Mapping[str, int]) -> Entry | str | None:
    """The entry of a row, what is wrong with the row, or None for a blank one."""
    if cells is None:
        return "a quotation mark is missing here, or a cell is far too long."
    if not any(map(str.strip, cells)):
        return None
    if len(cells) <= columns["say_as"]:
        return "it ends before the column “Say as”."
    texts = {
        field: export.unguarded(cells[column]) if column < len(cells) else ""
        for field, column in columns.items()
    }
    match_case = _is_yes(texts.get("match_case", ""), default=False)
    whole_word = _is_yes(texts.get("whole_word", ""), default=True)
    leave_out = _is_yes(texts.get("leave_out", ""), default=False)
    if match_case is None or whole_word is None or leave_out is None:
        return "“Match case”, “Whole word” and “Leave out” are answered with yes or no."
    if leave_out == bool(texts["say_as"].strip()):
        return (
            "it is to be said and left out."
            if leave_out
            else "it has nothing to say. To leave the word out, add a column “Leave out” with yes."
        )
    return Entry(texts["word"], texts["say_as"], texts.get("note", ""), match_case, whole_word)


def _is_yes(cell: str, *, default: bool) -> bool | None:
    answer = cell.strip().casefold()
    if not answer:
        return default
    return answer in YES if answer in YES | NO else None
