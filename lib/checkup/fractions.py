"""Find fractions, written as a sign or in figures."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from lib.checkup.finding import Found, found
from lib.checkup.spelling import AFTER, BEFORE, BLANK, cardinal, ordinal

SIGNS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
FRACTION_SIGN = re.compile(
    rf"(?<![\w.,/–-])(?P<whole>[0-9]{{1,3}}{BLANK}?|)(?P<part>[{SIGNS}])(?![\w/]|[-–][0-9])"
)
FRACTION = re.compile(
    rf"{BEFORE}(?:(?P<whole>[0-9]{{1,3}})[ \u00a0])?"
    rf"(?P<part>1/2|1/3|2/3|1/4|3/4|1/8){AFTER}(?![/-])"
)
# Words after a fraction, so that it is neither a date nor "page 1 of 2".
PART_OF = re.compile(
    r"[ \u00a0](?:of (?:a|an|the|all|our|your)|an?|cups?|teaspoons?|tablespoons?|inch|inches|"
    r"hours?|miles?|pints?|pounds?|liters?|litres?|price)\b"
)
# "2 1/2 inch nails" are two nails, or nails of that length; "2 1/2 cups" is certain.
PARTS_OF = re.compile(
    r"[ \u00a0](?:cups|teaspoons|tablespoons|inches|hours|days|weeks|months|years|miles|pints|"
    r"pounds|liters|litres|times)\b"
)
PARTS = {2: "half", 4: "quarter"}


def find_fractions(text: str) -> Iterator[Found]:
    for match in FRACTION_SIGN.finditer(text):
        apart = match["whole"][-1:].isspace() and text.startswith("-", match.end())
        words = None if apart else _fraction(match["whole"], unicodedata.numeric(match["part"]))
        yield found(match, "number", "A fraction is safer in words.", words)
    for match in FRACTION.finditer(text):
        sure = (PARTS_OF if match["whole"] else PART_OF).match(text, match.end())
        message = "A fraction is safer in words." if sure else "This could be a fraction or a date."
        words = _fraction(match["whole"] or "", float(Fraction(match["part"])))
        yield found(match, "number", message, words if sure else None)


def _fraction(whole: str, part: float) -> str:
    """For ("2", 0.5): "two and a half"; for ("", 0.75): "three quarters"."""
    value = Fraction(part).limit_denominator(10)
    name = PARTS.get(value.denominator) or ordinal(value.denominator)
    several = "halves" if name == "half" else f"{name}s"
    if value.numerator > 1:
        words = f"{cardinal(str(value.numerator))} {several}"
    elif whole:
        words = f"{'an' if name == 'eighth' else 'a'} {name}"
    else:
        words = f"one {name}"
    return f"{cardinal(whole.strip())} and {words}" if whole else words
