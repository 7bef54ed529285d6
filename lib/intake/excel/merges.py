"""Give each row of a sheet what stands in a merged cell beside it, such as its voice."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from lib.intake import archives, columns
from lib.intake.brought import SHEET_MAX_CHARS, Sheet, named
from lib.intake.excel.grids import Grid


def filled(name: str, sheet: Sheet, grid: Grid) -> Sheet:
    """The sheet, where a cell merged over rows counts for each of them, with a note.

    The column with the text is left as it is: a text is spoken once, however tall its cell is.
    Raises InvalidRequestError if the sheet would be too large.
    """
    if not grid.merged:
        return sheet
    text = columns.guess(sheet).text
    texts = dict(grid.rows)
    rows = [list(row) for row in sheet.rows]
    done: dict[int, int] = {}
    used: set[int] = set()
    chars = 0
    for first, column, last in sorted(grid.merged):
        place = grid.place(column) - 1
        said = texts.get(first, {}).get(column, "")
        if not said or first <= sheet.header_number or grid.is_left_out(0, column):
            continue
        if place >= len(sheet.header) or sheet.header[place] == text:
            continue
        # Merged cells that overlap are never written by Excel; each row is visited once.
        start = max(bisect_left(sheet.numbers, first), done.get(place, 0))
        stop = bisect_right(sheet.numbers, last)
        done[place] = max(stop, start)
        for row in rows[start:stop]:
            if not row[place]:
                row[place] = said
                used.add(place)
                chars += len(said)
        if chars > SHEET_MAX_CHARS:
            raise archives.too_much_work(name)
    if not used:
        return sheet
    names = [f'"{sheet.header[place]}"' for place in sorted(used)]
    verb = "stands" if len(names) == 1 else "stand"
    pronoun = "it counts" if len(names) == 1 else "they count"
    note = f"{named(names)} {verb} in merged cells: {pronoun} for each of their rows."
    return replace(sheet, rows=tuple(map(tuple, rows)), notes=(*sheet.notes, note))
