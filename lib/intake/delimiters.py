"""Guess what separates the cells of a text: a list of sentences with commas is no table."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lib.intake import header_row, headers

DELIMITERS = ",;\t|"
# The delimiter of a file with one column: no text contains it.
NO_DELIMITER = "\0"
OF_PROSE = ",;"
LOOKED_AT_ROWS = 200
LOOKED_AT_CHARS = 200_000
PART_CHARS = 1_000_000

Row = Sequence[str]
# Decimals or the thousands of a number, from both sides of a comma: "1,000 seats".
NUMBER_BEFORE = re.compile(r"\d\Z")
NUMBER_AFTER = re.compile(r"\d{1,3}(?!\d)")


class Score(NamedTuple):
    """How probable a delimiter is; the most important criterion is first.

    known: number of known names in the header. share: rows of the usual width. spaced: 0 if a
    blank follows each delimiter, as in prose. width: number of columns.
    """

    known: int
    share: float
    spaced: int
    width: int


NO_SCORE = Score(0, 0, 0, 0)


def guess(text: str, header: int | None = None) -> str:
    """The delimiter that gives most rows equally many cells; NO_DELIMITER for one column.

    header: the number of the row that is known to have the column names, if it is.
    """
    scores = {delimiter: _score(text, delimiter, header) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > NO_SCORE:
        return best
    return NO_DELIMITER  # one column: every comma stays where it is


def is_table(text: str) -> bool:
    """Whether a text of unknown type is a table: tabs in all rows, or a header that we know."""
    delimiter = guess(text)
    if delimiter not in DELIMITERS:
        return False
    numbers, rows = _first_rows(text, delimiter)
    place = header_row.find(rows, numbers) or 0
    names, below = rows[place], rows[place + 1 :]
    if delimiter == "\t" and not place:
        return len(rows) > 1 and len(set(map(len, rows))) == 1
    even = [len(row) == len(names) for row in below]
    return any(even) and all(map(headers.role_of, names)) and (not place or all(even))


def quotes_after_blanks(text: str, delimiter: str) -> bool:
    """Whether blanks stand before a quotation mark that opens a cell, as people type them."""
    # Inside of quotation marks, each of them is doubled.
    return bool(re.search(rf'(?:^|{re.escape(delimiter)}) {{1,20}}"(?!")', text, re.MULTILINE))


def lines(text: str) -> Iterator[str]:
    """The lines with their ends, a part of the text at a time: io.StringIO takes four times it."""
    begin = 0
    while begin < len(text):
        after = begin + PART_CHARS
        end = text.find("\n", after) + 1 or text.find("\r", after) + 1 or len(text)
        yield from io.StringIO(text[begin:end], newline="")
        begin = end


def _score(text: str, delimiter: str, header: int | None) -> Score:
    numbers, rows = _first_rows(text, delimiter)
    if header in numbers:
        place: int | None = numbers.index(header)
    else:
        place = header_row.find(rows, numbers)
    begin = _after_title(rows, numbers) if place is None else place
    table = rows[begin:]
    if not table or len(table[0]) < 2:
        return NO_SCORE
    width, times = Counter(map(len, table)).most_common(1)[0]
    share = times / len(table)
    known = 0 if place is None else sum(map(_is_known, table[0]))
    loose = _rows_as_typed(text, delimiter, begin, len(table))
    prose = _prose(loose) if delimiter in OF_PROSE else 0.0
    score = Score(known, share, int(prose < 1), width)
    if header is not None and place is not None and header == numbers[place]:
        return score._replace(known=max(known, 1))
    if known > 1 and (not begin or share > 0.5):
        return score
    if width < 2 or share < 0.5 or (begin and (share == 0.5 or len(table) < 2)):
        return NO_SCORE
    if prose == 1 and not _is_quoted(text, delimiter, len(rows)):
        is_header = place is not None and (known or width > 2)
        return score if is_header and share == 1 and _same_case(table[0]) else NO_SCORE
    return NO_SCORE if not known and share < 1 and prose >= 0.5 else score


def _is_known(name: str) -> bool:
    return headers.role_of(name) is not None


def _same_case(names: Row) -> bool:
    """Whether all names begin alike: "Title, Remark", and not "Message, please"."""
    return len({name.strip()[:1].isupper() for name in names}) == 1


def _after_title(rows: Sequence[Row], numbers: Sequence[int]) -> int:
    """The index of the first row after a title, which has one cell and a blank row below it."""
    wide = (place for place, row in enumerate(rows[: header_row.LOOKED_AT_ROWS]) if len(row) > 1)
    first = next(wide, 0)
    return first if first and numbers[first] > numbers[first - 1] + 1 else 0


def _prose(rows: Sequence[Row]) -> float:
    """The share of delimiters that are punctuation: a blank follows, or a number is around it."""
    found = [
        after[0] == " "
        or bool(words and NUMBER_BEFORE.search(before[-1:]) and NUMBER_AFTER.match(after[:4]))
        for row in rows
        for words in [any(map(str.isalpha, "".join(row)))]
        for before, after in itertools.pairwise(row)
        if after
    ]
    return sum(found) / len(found) if found else 0.0


def _is_quoted(text: str, delimiter: str, rows: int) -> bool:
    """Whether each of the rows has a whole cell in quotation marks after a delimiter."""
    mark = re.escape(delimiter)
    cell = rf'{mark} {{1,20}}"(?:[^"\r\n]|""){{0,200}}+" {{0,20}}(?:{mark}|$)'
    found = [bool(re.search(cell, line)) for line in _some_lines(text) if line.strip()]
    return len(found) >= rows > 1 and all(found)


def _some_lines(text: str) -> list[str]:
    return text[:LOOKED_AT_CHARS].splitlines()[:LOOKED_AT_ROWS]


def _first_rows(text: str, delimiter: str) -> tuple[list[int], list[list[str]]]:
    """The first rows with their numbers, without blank ones."""
    is_blank_first = quotes_after_blanks(text[:LOOKED_AT_CHARS], delimiter)
    return _parsed(text, delimiter, skip_blanks=is_blank_first)


def _rows_as_typed(text: str, delimiter: str, begin: int, count: int) -> list[list[str]]:
    _, rows = _parsed(text, delimiter, skip_blanks=False)
    return rows[begin : begin + count]


def _parsed(text: str, delimiter: str, *, skip_blanks: bool) -> tuple[list[int], list[list[str]]]:
    reader = csv.reader(
        lines(text[:LOOKED_AT_CHARS]), delimiter=delimiter, skipinitialspace=skip_blanks
    )
    filled = (
        (number, row) for number, row in enumerate(reader, start=1) if any(map(str.strip, row))
    )
    found = list(itertools.islice(filled, LOOKED_AT_ROWS + 1))
    # The last row may be incomplete.
    if len(text) > LOOKED_AT_CHARS and len(found) > 1:
        found.pop()
    return [number for number, _ in found], [row for _, row in found]
