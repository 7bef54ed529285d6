"""Read an XLSX of Excel, LibreOffice, Google or pandas. Nothing in it is run or fetched."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import IO, Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.read_only import ReadOnlyCell  # type: ignore[import-untyped]
from openpyxl.utils.datetime import MAC_EPOCH  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import WorkSheetParser  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError, SpeechError
from lib.intake import archives, kinds, tables
from lib.intake.brought import GUESSED, ROWS_MAX, SHEET_MAX_CHARS, Choices, Sheet, named
from lib.intake.excel import formats, grids, merges, problems
from lib.intake.header_row import LOOKED_AT_ROWS

MAIN_PART = "xl/workbook.xml"
FORMULA = re.compile(rb"<(?:\w{1,9}:)?f[ />]")
SHEET = re.compile(rb"<(?:\w{1,9}:)?sheet[ />]")
MERGED = b"mergeCell"
MERGED_MAX = 200_000  # openpyxl makes an object for each: 2 seconds
# 10,000 rows of 20 columns with a sentence in each cell have 30 MB and 1.2 million tags.
LIMITS = archives.Limits(xml_bytes=40_000_000, tags=2_500_000)
GATHERED_MAX_CHARS = 2 * SHEET_MAX_CHARS  # hidden ones too
LOOKED_AT_MAX = 3_000_000  # rows and cells of all sheets together, blank ones too

FORMAT_CHARS_PER_LOOK = 16  # a number takes as long as this much of its format, or an empty cell


class Reader:
    """One workbook; `problems` collects the cells with problems while it is read."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.looked_at = 0
        file = archives.checked(name, data, LIMITS)
        if archives.is_strict(file, MAIN_PART):
            raise kinds.strict(name)
        # Each sheet has its own part. If one part has many names, openpyxl opens it for each name.
        if archives.outnumbers(file, SHEET, MAIN_PART) or archives.count(file, MERGED) > MERGED_MAX:
            raise archives.too_much_work(name)
        self.book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if len(self.book._number_formats) > formats.FORMATS_MAX:
            raise archives.too_much_work(name)
        # The same workbook with formulas instead of their values, if it has any.
        self.formulas = (
            openpyxl.load_workbook(file, read_only=True, keep_links=False)
            if archives.has(file, FORMULA)
            else None
        )
        self.problems = problems.Problems()
        self.from_1904 = self.book.epoch == MAC_EPOCH

    def sheet(self, choices: Choices) -> Sheet:
        """The chosen sheet, or the first visible one with anything in it."""
        filled = [each for each in self.book.worksheets if self._has_something(each)]
        visible = {each.title: each for each in filled if each.sheet_state == "visible"}
        if not visible:
            raise InvalidRequestError(
                f"{self.name} has no visible sheet with anything in it.",
                hint="Choose another file, or show the sheet that was hidden.",
            )
        title = choices.sheet or next(iter(visible))
        if title not in visible:
            raise InvalidRequestError(
                f'{self.name} has no visible sheet "{title}" with anything in it.',
                hint=f"Choose one of these: {named([*visible])}.",
            )
        made = self._made(visible[title], choices)
        notes = [*made.notes, *self.problems.notes()]
        if others := [f'"{each.title}"' for each in filled if each.title != title]:
            left = f"{named(others)} {'was' if len(others) == 1 else 'were'} left out."
            notes.insert(0, f'Read from the sheet "{title}"; {left}')
        read_as = replace(made.read_as, sheet=title, sheets=tuple(visible))
        return replace(made, notes=tuple(notes), read_as=read_as)

    def _made(self, sheet: Any, choices: Choices) -> Sheet:
        grid = self._grid(sheet, with_hidden=choices.hidden)
        rows, columns = grid.filled_hidden()
        read = list(grid.read_rows(self.name))
        if not any(texts for _, texts in read) and rows + columns:
            raise InvalidRequestError(
                f'All that is in the sheet "{sheet.title}" of {self.name} is hidden.',
                hint="Show its rows and columns in Excel, save it, then bring it in again.",
            )
        made = tables.sheet(
            self.name,
            read,
            ragged_matters=False,
            header=choices.header,
            hidden=() if choices.hidden else rows,
        )
        if not made.header_number:
            made = replace(made, header=grid.column_names(len(made.header)))
        made = merges.filled(self.name, made, grid)
        notes = grids.left_out(len(rows), len(columns), with_hidden=choices.hidden)
        read_as = replace(made.read_as, hidden=len(rows) + len(columns))
        return replace(made, notes=(*notes, *made.notes), read_as=read_as)

    def _grid(self, sheet: Any, *, with_hidden: bool) -> grids.Grid:
        """The texts of a sheet, up to the row where `tables` says that there are too many."""
        grid = grids.Grid(with_hidden)
        typed = self._all_rows(self.formulas[sheet.title]) if self.formulas else None
        chars = filled = 0
        with sheet._get_source() as source:
            parser = _parser(sheet, source)
            for number, row in self._rows(sheet, parser):
                if not grid.rows:
                    grid.hidden_columns = grids.hidden_columns(parser.column_dimensions.values())
                if grids.is_hidden(parser.row_dimensions.pop(str(number), {})):
                    grid.hidden_rows.add(number)
                formulas = next(typed, (0, []))[1] if typed else []
                texts = self._texts(grid, row, formulas)
                grid.rows.append((number, texts))
                chars += sum(map(len, texts.values()))
                if chars > GATHERED_MAX_CHARS:
                    raise archives.too_much_work(self.name)
                filled += any(not grid.is_left_out(number, column) for column in texts)
                # More than the most rows below a header: that is enough to refuse the sheet.
                if filled > ROWS_MAX + LOOKED_AT_ROWS + 1 or number > tables.LAST_ROW:
                    return grid
            if parser.merged_cells:
                grid.merged = grids.merged(parser.merged_cells.mergeCell)
        return grid

    def _texts(self, grid: grids.Grid, row: list[Any], formulas: list[Any]) -> grids.Texts:
        """The text of each cell by column, if any; problems are remembered of what is read."""
        texts = {}
        for cell, formula in zip_longest(row, formulas):
            if cell is None:
                break
            layout = problems.number_format(cell)
            self._look_at(len(layout) // FORMAT_CHARS_PER_LOOK)
            text = problems.shown(cell, layout, from_1904=self.from_1904)
            if text:
                texts[cell.column] = text
            if grid.is_left_out(cell.row, cell.column):
                continue
            if cell.value is not None:
                self.problems.look_at(cell, text)
            elif formula is not None and formula.data_type == "f":
                self.problems.missing.append(cell.coordinate)
        return texts

    def _has_something(self, sheet: Any) -> bool:
        return any(cell.value is not None for _, row in self._all_rows(sheet) for cell in row)

    def _all_rows(self, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
        with sheet._get_source() as source:
            yield from self._rows(sheet, _parser(sheet, source))

    def _rows(self, sheet: Any, parser: WorkSheetParser) -> Iterator[tuple[int, list[Any]]]:
        """(number, cells) of each row in the file, with only the cells in the file.

        openpyxl's own iterator adds missing ones: all rows up to the number that the file states,
        and all cells up to column XFD. Raises InvalidRequestError for too many in all.
        """
        last = 0
        for number, row in parser.parse():
            self._look_at(1 + len(row))
            if number > last:
                yield number, [ReadOnlyCell(sheet, **cell) for cell in row]
                last = number

    def _look_at(self, number: int) -> None:
        self.looked_at += number
        if self.looked_at > LOOKED_AT_MAX:
            raise archives.too_much_work(self.name)


def _parser(sheet: Any, source: IO[bytes]) -> WorkSheetParser:
    """openpyxl's parser of a sheet's XML. Dates stay numbers: `cells` knows their formats."""
    return WorkSheetParser(
        source, sheet._shared_strings, data_only=sheet.parent.data_only, epoch=sheet.parent.epoch
    )


def read(name: str, data: bytes, choices: Choices = GUESSED) -> Sheet:
    """Raises InvalidRequestError, with the row number if one row is the cause."""
    try:
        return Reader(name, data).sheet(choices)
    except (SpeechError, MemoryError):
        raise
    except Exception as error:
        # A damaged workbook may raise any error, anywhere in the library.
        raise archives.damaged(name, error) from error
