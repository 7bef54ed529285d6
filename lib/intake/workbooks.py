"""XLSX, as Excel, LibreOffice, Google and pandas write it. Nothing in it is run or fetched."""

import re
from collections.abc import Iterator
from typing import Any

import openpyxl  # type: ignore[import-untyped]
from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError, SpeechError
from lib.intake import archives, cells, kinds, tables
from lib.intake.brought import Sheet, named

MAIN_PART = "xl/workbook.xml"
FORMULA = re.compile(rb"<(?:\w{1,9}:)?f[ />]")


class Reader:
    """One workbook; what is noticed on the way gathers in `missing` and `errors` by cell."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.missing: list[str] = []
        self.errors: list[str] = []
        file = archives.unpacked(name, data)
        if archives.is_strict(file, MAIN_PART):
            raise kinds.strict(name)
        self.book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        # The same book with its formulas instead of their values, where there are any.
        self.formulas = (
            openpyxl.load_workbook(file, read_only=True, keep_links=False)
            if FORMULA.search(file.getbuffer())
            else None
        )

    def sheet(self) -> Sheet:
        """The first visible sheet with anything in it."""
        filled = [each for each in self.book.worksheets if _has_something(each)]
        visible = [each for each in filled if each.sheet_state == "visible"]
        if not visible:
            raise InvalidRequestError(
                f"{self.name} has no visible sheet with anything in it.",
                hint="Choose another file, or show the sheet that was hidden.",
            )
        chosen = visible[0]
        found = tables.sheet(self.name, self._rows(chosen), ragged_matters=False)
        notes = [*found.notes, *self._noticed()]
        if others := [f'"{each.title}"' for each in filled if each is not chosen]:
            left = f"{named(others)} {'was' if len(others) == 1 else 'were'} left out."
            notes.insert(0, f'Read from the sheet "{chosen.title}"; {left}')
        return Sheet(found.header, found.rows, tuple(notes), found.numbers, found.header_number)

    def _rows(self, sheet: Any) -> Iterator[list[str]]:
        """Every row from the first, blank ones too, without the blank cells at its end."""
        typed = _all_rows(self.formulas[sheet.title]) if self.formulas else None
        for row in _all_rows(sheet):
            if typed:
                self._look_for_missing(row, next(typed, ()))
            texts = [self._shown(cell) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            yield texts

    def _shown(self, cell: Any) -> str:
        if cell.data_type == "e":
            self.errors.append(cell.coordinate)
        if cell.data_type == "s" or isinstance(cell.value, str):
            return str(unescape(cell.value)).replace("\0", "")
        return cells.shown(cell.value, cell.number_format) if cell.value is not None else ""

    def _look_for_missing(self, row: tuple[Any, ...], typed: tuple[Any, ...]) -> None:
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


def read(name: str, data: bytes) -> Sheet:
    """Raises InvalidRequestError, with the row where one is to blame."""
    try:
        return Reader(name, data).sheet()
    except SpeechError:
        raise
    except Exception as error:
        # A damaged workbook fails anywhere in the library, with whatever error that part has.
        raise archives.damaged(name, error) from error


def _all_rows(
    sheet: Any,
) -> Iterator[tuple[Any, ...]]:
    # The size that the file claims is often wrong, and then rows are missed or invented.
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(min_row=1, min_col=1)
    return rows


def _has_something(sheet: Any) -> bool:
    return any(cell.value is not None for row in _all_rows(sheet) for cell in row)
