"""Parse the number formats of Excel, such as `#,##0.00;[Red]-0`, into sections of tokens."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Literal, NamedTuple

FORMAT_MAX_CHARS = 255  # Excel's own limit
FORMATS_MAX = 1_000  # in one workbook; Excel's own limit is 250
SECTIONS_MAX = 4
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": ge,
    "<=": le,
    "<>": ne,
    ">": gt,
    "<": lt,
    "=": eq,
}
# No repetition of it can be slow: a format has at most 255 characters.
TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | (?P<elapsed>\[(?:h+|m+|s+)\](?:\.0+)?) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General) | (?P<half>AM/PM|A/P|上午/下午) | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+(?:\.0+)?|e+|g+|bbbb|bb|aaaa?)
    | (?P<digit>[0\#?]) | (?P<mark>[.,%/@]) | (?P<end>;) | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(?P<sign>[<>=]{1,2})(?P<limit>-?[\d.]{1,30}(?:E[+-]?\d{1,3})?)", re.I)
CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<tag>[0-9A-F]{1,8}))?", re.IGNORECASE)

Kind = Literal["text", "digit", "mark", "exponent", "general", "date"]


class Token(NamedTuple):
    kind: Kind
    text: str


class Condition(NamedTuple):
    """Which numbers a section is for, such as ">=" 1000."""

    sign: str
    limit: Decimal

    def holds(self, number: Decimal) -> bool:
        return COMPARE[self.sign](number, self.limit)

    @property
    def is_negative(self) -> bool:
        """Whether all its numbers are below 0, so that the section says so itself."""
        return self.limit < 0 if self.sign in ("<=", "=") else self.sign == "<" and self.limit <= 0


BELOW_0 = Condition("<", Decimal(0))
ABOVE_0 = Condition(">", Decimal(0))
NOT_BELOW_0 = Condition(">=", Decimal(0))


@dataclass(frozen=True, slots=True)
class Section:
    """tag: the number in [$-407], which gives language and calendar; 0 for none."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None
    tag: int = 0

    def has(self, kind: Kind, text: str = "") -> bool:
        return any(token.kind == kind and text in token.text for token in self.tokens)


GENERAL = Section((Token("general", ""),))


@lru_cache(maxsize=FORMATS_MAX)
def sections(number_format: str) -> tuple[Section, ...]:
    """Up to four sections; General for a format that Excel would not accept, being too long."""
    if len(number_format) > FORMAT_MAX_CHARS:
        return (GENERAL,)
    found: list[Section] = []
    tokens: list[Token] = []
    condition: Condition | None = None
    tag = 0
    for match in (*TOKEN.finditer(number_format), None):
        if match is None or match["end"]:
            found.append(Section(_sorted_out(tokens), condition, tag))
            tokens, condition, tag = [], None, 0
        elif (inside := match["bracket"]) is None:
            tokens.append(_token(match))
        elif comparison := CONDITION.fullmatch(inside.replace(" ", "")):
            condition = _condition(comparison)
        elif currency := CURRENCY.fullmatch(inside):
            tokens.append(Token("text", currency["sign"]))
            tag = int(currency["tag"] or "0", 16) or tag
        # Others are colours and shapes of digits, which nobody hears.
    return tuple(found[:SECTIONS_MAX])


def for_text(number_format: str) -> Section | None:
    """The section that a text is shown with; None if it is shown as it is."""
    found = sections(number_format)
    if len(found) == SECTIONS_MAX or found[-1].has("mark", "@"):
        return found[-1]
    return None


def for_number(number_format: str, number: Decimal) -> tuple[Section, bool]:
    """The section for a number, and whether a "-" belongs before what it shows."""
    found = sections(number_format)
    if len(found) == SECTIONS_MAX or (len(found) > 1 and found[-1].has("mark", "@")):
        found = found[:-1]
    negative = number < 0
    if len(found) == 1:
        section = GENERAL if found[0].has("mark", "@") else found[0]
        fits = not section.condition or section.condition.holds(number)
        says_so = bool(section.condition and section.condition.is_negative)
        return (section, negative and not says_so) if fits else (GENERAL, negative)
    given = [section.condition for section in found]
    first = given[0] or (ABOVE_0 if len(found) == 3 and not given[1] else NOT_BELOW_0)
    if first.holds(number):
        return found[0], negative and not first.is_negative
    # Of two sections, the second is for all other numbers.
    second = given[1] or (BELOW_0 if len(found) == 3 else None)
    if second is None:
        return found[1], negative and first not in (ABOVE_0, NOT_BELOW_0)
    if second.holds(number):
        return found[1], negative and not second.is_negative
    return (found[2] if len(found) == 3 else GENERAL), negative


def _token(match: re.Match[str]) -> Token:
    text = match[0]
    match match.lastgroup:
        case "quoted" | "escaped" | "literal":
            return Token("text", match[match.lastgroup])
        case "space":
            return Token("text", " ")
        case "elapsed" | "half" | "date":
            return Token("date", text)
        case "digit" | "mark" | "exponent" | "general":
            return Token(match.lastgroup, text)
    return Token("text", "")  # a fill: Excel repeats a character to fill the cell's width


def _sorted_out(tokens: list[Token]) -> tuple[Token, ...]:
    """Letters of dates next to digits are no date: "0 h" of a careless program is "5 h"."""
    if any(token.kind == "digit" for token in tokens):
        return tuple(Token("text", t.text) if t.kind == "date" else t for t in tokens)
    return tuple(tokens)


def _condition(match: re.Match[str]) -> Condition | None:
    try:
        return (
            Condition(match["sign"], Decimal(match["limit"])) if match["sign"] in COMPARE else None
        )
    except ArithmeticError:
        return None
