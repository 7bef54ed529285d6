"""Show the cells of a workbook as a person sees them in Excel."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import isfinite

from openpyxl.utils.datetime import (  # type: ignore[import-untyped]
    MAC_EPOCH,
    WINDOWS_EPOCH,
    to_excel,
)

from lib.intake.excel import digits, formats, moments

UNSHOWN = "#####"  # what Excel shows where a date cannot be shown
SPACES = re.compile(r" {2,}")
ISO_FORMAT = "yyyy-mm-dd h:mm:ss"
NONZERO = frozenset("123456789")
PLAIN = ("General", "@", "")
# Formats that a file names by number alone, where openpyxl has none or a wrong one. Those from 27
# on differ between countries of Asia: some of the last four are dates there, and some are times.
DAY, TIME, EITHER = "m/d/yyyy", "h:mm", "m/d/yyyy h:mm"
BUILT_IN = {
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    47: "mm:ss.0",
    32: TIME,
    33: "h:mm:ss",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), DAY),
    **dict.fromkeys((34, 35, 55, 56), EITHER),
}


def shown(value: object, number_format: str, *, from_1904: bool = False) -> str:
    """The shown text, such as "24 November 2026", "12", "12.5%", "$1.5M"; "" for None.

    from_1904: whether the workbook counts days from 1904. The decimal sign is a point, since a
    workbook does not state its country. "#####" for a date that Excel cannot show.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case date() | time() | timedelta():
            return _moment(value, number_format, from_1904)
        case int() | float():
            return _number(value, number_format, from_1904)
        case _:
            return _text(str(value), number_format)


def _moment(value: date | time | timedelta, number_format: str, from_1904: bool) -> str:
    epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)
    layout = ISO_FORMAT if number_format in PLAIN else number_format
    return _number(to_excel(value, epoch), layout, from_1904)


def _text(text: str, number_format: str) -> str:
    if number_format in PLAIN or not (section := formats.for_text(number_format)):
        return text
    return "".join(text if token == ("mark", "@") else token.text for token in section.tokens)


@lru_cache(maxsize=10_000)
def _number(value: float, number_format: str, from_1904: bool) -> str:
    if not isfinite(value):
        return UNSHOWN
    number = digits.decimal(value)
    section, with_sign = formats.for_number(number_format, number)
    if section.has("date"):
        text = moments.shown(number, section, from_1904=from_1904)
        return UNSHOWN if text is None else text.strip()
    text = SPACES.sub(" ", digits.shown(abs(number), section)).strip()
    # A small number that is rounded to 0 has no sign.
    has_sign = with_sign and (not section.has("digit") or not NONZERO.isdisjoint(text))
    return f"-{text}" if has_sign else text
