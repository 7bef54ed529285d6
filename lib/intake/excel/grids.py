"""The texts of a worksheet: which of them are hidden, and which stand in merged cells."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from lib import money
from lib.intake import tables

LAST_COLUMN = 16_384
TRUE = ("1", "true")
ZERO = re.compile(r"0{1,9}(\.0{0,9})?")

Texts = dict[int, str]


@dataclass(slots=True)
class Grid:
    """What was read of a worksheet.

    rows: (number, text by column) of each row in the file, without empty texts. hidden_rows: their
    numbers; hidden_columns: sorted numbers, from 1. Both are counted only if they hold something.
    merged: (first row, column, last row) of cells that are merged with cells below them.
    """

    with_hidden: bool
    rows: list[tuple[int, Texts]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)

    def is_left_out(self, row: int, column: int) -> bool:
        return not self.with_hidden and (row in self.hidden_rows or self._is_hidden(column))

    def place(self, column: int) -> int:
        """The number of a column among those that are read, from 1."""
        return column if self.with_hidden else column - bisect_left(self.hidden_columns, column)

    def column_names(self, width: int) -> tuple[str, ...]:
        """The names of the first columns that are read, with their letters in Excel."""
        read = (column for column in range(1, LAST_COLUMN + 1) if not self.is_left_out(0, column))
        return tuple(f"Column {get_column_letter(next(read))}" for _ in range(width))

    def read_rows(self, name: str) -> Iterator[tuple[int, list[str]]]:
        """(number, texts) of each row that is read, up to its last cell that is not empty."""
        for number, texts in self.rows:
            read = {
                self.place(column): text
                for column, text in texts.items()
                if not self.is_left_out(number, column)
            }
            width = max(read, default=0)
            tables.check_width(name, number, width)
            yield number, [read.get(place, "") for place in range(1, width + 1)]

    def filled_hidden(self) -> tuple[list[int], list[int]]:
        """The numbers of hidden rows, and of hidden columns, with something in them."""
        rows = [number for number, texts in self.rows if texts and number in self.hidden_rows]
        columns = {column for _, texts in self.rows for column in texts if self._is_hidden(column)}
        return rows, sorted(columns)

    def _is_hidden(self, column: int) -> bool:
        place = bisect_left(self.hidden_columns, column)
        return place < len(self.hidden_columns) and self.hidden_columns[place] == column


def hidden_columns(declared: Iterable[dict[str, str]]) -> list[int]:
    """The sorted numbers of the columns that are hidden or have no width.

    declared: the attributes of <col>, such as {"min": "2", "max": "4", "hidden": "1"}.
    """
    flags = bytearray(LAST_COLUMN + 1)
    for column in declared:
        if column.get("hidden") in TRUE or ZERO.fullmatch(column.get("width", "")):
            first = min(int(column["min"]), LAST_COLUMN)
            last = min(int(column.get("max", first)), LAST_COLUMN)
            flags[first : last + 1] = bytes([1]) * (last + 1 - first)
    return [column for column, flag in enumerate(flags) if flag]


def is_hidden(row: dict[str, str]) -> bool:
    """Whether a row is hidden, by hand, by a filter or in a group. row: the attributes of <row>."""
    return row.get("hidden") in TRUE or ZERO.fullmatch(row.get("ht", "")) is not None


def merged(ranges: Iterable[Any]) -> list[tuple[int, int, int]]:
    """(first row, column, last row) of openpyxl's cell ranges that have more than one row."""
    return [
        (each.min_row, each.min_col, each.max_row)
        for each in ranges
        if each.max_row > each.min_row and each.min_col <= LAST_COLUMN
    ]


def left_out(rows: int, columns: int, *, with_hidden: bool) -> Iterator[str]:
    """A sentence that says how many hidden rows and columns there are, if any."""
    counts = [
        money.count(number, f"hidden {thing}")
        for number, thing in ((rows, "row"), (columns, "column"))
        if number
    ]
    if counts:
        verb = "was" if rows + columns == 1 else "were"
        yield f"{' and '.join(counts)} {verb} {'read too' if with_hidden else 'left out'}."
