"""Find the row with the column names: titles, comments and blank rows may stand above it."""

from collections.abc import Sequence
from typing import NamedTuple

from lib.intake import headers
from lib.intake.brought import COLUMNS_MAX

Row = Sequence[str]
LOOKED_AT_ROWS = 20
COMPARED_ROWS = 200


class Merit(NamedTuple):
    """How well a row names columns; the most important criterion is first.

    roles: how many different roles it names. apart: whether the rows above it are a title.
    """

    roles: int
    apart: bool


def find(rows: Sequence[Row], numbers: Sequence[int]) -> int | None:
    """The index of the row with the column names; None if no row reads as one.

    rows: without blank ones. numbers: the number of each in its file, which show the blank ones.
    """
    shown = [row[:COLUMNS_MAX] for row in rows[: LOOKED_AT_ROWS + COMPARED_ROWS]]
    width = max(map(len, shown), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in shown]
    roles = [headers.roles_in(row) for row in shown[:LOOKED_AT_ROWS]]
    certain = (place for place, row in enumerate(shown[:LOOKED_AT_ROWS]) if _is_certain(row))
    last = next(certain, len(roles) - 1)
    merits = {
        place: merit
        for place in range(last + 1)
        if (merit := _merit(place, shown, numbers, roles))
        and headers.is_header(shown[place], even[place + 1 : place + 1 + COMPARED_ROWS])
    }
    return max(merits, key=merits.__getitem__, default=None)


def _is_certain(row: Row) -> bool:
    """Whether each of several cells is a known name: no row below it can be the header."""
    return len(headers.roles_in(row)) > 1 and all(map(headers.role_of, row))


def _merit(
    place: int, rows: Sequence[Row], numbers: Sequence[int], roles: Sequence[set[headers.Role]]
) -> Merit | None:
    """The merit of a row, if what stands above it can be no row of the table."""
    named = len(roles[place])
    if not place:
        return Merit(named, apart=False)
    after_blank = numbers[place] > numbers[place - 1] + 1
    above = [index for index in range(place) if not _is_comment(rows[index], len(roles[index]))]
    width = len(_filled(rows[place]))
    # The title of a merged cell may be in each of its cells: equal cells count once.
    narrower = all(len(set(_filled(rows[index]))) < width for index in above)
    fewer = all(len(roles[index]) < named for index in above)
    unnamed = not any(roles[index] for index in above)
    if width == 1 and above:
        # In a list, a title is one row, and its blank row is the only one near.
        is_title = place == 1 + len(rows[:place]) - len(above) and after_blank
        near = numbers[place + 1 : place + 2] == [numbers[place] + 1]
        return Merit(named, apart=True) if is_title and near and "text" in roles[place] else None
    hinted = any(headers.hinted_role_of(name) for name in rows[place])
    if narrower and (after_blank or hinted):
        return Merit(named, apart=after_blank or named > 1)
    if named > 1 and (unnamed or (fewer and after_blank)):
        return Merit(named, apart=False)
    return None


def _filled(row: Row) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _is_comment(row: Row, named: int) -> bool:
    """Whether it is a line as "# Exported by Tim": "#" alone names a column of numbers."""
    first = row[0].strip()
    return first.startswith("#") and len(first) > 1 and named < 2
