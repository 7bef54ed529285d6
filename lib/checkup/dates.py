"""Find dates written in figures."""

import re
from collections.abc import Iterator
from datetime import date

from lib.checkup.finding import Found, found
from lib.checkup.lists import MONTHS, WEEKDAYS
from lib.checkup.spelling import AFTER, BEFORE

SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"Sept": "September"}

YEAR_FIRST = re.compile(
    rf"{BEFORE}(?P<year>1[5-9][0-9]{{2}}|2[01][0-9]{{2}})(?P<mark>[-/.])"
    rf"(?P<month>[0-9]{{2}})(?P=mark)(?P<day>[0-9]{{2}}){AFTER}"
)
YEAR_LAST = re.compile(
    rf"{BEFORE}(?P<first>[0-9]{{1,2}})(?P<mark>[-/.])(?P<second>[0-9]{{1,2}})(?P=mark)"
    rf"(?P<year>1[5-9][0-9]{{2}}|2[01][0-9]{{2}}){AFTER}"
)
SHORT_YEAR = re.compile(rf"{BEFORE}[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{2}}{AFTER}")
SHORT_MONTH = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.[ \u00a0]"
    r"(?P<day>[12][0-9]|3[01]|0?[1-9])(?![\w%$€£°]|[.,:/–-][0-9]|[ \u00a0](?:of|%))"
)
# "Jan." may also end a sentence about Jan.
MONTH_EXPECTED = re.compile(
    r"(?:\b(?:on|by|until|till|from|to|since|before|after|of|in|and|through|"
    rf"{'|'.join(WEEKDAYS)}),?[ \u00a0]|[-–(])$",
    re.IGNORECASE,
)
# What looks like a date may be a number of a version or a paper: "Invoice 2024/05/06".
CODE_BEFORE = re.compile(
    r"\b(?:version|release|build|invoice|order|numbers?|no\.|ref\.?|reference|model|part|file|case|"
    r"ticket|contract|id|code)[:#]?[ \u00a0]#?$",
    re.IGNORECASE,
)
IN_FIGURES = "A date in figures can be read in several ways."


def find_dates(text: str) -> Iterator[Found]:
    for match in YEAR_FIRST.finditer(text):
        if day := _date(match["year"], match["month"], match["day"]):
            is_code = CODE_BEFORE.search(text, max(0, match.start() - 14), match.start())
            yield found(match, "date", IN_FIGURES, None if is_code else _words(day))
    for match in YEAR_LAST.finditer(text):
        yield from _year_last(match)
    for match in SHORT_YEAR.finditer(text):
        yield found(match, "date", "This date can be read in several ways. Write it in words.")
    for match in SHORT_MONTH.finditer(text):
        month = SHORT_MONTHS[match["month"]]
        message = f"“{match['month']}.” is short for “{month}”."
        expected = MONTH_EXPECTED.search(text, max(0, match.start() - 12), match.start())
        words = f"{month} {int(match['day'])}" if expected else None
        yield found(match, "date", message, words, word=f"{match['month']}.")


def _year_last(match: re.Match[str]) -> Iterator[Found]:
    """The date in words; only a warning if day and month could be swapped."""
    first, second = match["first"], match["second"]
    day_first = _date(match["year"], second, first)
    month_first = _date(match["year"], first, second)
    if day_first and month_first and day_first != month_first:
        readings = f"{_short(day_first)} or {_short(month_first)}"
        yield found(match, "date", f"This date could be {readings}. Write the month as a word.")
    elif day := day_first or month_first:
        yield found(match, "date", IN_FIGURES, _words(day))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _words(day: date) -> str:
    return f"{_short(day)} {day.year}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
