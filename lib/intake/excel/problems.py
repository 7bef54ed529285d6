"""Collect what a person should know of the cells of a workbook, while they are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.escape import unescape  # type: ignore[import-untyped]

from lib.intake.brought import named
from lib.intake.excel import cells

MINUS = ("-", "−", "–", "minus")


@dataclass(slots=True)
class Problems:
    """The names of cells, such as "B5", by what is the matter with them."""

    missing: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    blanked: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)

    def look_at(self, cell: Any, text: str) -> None:
        """Remember a cell, shown as `text`, that does not show what is in it."""
        value = cell.value
        if cell.data_type == "e" or (text == cells.UNSHOWN and not isinstance(value, str)):
            self.errors.append(cell.coordinate)
        elif not text.strip() and str(value).strip():
            self.blanked.append(cell.coordinate)
        elif isinstance(value, int | float) and value < 0 and _hides_sign(text):
            self.unsigned.append(cell.coordinate)

    def notes(self) -> Iterator[str]:
        """A sentence for each kind of problem."""
        if self.missing:
            yield (
                f"The result of the formula in {named(self.missing)} is not in the file, so the "
                "cell is empty. Open the file in Excel, save it, and bring it in again."
            )
        if self.errors:
            yield f"An error of the workbook, such as #N/A, stands in {named(self.errors)}."
        if self.blanked:
            yield (
                f"Excel shows nothing of what is in {named(self.blanked)}, because of the cell's "
                "number format, so it was left out."
            )
        if self.unsigned:
            yield (
                f"The number in {named(self.unsigned)} is below 0, but Excel shows it without a "
                'minus sign, such as "(5)" for -5. It is read as it is shown.'
            )


def number_format(cell: Any) -> str:
    """The number format of a cell of openpyxl, corrected where openpyxl's own is not Excel's."""
    return cells.BUILT_IN.get(cell.style_array.numFmtId) or str(cell.number_format)


def shown(cell: Any, layout: str, *, from_1904: bool) -> str:
    """The text of a cell as a person sees it in Excel; "" for an empty one."""
    if not isinstance(value := cell.value, str):
        return cells.shown(value, layout, from_1904=from_1904)
    value = str(unescape(value)).replace("\0", "")
    return value if cell.data_type == "e" else cells.shown(value, layout)


def _hides_sign(text: str) -> bool:
    """Whether a number is shown that seems to be above 0. A rounded 0 needs no sign."""
    return any(sign in text for sign in "123456789") and not any(
        word in text.casefold() for word in MINUS
    )
