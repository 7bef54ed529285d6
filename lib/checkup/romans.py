"""Find Roman numerals."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import cardinal, ordinal

ROMAN = r"(?P<roman>(?:X{0,3})(?:IX|IV|V?I{0,3}))(?![\w'’]|\.[A-Z])"
# "James V Smith", "Philip V. Bagley".
INITIAL = re.compile(r"\.[ \u00a0]?(?:[A-Z]|$)|[ \u00a0][A-Z][a-z]")
RULER = re.compile(
    r"\b(?P<name>Henry|Elizabeth|George|Charles|Edward|James|William|Richard|Louis|Philip|Napoleon|"
    r"Pius|Benedict|Leo|Gregory|Frederick|Catherine|Alexander|Nicholas|Innocent|Clement|Ramesses|"
    rf"John Paul|Ptolemy)[ \u00a0]{ROMAN}"
)
COUNTED = re.compile(
    r"\b(?P<name>World War|Part|Chapter|Volume|Act|Phase|Book|Super Bowl|Rocky|"
    rf"Apollo|Title|Stage)[ \u00a0]{ROMAN}"
)
ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}


def find_roman(text: str) -> Iterator[Found]:
    message = "A Roman numeral may be read as letters."
    for match in RULER.finditer(text):
        if number := _roman(text, match):
            mend = f"{match['name']} the {ordinal(number).title()}"
            yield found(match, "number", message, mend)
    for match in COUNTED.finditer(text):
        if number := _roman(text, match):
            mend = f"{match['name']} {cardinal(str(number)).title()}"
            yield found(match, "number", message, mend)


def _roman(text: str, match: re.Match[str]) -> int:
    """The value of a Roman number; 0 if it is none, or may be a person or an initial."""
    letters = match["roman"]
    if letters == "I" or (len(letters) == 1 and INITIAL.match(text, match.end())):
        return 0
    values = [ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=False)
    )
