"""Find numbers without a unit: large, decimal, ordinal, Roman, ranges, fractions, telephones."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import AFTER, BEFORE, RANGE_DASH, cardinal, digits, ordinal, year

# Numbers with separators or decimals. Without them, four digits may be a year and five or more a
# code: only the writer knows.
LARGE = re.compile(rf"{BEFORE}[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,3}}(?:\.[0-9]{{1,6}})?{AFTER}")
DECIMAL = re.compile(rf"{BEFORE}[0-9]{{1,4}}\.[0-9]{{1,6}}{AFTER}")
LONG = re.compile(rf"{BEFORE}[0-9]{{5,40}}{AFTER}")

ORDINAL = re.compile(rf"{BEFORE}(?P<number>[1-9][0-9]{{0,2}})(?P<suffix>st|nd|rd|th)(?![\w])")
ORDINAL_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}

RANGE = re.compile(rf"{BEFORE}(?P<low>[0-9]{{1,4}}){RANGE_DASH}(?P<high>[0-9]{{1,4}}){AFTER}(?!-)")
SCORE_BEFORE = re.compile(r"\b(?:score[ds]?|won|win|lost|lose|beat|drew|led|lead)\b[^.!?\n]{0,20}$")
SAID_AS_TWO_NUMBERS = {("9", "11"), ("7", "11")}

FRACTION_SIGN = re.compile(r"(?<![\w.,/])(?P<whole>[0-9]{0,3})(?P<part>[½⅓⅔¼¾⅛])(?![\w/])")
FRACTION = re.compile(
    rf"{BEFORE}(?:(?P<whole>[0-9]{{1,3}})[ \u00a0])?"
    rf"(?P<part>1/2|1/3|2/3|1/4|3/4|1/8){AFTER}(?![/-])"
)
# Words after a fraction, so that it is neither a date nor "page 1 of 2".
PART_OF = re.compile(
    r"[ \u00a0](?:of (?:a|an|the|all|our|your)|an?|cups?|teaspoons?|tablespoons?|inch|inches|"
    r"hours?|miles?|pints?|pounds?|liters?|litres?|price)\b"
)
PARTS = {
    "½": "one half",
    "⅓": "one third",
    "⅔": "two thirds",
    "¼": "one quarter",
    "¾": "three quarters",
    "⅛": "one eighth",
    "1/2": "one half",
    "1/3": "one third",
    "2/3": "two thirds",
    "1/4": "one quarter",
    "3/4": "three quarters",
    "1/8": "one eighth",
}

GAP = r"[ \u00a0.-]"
PHONE = re.compile(
    rf"(?<![\w+.,/-])(?:"
    rf"\+[0-9]{{1,3}}(?:{GAP}?\(?[0-9]{{1,5}}\)?){{2,6}}"
    rf"|(?:1{GAP})?\([0-9]{{3}}\){GAP}?[0-9]{{3}}{GAP}[0-9]{{4}}"
    rf"|(?:1{GAP})?[0-9]{{3}}(?P<gap>[.-])[0-9]{{3}}(?P=gap)[0-9]{{4}}"
    rf"|0[0-9]{{2,4}}[ -][0-9]{{3,8}}(?:[ -][0-9]{{3,4}})?"
    rf"|[0-9]{{4}}(?P<card>[ -])(?:[0-9]{{4}}(?P=card)){{2}}[0-9]{{4}}"
    rf"|555-[0-9]{{4}}"
    rf")(?![\w/]|[.,:-][0-9]|[ \u00a0][0-9])"
)
PHONE_MIN_DIGITS = 7
GROUP = re.compile(r"[0-9]+")

ROMAN = r"(?P<roman>(?:X{0,3})(?:IX|IV|V?I{0,3}))(?![\w'’]|\.[A-Z])"
RULER = re.compile(
    r"\b(?P<name>Henry|Elizabeth|George|Charles|Edward|James|William|Richard|Louis|Philip|Napoleon|"
    r"Pius|Benedict|Leo|Gregory|Frederick|Catherine|Alexander|Nicholas|Innocent|Clement|Ramesses|"
    rf"John Paul|Ptolemy)[ \u00a0]{ROMAN}"
)
COUNTED = re.compile(
    r"\b(?P<name>World War|Part|Chapter|Volume|Act|Phase|Book|Section|Appendix|Super Bowl|Rocky|"
    rf"Apollo|Title|Class|Stage)[ \u00a0]{ROMAN}"
)
ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}


def find_numbers(text: str) -> Iterator[Found]:
    """Large numbers, decimals, ordinals and ranges."""
    for match in LARGE.finditer(text):
        yield found(match, "number", "A large number is safer in words.", cardinal(match[0]))
    for match in DECIMAL.finditer(text):
        yield found(match, "number", "A decimal number is safer in words.", cardinal(match[0]))
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
    for match in RANGE.finditer(text):
        score = SCORE_BEFORE.search(text, max(0, match.start() - 30), match.start())
        if not score and (words := _range(match["low"], match["high"])):
            yield found(match, "number", "The dash in a range may not be said.", words)


def find_fractions(text: str) -> Iterator[Found]:
    for match in FRACTION_SIGN.finditer(text):
        yield found(match, "number", "A fraction is safer in words.", _fraction(match))
    for match in FRACTION.finditer(text):
        sure = match["whole"] or PART_OF.match(text, match.end())
        message = "A fraction is safer in words." if sure else "This could be a fraction or a date."
        yield found(match, "number", message, _fraction(match) if sure else None)


def find_phones(text: str) -> Iterator[Found]:
    """Telephone and card numbers, which are said digit by digit, with a comma between groups."""
    for match in PHONE.finditer(text):
        groups = GROUP.findall(match[0])
        if sum(map(len, groups)) >= PHONE_MIN_DIGITS:
            plus = "plus " if match[0].startswith("+") else ""
            mend = plus + ", ".join(map(digits, groups))
            yield found(match, "phone", "This is better said digit by digit.", mend)


def find_roman(text: str) -> Iterator[Found]:
    for match in RULER.finditer(text):
        if number := _roman(match["roman"]):
            mend = f"{match['name']} the {ordinal(number).title()}"
            yield found(match, "number", "A Roman numeral may be read as letters.", mend)
    for match in COUNTED.finditer(text):
        if number := _roman(match["roman"]):
            mend = f"{match['name']} {cardinal(str(number)).title()}"
            yield found(match, "number", "A Roman numeral may be read as letters.", mend)


def _suffix(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return "th" if teen else ORDINAL_SUFFIXES.get(number % 10, "th")


def _range(low: str, high: str) -> str | None:
    """A range in words; None if it does not rise, or may be a code, score or telephone."""
    first, last = int(low), int(high)
    if first >= last or (low, high) in SAID_AS_TWO_NUMBERS or low.startswith("0"):
        return None
    if len(low) == len(high) == 4:
        years = first >= 1100 and last < 2100
        return f"{year(first)} to {year(last)}" if years else None
    if len(high) <= 2 or (len(high) == 3 and first % 10 == last % 10 == 0):
        return f"{cardinal(low)} to {cardinal(high)}"
    return None


def _fraction(match: re.Match[str]) -> str:
    part = PARTS[match["part"]]
    if not match["whole"]:
        return part
    part = part.replace("one half", "a half").replace("one ", "a ").replace("a eighth", "an eighth")
    return f"{cardinal(match['whole'])} and {part}"


def _roman(letters: str) -> int:
    """The value of a Roman number; 0 if it is none, or "I" alone, which may be a person."""
    values = [ROMAN_VALUES[letter] for letter in letters]
    return (
        0
        if letters == "I"
        else sum(
            -value if value < after else value
            for value, after in zip(values, [*values[1:], 0], strict=False)
        )
    )
