"""Read CSV and similar files, with rows that span several lines."""

import csv
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from lib.errors import InvalidRequestError
from lib.intake import delimiters, tables
from lib.intake.brought import CELL_MAX_CHARS, GUESSED, Choices, Sheet
from lib.intake.delimiters import is_table

__all__ = ["is_table", "read"]

FIELD_MAX_CHARS = 1_000_000
# A line added after the last one: if it becomes part of a cell, that cell was never closed.
END = "\0"
# The first line of Excel that states the delimiter.
SAYS_DELIMITER = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?\r?\n', re.IGNORECASE)
# Blanks between a closing mark and a delimiter, which the library keeps and "strict" refuses.
BLANKS_AFTER = re.compile(r'(?<=") {1,20}(?=[,;\t|\r\n])')

# Higher than our own limit, whose message names the column. This one stops an unclosed quotation.
csv.field_size_limit(FIELD_MAX_CHARS)


class Layout(NamedTuple):
    """skip_blanks: whether blanks may stand before a quotation mark that opens a cell."""

    delimiter: str
    skip_blanks: bool


def read(name: str, text: str, notes: tuple[str, ...] = (), choices: Choices = GUESSED) -> Sheet:
    """The sheet in a text without NULs. Raises InvalidRequestError with the row number."""
    said = SAYS_DELIMITER.match(text)
    delimiter = said["delimiter"] if said else delimiters.guess(text, choices.header or None)
    layout = Layout(delimiter, delimiters.quotes_after_blanks(text, delimiter))
    rows = _rows(name, text, layout, skipped=bool(said))
    return tables.sheet(name, rows, notes, header=choices.header, delimiter=delimiter)


def _rows(
    name: str, text: str, layout: Layout, *, skipped: bool
) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row, blank ones too.

    A quotation mark that is not closed at the end of its cell is refused if it joins lines.
    """
    lines = itertools.chain(delimiters.lines(text), [END])
    reader = csv.reader(lines, delimiter=layout.delimiter, skipinitialspace=layout.skip_blanks)
    # The same lines again, for the rows that have several.
    again, passed = delimiters.lines(text), 0
    end = END.split(layout.delimiter)
    for number in itertools.count(1):
        begin = reader.line_num
        try:
            row = next(reader)
        except csv.Error:
            raise _endless(name, number) from None
        if number == 1 and skipped:
            yield number, []
            continue
        if row == end:
            return
        if row and row[-1].endswith(END):
            raise _unclosed(name, number, "never closed")
        if reader.line_num > begin + 1:
            of_row = list(itertools.islice(again, begin - passed, reader.line_num - passed))
            passed = reader.line_num
            if not _is_closed(of_row, layout):
                raise _unclosed(name, number, "closed in the middle of a cell of a row below")
        yield number, row


def _is_closed(lines: list[str], layout: Layout) -> bool:
    """Whether each quotation mark that opens a cell is closed at the end of that cell."""
    again = BLANKS_AFTER.sub("", "".join(lines)).splitlines(keepends=True)
    reader = csv.reader(
        again, delimiter=layout.delimiter, skipinitialspace=layout.skip_blanks, strict=True
    )
    try:
        next(reader)
    except csv.Error:
        return False
    return True


def _unclosed(name: str, number: int, how: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"Row {number:,} of {name} opens a quotation mark that is {how}.",
        hint='Close it, or write the mark as "", then bring it in again.',
    )


def _endless(name: str, number: int) -> InvalidRequestError:
    return InvalidRequestError(
        f"Row {number:,} of {name} has a cell of more than {FIELD_MAX_CHARS:,} characters; "
        f"{CELL_MAX_CHARS:,} is the most.",
        hint="Look for a quotation mark that is never closed: it makes one cell of many.",
    )
