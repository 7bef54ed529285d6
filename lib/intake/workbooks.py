"""Read an XLSX of Excel, LibreOffice, Google or pandas. Nothing in it is run or fetched."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.cell.read_only import ReadOnlyCell  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import WorkSheetParser  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError, SpeechError
from lib.intake import archives, cells, kinds, tables
from lib.intake.brought import GUESSED, Choices, Sheet, named

MAIN_PART = "xl/workbook.xml"
FORMULA = re.compile(rb"<(?:\w{1,9}:)?f[ />]")
SHEET = re.compile(rb"<(?:\w{1,9}:)?sheet[ />]")
# 10,000 rows of 20 columns with a sentence in each cell have 30 MB and 1.2 million tags.
LIMITS = archives.Limits(xml_bytes=40_000_000, tags=2_500_000)
LOOKED_AT_MAX = 3_000_000  # rows and cells of all sheets together, blank ones too


class Reader:
    """One workbook; `missing` and `errors` collect the cells with problems while it is read."""

    def __init__(self, name: str, data: bytes, choices: Choices = GUESSED) -> None:
        self.name = name
        self.choices = choices
        self.missing: list[str] = []
        self.errors: list[str] = []
        self.looked_at = 0
        file = archives.checked(name, data, LIMITS)
        if archives.is_strict(file, MAIN_PART):
            raise kinds.strict(name)
        # Each sheet has its own part. If one part has many names, openpyxl opens it for each name.
        if archives.outnumbers(file, SHEET, MAIN_PART):
            raise archives.too_much_work(name)
        self.book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        # The same workbook with formulas instead of their values, if it has any.
        self.formulas = (
            openpyxl.load_workbook(file, read_only=True, keep_links=False)
            if archives.has(file, FORMULA)
            else None
        )

    def sheet(self) -> Sheet:
        """The first visible sheet with anything in it."""
        filled = [each for each in self.book.worksheets if self._has_something(each)]
        visible = [each for each in filled if each.sheet_state == "visible"]
        if not visible:
            raise InvalidRequestError(
                f"{self.name} has no visible sheet with anything in it.",
                hint="Choose another file, or show the sheet that was hidden.",
            )
        chosen = visible[0]
        rows = self._rows(chosen)
        found = tables.sheet(self.name, rows, ragged_matters=False, header=self.choices.header)
        notes = [*found.notes, *self._noticed()]
        if others := [f'"{each.title}"' for each in filled if each is not chosen]:
            left = f"{named(others)} {'was' if len(others) == 1 else 'were'} left out."
            notes.insert(0, f'Read from the sheet "{chosen.title}"; {left}')
        return replace(found, notes=tuple(notes))

    def _has_something(self, sheet: Any) -> bool:
        return any(cell.value is not None for _, row in self._all_rows(sheet) for cell in row)

    def _all_rows(self, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
        """(number, cells) of each row in the file, with only the cells in the file.

        openpyxl's own iterator adds missing ones: all rows up to the number that the file states,
        and all cells up to column XFD. Raises InvalidRequestError for too many in all.
        """
        with sheet._get_source() as source:
            parser = WorkSheetParser(
                source,
                sheet._shared_strings,
                data_only=sheet.parent.data_only,
                epoch=sheet.parent.epoch,
                date_formats=sheet.parent._date_formats,
                timedelta_formats=sheet.parent._timedelta_formats,
            )
            last = 0
            for number, row in parser.parse():
                self.looked_at += 1 + len(row)
                if self.looked_at > LOOKED_AT_MAX:
                    raise archives.too_much_work(self.name)
                if number > last:
                    yield number, [ReadOnlyCell(sheet, **cell) for cell in row]
                    last = number

    def _rows(self, sheet: Any) -> Iterator[tuple[int, list[str]]]:
        """(number, texts) of each row, up to its last cell that is not empty."""
        typed = self._all_rows(self.formulas[sheet.title]) if self.formulas else None
        for number, row in self._all_rows(sheet):
            if typed:
                self._look_for_missing(row, next(typed, (0, []))[1])
            shown = {cell.column: text for cell in row if (text := self._shown(cell))}
            width = max(shown, default=0)
            tables.check_width(self.name, number, width)
            yield number, [shown.get(column, "") for column in range(1, width + 1)]

    def _shown(self, cell: Any) -> str:
        if cell.data_type == "e":
            self.errors.append(cell.coordinate)
        if cell.data_type == "s" or isinstance(cell.value, str):
            return str(unescape(cell.value)).replace("\0", "")
        return cells.shown(cell.value, cell.number_format) if cell.value is not None else ""

    def _look_for_missing(self, row: list[Any], typed: list[Any]) -> None:
        for cell, formula in zip(row, typed, strict=False):
            if cell.value is None and formula.data_type == "f":
                self.missing.append(cell.coordinate)

    def _noticed(self) -> Iterator[str]:
        if self.missing:
            yield (
                f"The result of the formula in {named(self.missing)} is not in the file, so the "
                "cell is empty. Open the file in Excel, save it, and bring it in again."
            )
        if self.errors:
            yield f"An error of the workbook, such as #N/A, stands in {named(self.errors)}."


def read(name: str, data: bytes, choices: Choices = GUESSED) -> Sheet:
    """Raises InvalidRequestError, with the row number if one row is the cause."""
    try:
        return Reader(name, data, choices).sheet()
    except (SpeechError, MemoryError):
        raise
    except Exception as error:
        # A damaged workbook may raise any error, anywhere in the library.
        raise archives.damaged(name, error) from error
