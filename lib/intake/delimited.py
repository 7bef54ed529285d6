"""Read CSV and similar files: find the delimiter, and rows that span several lines."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lib.errors import InvalidRequestError
from lib.intake import headers, tables
from lib.intake.brought import CELL_MAX_CHARS, GUESSED, Choices, Sheet

DELIMITERS = ",;\t|"
# The delimiter of a file with one column: no text contains it.
NO_DELIMITER = "\0"
LOOKED_AT_ROWS = 200
LOOKED_AT_CHARS = 200_000
FIELD_MAX_CHARS = 1_000_000
# A line added after the last one: if it becomes part of a cell, that cell was never closed.
END = "\0"


class Score(NamedTuple):
    """How probable a delimiter is; the most important criterion is first.

    known: number of known names in the first row. share: rows of the usual width. spaced: 0 if a
    blank follows each delimiter, as in prose. width: number of columns.
    """

    known: int
    share: float
    spaced: int
    width: int


NO_SCORE = Score(0, 0, 0, 0)
# The first line of Excel that states the delimiter.
SAYS_DELIMITER = re.compile(r'"?sep=(?P<delimiter>[,;\t|])"?\r?\n', re.IGNORECASE)

# Higher than our own limit, whose message names the column. This one stops an unclosed quotation.
csv.field_size_limit(FIELD_MAX_CHARS)


def read(name: str, text: str, notes: tuple[str, ...] = (), choices: Choices = GUESSED) -> Sheet:
    """The sheet in a text without NULs. Raises InvalidRequestError with the row number."""
    said = SAYS_DELIMITER.match(text)
    delimiter = said["delimiter"] if said else delimiter_of(text)
    return tables.sheet(name, _rows(name, text, delimiter, skipped=bool(said)), notes)


def delimiter_of(text: str) -> str:
    """The delimiter that gives most rows equally many cells, and the first row at least two."""
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > NO_SCORE:
        return best
    return NO_DELIMITER  # one column: every comma stays where it is


def is_table(text: str) -> bool:
    """Whether a text of unknown type is a table: tabs in all rows, or a header that we know."""
    delimiter = delimiter_of(text)
    if delimiter not in DELIMITERS:
        return False
    rows = _first_rows(text, delimiter)
    if delimiter == "\t":
        return len(rows) > 1 and len(set(map(len, rows))) == 1
    return len(rows) > 1 and all(headers.role_of(name) for name in rows[0])


def _score(text: str, delimiter: str) -> Score:
    rows = _first_rows(text, delimiter)
    if not rows or len(rows[0]) < 2:
        return NO_SCORE
    width, times = Counter(map(len, rows)).most_common(1)[0]
    known = sum(headers.role_of(name) is not None for name in rows[0])
    share = times / len(rows)
    # In prose a blank follows each comma, and lines have different numbers of them.
    spaced = not all(cell[:1] in " " for row in rows for cell in row[1:])
    if known < 2 and (width < 2 or share < 0.5 or (not spaced and not known and share < 1)):
        return NO_SCORE
    return Score(known, share, spaced, width)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows, without blank ones."""
    lines = _lines(text[:LOOKED_AT_CHARS])
    rows = (row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row)))
    found = list(itertools.islice(rows, LOOKED_AT_ROWS + 1))
    # The last row may be incomplete.
    return found[:-1] if len(text) > LOOKED_AT_CHARS and len(found) > 1 else found


def _lines(text: str) -> Iterator[str]:
    # Bytes take a fourth of the memory of io.StringIO.
    data = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    return io.TextIOWrapper(data, "utf-8", "surrogatepass", newline="")


def _rows(
    name: str, text: str, delimiter: str, *, skipped: bool
) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each row, blank ones too. An unclosed quotation mark is refused."""
    reader = csv.reader(itertools.chain(_lines(text), [END]), delimiter=delimiter)
    end = END.split(delimiter)
    for number in itertools.count(1):
        try:
            row = next(reader)
        except csv.Error:
            raise _endless(name, number) from None
        if number == 1 and skipped:
            yield number, []
        elif row == end:
            return
        elif row and row[-1].endswith(END):
            raise InvalidRequestError(
                f"Row {number:,} of {name} opens a quotation mark that is never closed.",
                hint='Close it, or write the mark as "", then bring it in again.',
            )
        else:
            yield number, row


def _endless(name: str, number: int) -> InvalidRequestError:
    return InvalidRequestError(
        f"Row {number:,} of {name} has a cell of more than {FIELD_MAX_CHARS:,} characters; "
        f"{CELL_MAX_CHARS:,} is the most.",
        hint="Look for a quotation mark that is never closed: it makes one cell of many.",
    )
