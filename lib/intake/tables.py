"""Make a sheet from rows: check limits, handle blank and ragged rows, find the header."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import headers
from lib.intake.brought import (
    CELL_MAX_CHARS,
    CELLS_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEET_MAX_CHARS,
    Sheet,
    named,
)

Row = Sequence[str]
# The largest row number in a spreadsheet. A file may state that a row is the 99,999,999,999th, and
# a reader would count up to it.
LAST_ROW = 1_048_576


def sheet(
    name: str,
    rows: Iterable[tuple[int, Row]],
    notes: Iterable[str] = (),
    *,
    ragged_matters: bool = True,
) -> Sheet:
    """Make a sheet. rows: (number in the file, cells); rows may be blank.

    ragged_matters: whether rows of different width should be reported in the notes.
    Raises InvalidRequestError with the row number as soon as a limit is passed.
    """
    numbers: list[int] = []
    kept: list[Row] = []
    cells = chars = 0
    for number, row in rows:
        if number > LAST_ROW:
            raise _too_many(name)
        filled = [cell for cell in row if cell and not cell.isspace()]
        if not filled:
            continue
        check(name, number, row)
        cells, chars = cells + len(filled), chars + sum(map(len, filled))
        if len(kept) > ROWS_MAX:
            raise _too_many(name)
        if cells > CELLS_MAX or chars > SHEET_MAX_CHARS:
            raise _too_full(name, cells)
        kept.append(row)
        numbers.append(number)
    if not kept:
        raise InvalidRequestError(
            f"{name} has no row with anything in it.", hint="Choose another file."
        )
    said = [*notes, *(_ragged(kept, numbers) if ragged_matters else ())]
    if blank := numbers[-1] - numbers[0] + 1 - len(numbers):
        said.append(f"{money.count(blank, 'blank row')} {_was(blank)} left out.")
    return _with_header(name, kept, numbers, said)


def with_header(table: Sheet) -> Sheet:
    """The same sheet, with its first row as the header."""
    if table.header_number or not table.rows:
        return table
    first, *rest = table.rows
    return Sheet(
        named_apart(first),
        tuple(rest),
        table.notes,
        table.numbers[1:],
        table.numbers[0],
        table.guarded,
    )


def lettered(width: int) -> tuple[str, ...]:
    return tuple(f"Column {get_column_letter(column)}" for column in range(1, width + 1))


def named_apart(names: Row) -> tuple[str, ...]:
    """Unique header names: trimmed, never empty, repeated names with a number after them."""
    given: list[str] = []
    for letter, name in zip(lettered(len(names)), names, strict=True):
        plain = " ".join(name.split()) or letter
        candidates = (plain if turn == 1 else f"{plain} ({turn})" for turn in count(1))
        given.append(next(each for each in candidates if each not in given))
    return tuple(given)


def _with_header(name: str, kept: list[Row], numbers: list[int], notes: list[str]) -> Sheet:
    width = max(map(len, kept))
    rows = tuple((*row, *[""] * (width - len(row))) for row in kept)
    bare = Sheet(lettered(width), rows, tuple(notes), tuple(numbers), guarded=True)
    if headers.is_header(kept[0], rows[1:]):
        return with_header(bare)
    if len(rows) > ROWS_MAX:
        raise _too_many(name)
    return bare


def check(name: str, number: int, row: Row) -> None:
    """Raises InvalidRequestError with row and column for a row over a limit."""
    check_width(name, number, len(row))
    for column, cell in enumerate(row, start=1):
        if len(cell) > CELL_MAX_CHARS:
            raise InvalidRequestError(
                f"Row {number:,}, column {get_column_letter(column)} of {name} has {len(cell):,} "
                f"characters; {CELL_MAX_CHARS:,} is the most for one cell.",
                hint="Split that text over several rows. A quotation mark that is never closed "
                "makes one cell of many, too.",
            )


def check_width(name: str, number: int, width: int) -> None:
    """Raises InvalidRequestError for too many columns, before a row of that width is made."""
    if width > COLUMNS_MAX:
        raise InvalidRequestError(
            f"Row {number:,} of {name} has {width:,} columns; {COLUMNS_MAX} is the most.",
            hint="Keep the columns that are needed, then bring it in again.",
        )


def _ragged(kept: list[Row], numbers: list[int]) -> list[str]:
    """Sentences about rows that are longer or shorter than the others."""
    usual = Counter(map(len, kept)).most_common(1)[0][0]
    longer = [number for row, number in zip(kept, numbers, strict=True) if len(row) > usual]
    shorter = [number for row, number in zip(kept, numbers, strict=True) if len(row) < usual]
    found = []
    if longer:
        found.append(
            f"{_rows(longer)} more cells than the others: a text in it may be cut where it has a "
            "comma or semicolon."
        )
    if shorter:
        found.append(f"{_rows(shorter)} fewer cells than the others.")
    return found


def _rows(numbers: list[int]) -> str:
    return f"Row {numbers[0]} has" if len(numbers) == 1 else f"Rows {named(numbers)} have"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _too_many(name: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} has more than {ROWS_MAX:,} rows, the most at once.",
        hint="Split it into several files, then bring them in one after the other.",
    )


def _too_full(name: str, cells: int) -> InvalidRequestError:
    most = f"{CELLS_MAX:,} filled cells" if cells > CELLS_MAX else f"{SHEET_MAX_CHARS:,} characters"
    return InvalidRequestError(
        f"{name} has more than {most}, the most at once.",
        hint="Keep the columns that are needed, then bring it in again.",
    )
