"""Find sums of money, percentages and measures."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import (
    AFTER,
    BEFORE,
    BLANK,
    FIGURE,
    RANGE,
    SIGNED,
    Use,
    cardinal,
    spelled,
    use_of,
)

# Singular and plural of the main unit, then of its hundredth.
CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "US$": ("U S dollar", "U S dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "USD": ("U S dollar", "U S dollars", "cent", "cents"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"),
}
MULTIPLES = {
    "k": "thousand",
    "K": "thousand",
    "m": "million",
    "M": "million",
    "bn": "billion",
    "b": "billion",
    "B": "billion",
}
SIGN = r"(?:(?<!\w)US\$|[$€£₹])"
CODE = r"(?:USD|EUR|GBP)"
LETTER = r"(?:bn|[kKmMbB])(?!\w)"
TIMES = r"[ \u00a0](?P<multiple>thousand|million|billion|trillion)"
PER = r"/(?P<per>\w{1,20})"
PERIODS = frozenset(
    ("second", "minute", "hour", "day", "night", "week", "month", "year", "person", "user", "item")
)
MONEY = re.compile(
    rf"{BEFORE}(?:(?P<sign>{SIGN}){BLANK}?|(?P<code>{CODE})[ \u00a0])(?P<figure>{FIGURE})"
    rf"(?P<letter>{LETTER})?(?:{RANGE}{SIGN}?(?P<to>{FIGURE})(?P<letter_to>{LETTER})?)?"
    rf"(?:{TIMES})?(?:{PER})?{AFTER}(?![–—-]{BLANK}?{SIGN}|,-|\.[-–])"
)
MONEY_AFTER = re.compile(
    rf"{BEFORE}(?P<figure>{FIGURE})(?P<none>,[-–]|\.[-–])?(?:{RANGE}(?P<to>{FIGURE}))?"
    rf"{BLANK}?(?:(?P<sign>€)|(?P<code>{CODE}))(?:{PER})?{AFTER}"
)
# "US $5" are no "U S five dollars".
COUNTRY_BEFORE = re.compile(r"\b[A-Z](?:[A-Z]{1,2}|[ ][A-Z])[ \u00a0]$")
DIGITS_AFTER = re.compile(rf"{BLANK}[0-9]")
CENTS = re.compile(
    rf"{BEFORE}(?P<figure>[0-9]{{1,2}})(?:{RANGE}(?P<to>[0-9]{{1,2}}))?"
    rf"(?:(?P<sign>¢)|[ \u00a0](?P<name>cents?|pence)\b){AFTER}"
)

PERCENT = re.compile(
    rf"{BEFORE}(?P<figure>{SIGNED})(?:{BLANK}?%?{RANGE}(?P<to>{SIGNED}))?{BLANK}?%{AFTER}"
)

# Symbol: (singular, plural).
UNITS = {
    "mm": ("millimeter", "millimeters"),
    "cm": ("centimeter", "centimeters"),
    "km": ("kilometer", "kilometers"),
    "mg": ("milligram", "milligrams"),
    "kg": ("kilogram", "kilograms"),
    "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"),
    "ft": ("foot", "feet"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "min": ("minute", "minutes"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "ms": ("millisecond", "milliseconds"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "kB": ("kilobyte", "kilobytes"),
    "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "kB/s": ("kilobyte per second", "kilobytes per second"),
    "MB/s": ("megabyte per second", "megabytes per second"),
    "GB/s": ("gigabyte per second", "gigabytes per second"),
    "Mbit/s": ("megabit per second", "megabits per second"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "kW": ("kilowatt", "kilowatts"),
    "kWh": ("kilowatt-hour", "kilowatt-hours"),
    "mAh": ("milliamp-hour", "milliamp-hours"),
    "dB": ("decibel", "decibels"),
    "kcal": ("kilocalorie", "kilocalories"),
    "mph": ("mile per hour", "miles per hour"),
    "km/h": ("kilometer per hour", "kilometers per hour"),
    "m/s": ("meter per second", "meters per second"),
    "m²": ("square meter", "square meters"),
    "km²": ("square kilometer", "square kilometers"),
    "m³": ("cubic meter", "cubic meters"),
    "sq ft": ("square foot", "square feet"),
}
# "5 m" may be meters, minutes or millions, "5 g" a network: reported without a correction.
UNCLEAR_UNITS = ("m", "g", "l", "h")
CLOCK = re.compile(r"\.[0-9]{2}$|^[0-9]{4}$")  # "14.30 hrs" and "1400 hrs" are times of day
UNIT_NAMES = "|".join(sorted(map(re.escape, [*UNITS, *UNCLEAR_UNITS]), key=len, reverse=True))
UNIT = re.compile(
    rf"{BEFORE}(?P<figure>{SIGNED})"
    rf"(?:(?:{BLANK}?(?P<first>{UNIT_NAMES}))?{RANGE}(?P<to>{SIGNED}))?{BLANK}?"
    rf"(?P<unit>{UNIT_NAMES})(?![\w²³°/'’]|[-–—]{BLANK}?[0-9]|[ ][0-9]{{1,3}}['’′])"
)

SUM = "A sum in figures can be read in several ways."


def find_money(text: str) -> Iterator[Found]:
    for match in MONEY.finditer(text):
        yield found(match, "money", SUM, _sum(text, match))
    for match in MONEY_AFTER.finditer(text):
        yield found(match, "money", SUM, None if match["none"] else _plain_sum(text, match))
    for match in CENTS.finditer(text):
        yield found(match, "money", SUM, _cents(text, match))


def find_percentages(text: str) -> Iterator[Found]:
    for match in PERCENT.finditer(text):
        words = spelled(text, match)
        message = "A percentage is safer in words."
        yield found(match, "percent", message, words and f"{words} percent")


def find_units(text: str) -> Iterator[Found]:
    for match in UNIT.finditer(text):
        unit = match["unit"]
        if unit not in UNITS:
            message = f"“{unit}” can mean several things. Write the word."
            yield found(match, "unit", message, word=unit)
            continue
        message = f"“{unit}” is short for “{UNITS[unit][1]}”."
        yield found(match, "unit", message, _measure(text, match), word=unit)


def _measure(text: str, match: re.Match[str]) -> str | None:
    unit, first = match["unit"], match["first"]
    words, use = spelled(text, match), use_of(text, *match.span())
    if not words or not use or (first and not unit.startswith(first)):
        return None
    if unit in ("hr", "hrs") and CLOCK.search(match["to"] or match["figure"]):
        return None
    one, several = UNITS[unit]
    is_one = match["figure"].lstrip("-−+") == "1" and not match["to"]
    return f"{words} {one if is_one or use == 'adjective' else several}"


def _sum(text: str, match: re.Match[str]) -> str | None:
    """A sum with its sign before it; it may be a range, have a multiple, or be per something."""
    letter, letter_to = match["letter"], match["letter_to"]
    multiple = MULTIPLES.get(letter_to or letter or "") or match["multiple"]
    if not multiple:
        return _plain_sum(text, match)
    words, use = spelled(text, match), _use(text, match)
    if not words or not use or (letter and (match["multiple"] or (match["to"] and not letter_to))):
        return None
    if letter and letter != letter_to and letter_to:
        return None
    one, several = _units(match)[:2]
    return _per(match, f"{words} {multiple} {one if use == 'adjective' else several}")


def _plain_sum(text: str, match: re.Match[str]) -> str | None:
    words, use = spelled(text, match), _use(text, match)
    if not words or not use:
        return None
    one, several = _units(match)[:2]
    decimals = "." in match["figure"] + (match["to"] or "")
    if use == "adjective" or match["to"]:
        return (
            None if decimals else _per(match, f"{words} {one if use == 'adjective' else several}")
        )
    return _per(match, _amount(match["figure"], _units(match)))


def _cents(text: str, match: re.Match[str]) -> str | None:
    words, use = spelled(text, match), use_of(text, *match.span())
    if not words or not use:
        return None
    name = "pence" if match["name"] == "pence" else "cents"
    is_one = name == "cents" and (use == "adjective" or words == "one")
    return f"{words} {'cent' if is_one else name}"


def _use(text: str, match: re.Match[str]) -> Use | None:
    """The use of a sum; None also after "US ", before digits, or if it is per something unknown."""
    if DIGITS_AFTER.match(text, match.end()) or (match["per"] and match["per"] not in PERIODS):
        return None
    if COUNTRY_BEFORE.search(text, max(0, match.start() - 5), match.start()):
        return None
    return use_of(text, *match.span())


def _units(match: re.Match[str]) -> tuple[str, str, str, str]:
    return CURRENCIES[match["sign"] or match["code"]]


def _per(match: re.Match[str], words: str) -> str:
    return f"{words} per {match['per']}" if match["per"] else words


def _amount(figure: str, units: tuple[str, str, str, str]) -> str:
    """For "1,250.50": "one thousand two hundred fifty dollars and fifty cents"."""
    one, several, hundredth, hundredths = units
    whole, _, rest = figure.partition(".")
    if rest and len(rest) != 2:
        return f"{cardinal(figure)} {several}"
    words = []
    if whole.strip("0,") or not rest.strip("0"):
        words.append(f"{cardinal(whole)} {one if whole == '1' else several}")
    if rest.strip("0"):
        words.append(f"{cardinal(rest)} {hundredth if rest == '01' else hundredths}")
    return " and ".join(words)
