"""Spell numbers in English words (rules: Unicode CLDR); patterns that find numbers in a text."""

import re
from functools import lru_cache

from unicode_rbnf import RbnfEngine

from lib.checkup.lists import AFTER_NOUN, MONTHS, WEEKDAYS

ENGLISH = RbnfEngine.for_language("en")

# Every repetition is bounded: without a bound, a long run of digits would take minutes.
WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})"
FIGURE = rf"{WHOLE}(?:\.[0-9]{{1,6}})?"
SIGNED = rf"[-−+]?{FIGURE}"
BEFORE = r"(?<![\w.,:/+$€£₹¥−–-])"
AFTER = r"(?![\w]|[.,:/–-][0-9])"
RANGE_DASH = r"[-–]"

SIGNS = {"-": "minus ", "−": "minus ", "+": "plus "}
NEXT_WORD = re.compile(r"[ \u00a0]{1,3}([^\W\d_][\w'’]{0,30})")
BEFORE_ADJECTIVE = re.compile(
    r"\b(?:a|an|the|this|that|these|those|any|each|every|per|my|your|our|his|her|its|their|"
    r"one|another|new|free|extra)[ \u00a0]$",
    re.IGNORECASE,
)


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


def is_noun(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], a sum or a measure, certainly does not describe a noun after it."""
    after = NEXT_WORD.match(text, end)
    if after and after[1].casefold() not in AFTER_NOUN:
        return False
    if text.startswith("-", end) or (
        text.startswith(".", end) and not ends_sentence(text, end + 1)
    ):
        return False
    return not BEFORE_ADJECTIVE.search(text, max(0, start - 12), start)


def ends_sentence(text: str, position: int) -> bool:
    """Whether a full stop before `position` may end a sentence: a capital or nothing follows.

    It does not before the name of a day or month, as in "at 9 a.m. Monday".
    """
    rest = text[position : position + 80].lstrip("\"'”’) \t")
    if rest.startswith(MONTHS + WEEKDAYS):
        return False
    return not rest or rest[0] == "\n" or rest[0].isupper()
