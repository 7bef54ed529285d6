"""Write CSV tables in which a spreadsheet never reads a text as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex  # type: ignore[import-untyped]  # blanks and invisible characters of every script

# Texts that a spreadsheet reads as a formula, also after blanks or in full width; and our mark "'".
FORMULA = regex.compile(r"[\s\p{Cf}\p{Cc}]*[=+\-@−＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0']")
# Characters that may be between the start of a cell and a formula, inside a text. A match begins
# only at the first of them, so that the time is proportional to the length of the text.
GAP = regex.compile(
    r"(?<![\s\p{Cf}\p{Cc};|'\"])[\s\p{Cf}\p{Cc};|'\"]++(?=[=+\-@−＝＋－＠﹦﹢﹣﹫])"
)
# Where a cell begins for a program with another separator than a comma, as spreadsheets have in
# much of Europe, that also ignores our quotation marks.
SEPARATOR = regex.compile(r"(\r\n|[;|\t\n\r\v\f\x85\u2028\u2029])")
MARKED = regex.compile(f"{SEPARATOR.pattern}'")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with a byte order mark, safe to open in a spreadsheet.

    Numbers stay numbers, None is empty. A text that begins like a formula or with "'" gets a
    leading "'". So does a part inside a text that would begin a cell if semicolons, tabs or lines
    were separators. `unguarded` restores every text.
    """
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(map(cell, header))
    table.writerows(map(cell, row) for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def cell(value: object) -> object:
    """The value to write into a table."""
    if isinstance(value, Decimal):
        return f"{value:f}"  # some spreadsheets cannot read 1E-7
    if isinstance(value, str):
        text = GAP.sub(lambda gap: SEPARATOR.sub(r"\1'", gap[0]), value)
        return f"'{text}" if FORMULA.match(text) else text
    return value


def unguarded(text: str) -> str:
    """The text before `cell` changed it. A "'" before other text, as in "'tis", is kept."""
    if text.startswith("'") and FORMULA.match(text, 1):
        text = text[1:]
    return str(GAP.sub(lambda gap: MARKED.sub(r"\1", gap[0]), text))
