"""Tables that a spreadsheet opens without taking a text for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex  # type: ignore[import-untyped]  # blanks and invisible characters of every script

# What a spreadsheet takes for a formula, also after blanks and in full width; and our own mark.
FORMULA = regex.compile(r"[\s\p{Cf}\p{Cc}]*[=+\-@−＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0']")
# Within a text: all that may stand between the start of a cell and a formula. It is looked for
# from its first character alone, so that the time grows with the text and no faster.
GAP = regex.compile(
    r"(?<![\s\p{Cf}\p{Cc};|'\"])[\s\p{Cf}\p{Cc};|'\"]++(?=[=+\-@−＝＋－＠﹦﹢﹣﹫])"
)
# Where a program begins a cell that takes something else than our commas for the separator, as
# spreadsheets do in much of Europe, and takes no notice of our quotation marks.
SEPARATOR = regex.compile(r"(\r\n|[;|\t\n\r\v\f\x85\u2028\u2029])")
MARKED = regex.compile(f"{SEPARATOR.pattern}'")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with a byte order mark, safe to open in a spreadsheet.

    Numbers stay numbers, None is empty. A text that begins like a formula or with "'" gets a
    leading "'"; so does, within a text, what would begin like one if the table were read by
    semicolons, tabs or lines. `unguarded` restores every text.
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
    if isinstance(value, str):
        text = GAP.sub(lambda gap: SEPARATOR.sub(r"\1'", gap[0]), value)
        return f"'{text}" if FORMULA.match(text) else text
    return value


def unguarded(text: str) -> str:
    """The text that `cell` wrote so. A "'" that guards nothing stays: "'tis" is no work of ours."""
    if text.startswith("'") and FORMULA.match(text, 1):
        text = text[1:]
    return str(GAP.sub(lambda gap: MARKED.sub(r"\1", gap[0]), text))
