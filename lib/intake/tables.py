"""Make a sheet from rows: check limits, handle blank and ragged rows, find the header."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError
from lib.export import unguarded
from lib.intake import header_row
from lib.intake import rows as unlike
from lib.intake.brought import (
    CELL_MAX_CHARS,
    CELLS_MAX,
    COLUMNS_MAX,
    ROWS_MAX,
    SHEET_MAX_CHARS,
    ReadAs,
    Sheet,
)

Row = Sequence[str]
# The largest row number in a spreadsheet. A file may state that a row is the 99,999,999,999th, and
# a reader would count up to it.
LAST_ROW = 1_048_576
# What is shown to choose the header from.
TOP_ROWS, TOP_CELLS, TOP_CHARS = 10, 20, 60


def sheet(
    name: str,
    rows: Iterable[tuple[int, Row]],
    notes: Iterable[str] = (),
    *,
    ragged_matters: bool = True,
    header: int | None = None,
    hidden: Collection[int] = (),
    delimiter: str = "",
) -> Sheet:
    """Make a sheet. rows: (number in the file, cells); rows may be blank.

    ragged_matters: whether rows of different width should be reported in the notes.
    header: the number of the row with the column names, 0 for none; None to find it.
    hidden: the numbers of rows with something in them that are not among `rows`.
    delimiter: what a text may have been cut at; "" if cells are never cut.
    Raises InvalidRequestError with the row number as soon as a limit is passed, and for a header
    that is no row.
    """
    numbers, kept = _within_limits(name, rows)
    place = _place(name, kept, numbers, header)
    begin = 0 if place is None else place
    if len(kept) - begin > ROWS_MAX + (place is not None):
        raise _too_many(name)
    body, places = kept[begin:], numbers[begin:]
    said = [*notes, *unlike.above(kept[:begin])]
    if place is not None:
        if header is None:
            said += unlike.guessed(body[0], places[0])
        body, places, more = _below(body, places, delimiter)
        said += more
    if ragged_matters:
        names, below = (body[0], 1) if place is not None else ((), 0)
        said += unlike.ragged(names, body[below:], places[below:])
    said += unlike.blank(numbers[begin:], hidden)
    width = max(map(len, body))
    even = tuple((*row, *[""] * (width - len(row))) for row in body)
    bare = Sheet(lettered(width), even, tuple(said), tuple(places), guarded=True)
    found = bare if place is None else _with_header(bare)
    return replace(found, read_as=ReadAs(kind="table", top=_top(kept, numbers, begin)))


def _within_limits(name: str, rows: Iterable[tuple[int, Row]]) -> tuple[list[int], list[Row]]:
    """The numbers and the cells of the rows that are not blank."""
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
        if len(kept) > ROWS_MAX + header_row.LOOKED_AT_ROWS:
            raise _too_many(name)
        if cells > CELLS_MAX or chars > SHEET_MAX_CHARS:
            raise _too_full(name, cells)
        kept.append(row)
        numbers.append(number)
    if not kept:
        raise InvalidRequestError(
            f"{name} has no row with anything in it.", hint="Choose another file."
        )
    return numbers, kept


def _place(name: str, kept: list[Row], numbers: list[int], header: int | None) -> int | None:
    """The index of the header, chosen or found. Raises InvalidRequestError for no such row."""
    if header is None:
        return header_row.find(kept, numbers)
    if header == 0:
        return None
    if header not in numbers:
        raise InvalidRequestError(
            f"Row {header:,} of {name} is blank and cannot name the columns.",
            hint="Choose another row for the names of the columns.",
        )
    return numbers.index(header)


def _below(
    body: list[Row], numbers: list[int], delimiter: str
) -> tuple[list[Row], list[int], list[str]]:
    """A header and its rows, without the header again, and cut texts joined; and the notes."""
    header, *rows = body
    again = unlike.repeated(header, rows)
    kept = [header]
    places = numbers[:1]
    joined: list[int] = []
    for index, (number, row) in enumerate(zip(numbers[1:], rows, strict=True)):
        if index in again:
            continue
        whole = unlike.glued(row, len(header), delimiter)
        if whole is not row:
            joined.append(number)
        kept.append(whole)
        places.append(number)
    said = unlike.say_repeated([numbers[index + 1] for index in sorted(again)])
    return kept, places, [*said, *unlike.say_glued(joined, delimiter)]


def _with_header(table: Sheet) -> Sheet:
    """The same sheet, with its first row as the header."""
    first, *rest = table.rows
    names = named_apart([unguarded(name) for name in first])
    return replace(
        table,
        header=names,
        rows=tuple(rest),
        numbers=table.numbers[1:],
        header_number=table.numbers[0],
    )


def _top(
    kept: Sequence[Row], numbers: Sequence[int], begin: int
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The first rows, and those up to one below the header."""
    last = max(TOP_ROWS, begin + 2)
    return tuple(
        (number, tuple(cell[:TOP_CHARS] for cell in row[:TOP_CELLS]))
        for number, row in zip(numbers[:last], kept, strict=False)
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
