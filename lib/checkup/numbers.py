"""Find numbers without a unit: large, decimal, ordinal, and ranges."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.lists import MONTHS, SINGULARS_IN_S
from lib.checkup.spelling import (
    AFTER,
    BEFORE,
    cardinal,
    is_certain,
    ordinal,
    year,
)

# Numbers with separators or decimals. Without them, four digits may be a year and five or more a
# code: only the writer knows.
LARGE = re.compile(rf"{BEFORE}[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}(?:\.[0-9]{{1,6}})?{AFTER}")
DECIMAL = re.compile(rf"{BEFORE}[0-9]{{1,4}}\.[0-9]{{1,6}}{AFTER}")
# As most of Europe writes them: "1.500.000", "1.500,50", "12,5".
FOREIGN = re.compile(
    rf"{BEFORE}(?:[0-9]{{1,3}}(?:\.[0-9]{{3}}){{1,4}},[0-9]{{1,6}}|[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,4}}"
    rf"|[0-9]{{1,3}}(?:['’][0-9]{{3}}){{1,4}}|[0-9]{{1,6}},[0-9]{{1,2}}){AFTER}"
)
LONG = re.compile(rf"{BEFORE}[0-9]{{5,40}}{AFTER}")
MONTH_BEFORE = re.compile(rf"\b(?:{'|'.join(MONTHS)})[ \u00a0]$")
# "on 1.5" may be a date.
DATE_BEFORE = re.compile(
    r"\b(?:on|by|until|till|since|before|after|from|at)[ \u00a0]$", re.IGNORECASE
)
MEASURED = re.compile(
    r"[ \u00a0](?:thousand|million|billion|trillion|percent|per cent|percentage|times|points?|"
    r"degrees|meters|metres|kilometers|kilometres|miles|inches|feet|grams|kilograms|pounds|tons|"
    r"liters|litres|seconds|minutes|hours|days|weeks|months|years)\b"
)

UNCLEAR = "This could be a decimal, a time, a section or a version. Write it in words."

RAISED = re.compile(r"(?<!\w)\w{1,20}?[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,9}(?!\w)")

ORDINAL = re.compile(
    rf"{BEFORE}(?P<number>[1-9][0-9]{{0,2}})(?P<suffix>st|nd|rd|th)(?![\w]|[-–][0-9])"
)
ORDINAL_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}

SPAN = re.compile(rf"{BEFORE}(?P<figure>[0-9]{{1,4}})[-–](?P<to>[0-9]{{1,4}}){AFTER}(?![-–])")
SCORE_BEFORE = re.compile(r"\b(?:score[ds]?|won|win|lost|lose|beat|drew|led|lead)\b[^.!?\n]{0,20}$")
SAID_AS_TWO_NUMBERS = {("9", "11"), ("7", "11")}
# What is counted, or a word that a range follows, tells a range from a score, a date or a code.
COUNTED_AFTER = re.compile(
    r"[ \u00a0](?P<thing>[a-z]{2,20}s|people|men|women|children|guests|feet|inches|more|other)\b"
)
RANGE_BEFORE = re.compile(
    r"\b(?:from|pages?|pp\.|chapters|rows?|seats?|lines|aged?|ages|between)[ \u00a0]$",
    re.IGNORECASE,
)
YEARS_BEFORE = re.compile(r"(?:\b(?:from|in|during|since|of|years?)[ \u00a0]|\()$", re.IGNORECASE)


def find_numbers(text: str) -> Iterator[Found]:
    """Large numbers, decimals, ordinals and ranges."""
    for match in LARGE.finditer(text):
        certain = is_certain(match[0]) and not _before(MONTH_BEFORE, text, match)
        words = cardinal(match[0]) if certain else None
        yield found(match, "number", "A large number is safer in words.", words)
    for match in DECIMAL.finditer(text):
        words = cardinal(match[0]) if _is_decimal(text, match) else None
        message = "A decimal number is safer in words." if words else UNCLEAR
        yield found(match, "number", message, words)
    for match in FOREIGN.finditer(text):
        yield found(match, "number", "Countries read this number differently. Write it in words.")
    for match in RAISED.finditer(text):
        message = "A raised number may be read as a plain one. Write it in words."
        yield found(match, "number", message)
    for match in LONG.finditer(text):
        yield found(
            match,
            "number",
            "This could be said as one number or digit by digit. Write it as it should be said.",
        )
    for match in ORDINAL.finditer(text):
        number = int(match["number"])
        if match["suffix"] == _suffix(number):
            yield found(match, "number", f"“{match[0]}” is safer in words.", ordinal(number))
    for match in SPAN.finditer(text):
        if not SCORE_BEFORE.search(text, max(0, match.start() - 30), match.start()):
            yield from _span(text, match)


def _is_decimal(text: str, match: re.Match[str]) -> bool:
    """Whether it is a decimal number for sure: "9.30" may be a time, "3.10" a version."""
    whole, _, decimals = match[0].partition(".")
    if not is_certain(match[0]):
        return False
    if len(decimals) == 1:
        may_be_date = int(whole) <= 31 and _before(DATE_BEFORE, text, match)
        return not may_be_date or bool(MEASURED.match(text, match.end()))
    return whole == "0" or len(decimals) > 2 or bool(MEASURED.match(text, match.end()))


def _before(pattern: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    return bool(pattern.search(text, max(0, match.start() - 14), match.start()))


def _suffix(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return "th" if teen else ORDINAL_SUFFIXES.get(number % 10, "th")


def _span(text: str, match: re.Match[str]) -> Iterator[Found]:
    """A range, if it may be one; in words if it surely is one."""
    low, high = match["figure"], match["to"]
    first, last = int(low), int(high)
    if first >= last or (low, high) in SAID_AS_TWO_NUMBERS or low.startswith("0"):
        return
    counted = COUNTED_AFTER.match(text, match.end())
    things = counted is not None and counted["thing"] not in SINGULARS_IN_S
    words = None
    if len(low) == len(high) == 4:
        if not (first >= 1100 and last < 2100):
            return
        if _before(YEARS_BEFORE, text, match) and not things:
            words = f"{year(first)} to {year(last)}"
    elif len(high) <= 2 or (len(high) == 3 and first % 10 == last % 10 == 0):
        if things or _before(RANGE_BEFORE, text, match):
            words = f"{cardinal(low)} to {cardinal(high)}"
    else:
        return
    message = "The dash in a range may not be said."
    yield found(match, "number", message if words else "This could be a range or a score.", words)
