"""Find sums of money, percentages and measures."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import AFTER, BEFORE, FIGURE, RANGE_DASH, SIGNED, cardinal, is_noun

# Singular and plural of the main unit, then of its hundredth.
CURRENCIES = {
    "$": ("dollar", "dollars", "cent", "cents"),
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
SIGN = r"[$€£₹]"
CODE = r"(?:USD|EUR|GBP)"
MULTIPLE = r"(?:(?P<letter>bn|[kKmMbB])|[ \u00a0](?P<multiple>thousand|million|billion|trillion))"
PER = r"(?:/(?P<per>second|minute|hour|day|night|week|month|year|person|user|unit|item))"
MONEY = re.compile(
    rf"{BEFORE}(?:(?P<sign>{SIGN})[ \u00a0]?|(?P<code>{CODE})[ \u00a0])(?P<figure>{FIGURE})"
    rf"(?:{RANGE_DASH}{SIGN}?(?P<to>{FIGURE}))?{MULTIPLE}?{PER}?{AFTER}(?!,[0-9]|/)"
)
MONEY_AFTER = re.compile(
    rf"{BEFORE}(?P<figure>{FIGURE})[ \u00a0]?(?:(?P<sign>[€])|(?P<code>{CODE})){AFTER}"
)
CENTS = re.compile(rf"{BEFORE}(?P<figure>[0-9]{{1,2}})(?:¢| (?:cents?|pence)\b){AFTER}")

PERCENT = re.compile(
    rf"{BEFORE}(?P<figure>{SIGNED})(?:{RANGE_DASH}(?P<to>{FIGURE}))?[ \u00a0]?%{AFTER}"
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
UNIT_NAMES = "|".join(sorted(map(re.escape, [*UNITS, *UNCLEAR_UNITS]), key=len, reverse=True))
UNIT = re.compile(
    rf"{BEFORE}(?P<figure>{SIGNED})(?:{RANGE_DASH}(?P<to>{FIGURE}))?[ \u00a0\u202f]?"
    rf"(?P<unit>{UNIT_NAMES})(?![\w²³°/'’]|-[0-9])"
)

SUM = "A sum in figures can be read in several ways."


def find_money(text: str) -> Iterator[Found]:
    for match in MONEY.finditer(text):
        mend = _sum(match) if is_noun(text, match.start(), match.end()) else None
        yield found(match, "money", SUM, mend)
    for match in MONEY_AFTER.finditer(text):
        units = CURRENCIES[match["sign"] or match["code"]]
        mend = _amount(match["figure"], units)
        yield found(match, "money", SUM, mend if is_noun(text, *match.span()) else None)
    for match in CENTS.finditer(text):
        number = int(match["figure"])
        pence = match[0].endswith("pence")
        name = "pence" if pence else "cent" if number == 1 else "cents"
        noun = is_noun(text, *match.span())
        yield found(match, "money", SUM, f"{cardinal(str(number))} {name}" if noun else None)


def find_percentages(text: str) -> Iterator[Found]:
    for match in PERCENT.finditer(text):
        message = "A percentage is safer in words."
        yield found(match, "percent", message, f"{_figures(match)} percent")


def find_units(text: str) -> Iterator[Found]:
    for match in UNIT.finditer(text):
        unit = match["unit"]
        if unit not in UNITS:
            message = f"“{unit}” can mean several things. Write the word."
            yield found(match, "unit", message, word=unit)
            continue
        one, several = UNITS[unit]
        name = one if match["figure"].lstrip("-−+") == "1" and not match["to"] else several
        noun = is_noun(text, *match.span())
        mend = f"{_figures(match)} {name}" if noun else None
        yield found(match, "unit", f"“{unit}” is short for “{several}”.", mend, word=unit)


def _figures(match: re.Match[str]) -> str:
    words = cardinal(match["figure"])
    return f"{words} to {cardinal(match['to'])}" if match["to"] else words


def _sum(match: re.Match[str]) -> str | None:
    units = CURRENCIES[match["sign"] or match["code"]]
    multiple = MULTIPLES.get(match["letter"]) or match["multiple"]
    if multiple:
        words = f"{_figures(match)} {multiple} {units[1]}"
    elif not match["to"]:
        words = _amount(match["figure"], units)
    elif "." in match["figure"] + match["to"]:
        return None
    else:
        words = f"{_figures(match)} {units[1]}"
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
