"""Spell numbers in English words (rules: Unicode CLDR); patterns that find numbers in a text.

A pattern finds a number in any country's way of writing; what is not certain is read as None.
"""

import re
from functools import lru_cache
from typing import Literal

from unicode_rbnf import RbnfEngine

from lib.checkup.lists import AFTER_NOUN, MONTHS, WEEKDAYS

ENGLISH = RbnfEngine.for_language("en")

BLANK = r"[ \u00a0\u2009\u202f]"
# Every repetition is bounded: without a bound, a long run of digits would take minutes.
FIGURE = (
    rf"(?:[0-9]{{1,3}}(?:{BLANK}[0-9]{{3}}){{1,4}}(?![0-9])(?:[.,][0-9]{{1,6}})?"
    r"|[0-9]{1,15}(?:[.,'’][0-9]{1,9}){0,5})"
)
SIGNED = rf"[-−+]?{FIGURE}"
# What means the same number in every English text. Three digits after a point are thousands in
# most of Europe, unless a zero or four digits stand before it.
CERTAIN = re.compile(
    r"(?:(?:0|[1-9][0-9]{3,8})(?:\.[0-9]{1,6})?|[1-9][0-9]{0,2}(?:\.(?:[0-9]{1,2}|[0-9]{4,6}))?"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3}(?:\.[0-9]{1,6})?)"
)
BEFORE = r"(?<![\w.,:/+$€£₹¥−–-])"
AFTER = r"(?![\w]|[.,:/–-][0-9])"
DASH = rf"(?P<blank>{BLANK}?)[-–—](?P=blank)"
RANGE = rf"(?:{DASH}|[ \u00a0]to[ \u00a0])"

SIGNS = {"-": "minus ", "−": "minus ", "+": "plus "}
NEXT_WORD = re.compile(r"[ \u00a0]{1,3}([^\W\d_][\w'’]{0,30})")
ONE_BEFORE = re.compile(r"\b(?:a|an|another|each|every)[ \u00a0]$", re.IGNORECASE)
BEFORE_ADJECTIVE = re.compile(
    r"\b(?:a|an|the|this|that|these|those|any|each|every|per|my|your|our|his|her|its|their|"
    r"one|another|new|free|extra)[ \u00a0]$",
    re.IGNORECASE,
)

Use = Literal["noun", "adjective"]


@lru_cache(maxsize=4096)
def cardinal(figure: str) -> str:
    """For "1,250.50": "one thousand two hundred fifty point five zero". A sign is said too."""
    sign = SIGNS.get(figure[:1], "")
    whole, _, decimals = figure.lstrip("-−+").replace(",", "").partition(".")
    words = ENGLISH.format_number(int(whole), ruleset_names=["spellout-cardinal"]).text
    # Decimals are spelt one by one: the CLDR rules would drop ".0".
    return f"{sign}{words} point {digits(decimals)}" if decimals else sign + words


@lru_cache(maxsize=4096)
def ordinal(number: int) -> str:
    return ENGLISH.format_number(number, ruleset_names=["spellout-ordinal"]).text


@lru_cache(maxsize=4096)
def year(number: int) -> str:
    """For 1905: "nineteen oh five"."""
    words = ENGLISH.format_number(number, ruleset_names=["spellout-numbering-year"]).text
    return words.replace("oh-", "oh ")


def digits(figures: str) -> str:
    """For "0800": "zero eight zero zero". Other characters than digits are left out."""
    return " ".join(cardinal(digit) for digit in figures if digit in "0123456789")


def is_certain(figure: str) -> bool:
    """Whether it is the same number in every English text: "1,500" is, "1.500" and "1,5" are not.

    It may have a sign. A number with a zero before it, such as "007", may be a code.
    """
    return bool(CERTAIN.fullmatch(figure.lstrip("-−+")))


def spelled(text: str, match: re.Match[str]) -> str | None:
    """The words of the groups "figure" and "to", which may be absent; None if not certain.

    A dash between two numbers means "to" only if they rise; a sign that begins a line may be a
    bullet.
    """
    figure, to = match["figure"], match["to"]
    if not is_certain(figure) or (figure[0] in "-−" and _begins_line(text, match.start("figure"))):
        return None
    if not to:
        return cardinal(figure)
    is_dash = match["blank"] is not None
    if not is_certain(to) or (is_dash and (not to[0].isdigit() or _value(figure) >= _value(to))):
        return None
    return f"{cardinal(figure)} to {cardinal(to)}"


def use_of(text: str, start: int, end: int) -> Use | None:
    """How text[start:end], a sum or a measure, is used; None if that is not certain.

    It is an adjective in "a 5 km run": there the unit is said in the singular.
    """
    if text.startswith(("-", "'s", "’s"), end) or (
        text.startswith(".", end) and not ends_sentence(text, end + 1)
    ):
        return None
    after = NEXT_WORD.match(text, end)
    if after and after[1].casefold() not in AFTER_NOUN:
        one = ONE_BEFORE.search(text, max(0, start - 10), start)
        return "adjective" if one and after[1].islower() else None
    return None if BEFORE_ADJECTIVE.search(text, max(0, start - 12), start) else "noun"


def ends_sentence(text: str, position: int) -> bool:
    """Whether a full stop before `position` may end a sentence: a capital or nothing follows.

    It does not before the name of a day or month, as in "at 9 a.m. Monday".
    """
    rest = text[position : position + 80].lstrip("\"'”’) \t")
    if rest.startswith(MONTHS + WEEKDAYS):
        return False
    return not rest or rest[0] == "\n" or rest[0].isupper()


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _value(figure: str) -> float:
    return float(figure.replace("−", "-").replace(",", ""))
