"""Tables that a spreadsheet opens without taking a text for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex  # type: ignore[import-untyped]  # blanks and invisible characters of every script

# What a spreadsheet takes for a formula, also after blanks and in full width; and our own mark.
FORMULA = regex.compile(r"[\s\p{Cf}\p{Cc}]*[=+\-@−＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0']")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with a byte order mark, safe to open in a spreadsheet.

    Numbers stay numbers, None is empty. A text that begins like a formula or with "'" gets a
    leading "'", which `unguarded` takes off again.
    """
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(map(cell, header))
    table.writerows(map(cell, row) for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def cell(value: object) -> object:
    """A value as it is written into a table."""
    if isinstance(value, Decimal):
        return f"{value:f}"  # a spreadsheet need not know 1E-7
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def unguarded(text: str) -> str:
    """The text that `cell` wrote so. A "'" that guards nothing stays: "'tis" is no work of ours."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text
