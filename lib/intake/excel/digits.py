"""Show a number the way a section of an Excel format lays out its digits."""

from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import takewhile

from lib.intake.excel.formats import Section, Token

# Excel rounds halves away from zero. A number has up to 309 digits, a format up to 255 more.
EXACT = Context(prec=1_000, rounding=ROUND_HALF_UP, Emax=MAX_EMAX, Emin=MIN_EMIN)
SIGNIFICANT_DIGITS = 15  # Excel keeps no more
GENERAL_MAX_CHARS = 11
THOUSANDS = 3

Tokens = Sequence[Token]


def decimal(number: float) -> Decimal:
    """The 15 digits that Excel keeps: 0.1 + 0.2 is 0.3, and 1.005 is not 1.00499."""
    return Decimal(f"{number:.{SIGNIFICANT_DIGITS}g}")


def shown(number: Decimal, section: Section) -> str:
    """The text of a number of 0 or more. Spaces that only align digits are left out."""
    tokens = section.tokens
    if section.has("digit"):
        per_cent = sum(token == ("mark", "%") for token in tokens)
        number = number.scaleb(2 * per_cent, EXACT)
        if section.has("exponent"):
            return _scientific(number, tokens)
        return _fraction(number, tokens) or _plain(number, tokens)
    return "".join(
        general(number) if token.kind == "general" or token == ("mark", "@") else token.text
        for token in tokens
    )


def general(number: Decimal) -> str:
    """Without a format: at most 11 characters, but a whole number of 15 digits in full.

    Excel would show a number of 12 digits as 1.23457E+11, which nobody can say.
    """
    if number == 0:
        return "0"
    size = number.adjusted()
    if number == number.to_integral_value() and size < SIGNIFICANT_DIGITS:
        return f"{number:f}".partition(".")[0]
    decimals = GENERAL_MAX_CHARS - 2 - max(size, 0)
    rounded = _rounded(number, max(decimals, 0))
    if -5 < size < GENERAL_MAX_CHARS or (size < 0 and rounded == number):
        text = f"{rounded:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, power = f"{number:.5e}".partition("e")
    exponent = int(power)
    return f"{mantissa.rstrip('0').rstrip('.')}E{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return EXACT.quantize(number, Decimal(1).scaleb(-decimals))


def _plain(number: Decimal, tokens: Tokens) -> str:
    """Digits with a point: 1234.5 is "1,234.50" with "#,##0.00" and "1.2K" with `0.0,"K"`."""
    digits = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    point = next((p for p, token in enumerate(tokens) if token == ("mark", ".")), len(tokens))
    whole = [place for place in digits if place < point]
    part = [place for place in digits if place > point]
    commas = [place for place, token in enumerate(tokens) if token == ("mark", ",")]
    grouped = any(whole[0] < place < whole[-1] for place in commas) if whole else False
    # A comma after the last digit, before the point or at the end, divides by a thousand.
    scaling = [
        place
        for place in commas
        if (whole and whole[-1] < place < point) or (part and place > part[-1])
    ]
    number = _rounded(number.scaleb(-THOUSANDS * len(scaling), EXACT), len(part))
    before, _, after = f"{number:f}".partition(".")
    said = dict(zip(part, _decimals(after, [tokens[place].text for place in part]), strict=True))
    said |= _whole(before.lstrip("0"), tokens, whole, "," if grouped else "")
    said |= dict.fromkeys(commas, "")
    # Excel shows the bare point of "12."; nobody says it, and it could end a sentence.
    said[point] = "." if any(said[place] for place in part) else ""
    if not whole and point < len(tokens):
        said[point] = before.lstrip("0") + said[point]
    return "".join(said.get(place, token.text) for place, token in enumerate(tokens))


def _whole(digits: str, tokens: Tokens, places: list[int], comma: str) -> dict[int, str]:
    """The text at each place of a digit before the point; the first takes all that are left."""
    said = {}
    filled = False
    for turn, place in enumerate(places):
        right = len(places) - 1 - turn
        filled = filled or len(digits) > right or tokens[place].text == "0"
        if not filled:
            said[place] = ""
            continue
        start = 0 if turn == 0 else len(digits) - 1 - right
        own = digits[start : len(digits) - right] if len(digits) > right else "0"
        said[place] = "".join(
            digit + (comma if (count := right + len(own) - 1 - nth) and not count % 3 else "")
            for nth, digit in enumerate(own)
        )
    return said


def _decimals(digits: str, layout: list[str]) -> list[str]:
    """One text for each place after the point: zeros at the end only where the layout has "0"."""
    kept = max(
        (place + 1 for place, shape in enumerate(layout) if shape == "0" or digits[place] != "0"),
        default=0,
    )
    return [digit if place < kept else "" for place, digit in enumerate(digits)]


def _scientific(number: Decimal, tokens: Tokens) -> str:
    """1234.5 is "1.23E+03" with "0.00E+00"; two or three digits before the point go in steps."""
    split = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    before, after = tokens[:split], tokens[split + 1 :]
    until_point = [*takewhile(lambda token: token != ("mark", "."), before)]
    step = max(1, sum(token.kind == "digit" for token in until_point))
    decimals = sum(token.kind == "digit" for token in before) - step
    exponent = number.adjusted() // step * step if number else 0
    if _rounded(number.scaleb(-exponent, EXACT), max(decimals, 0)) >= 10**step:
        exponent += step
    sign = "-" if exponent < 0 else "+" if tokens[split].text[1] == "+" else ""
    power = _plain(Decimal(abs(exponent)), after)
    return f"{_plain(number.scaleb(-exponent, EXACT), before)}E{sign}{power}"


def _fraction(number: Decimal, tokens: Tokens) -> str:
    """0.5 is "1/2" with "# ?/?" and "8/16" with "# ?/16"; "" if the format has no fraction."""
    slash = next((p for p, token in enumerate(tokens) if token == ("mark", "/")), 0)
    if not slash:
        return ""
    top = _run(tokens[:slash][::-1])
    bottom = _run(tokens[slash + 1 :])
    if not top or not bottom:
        return ""
    before, after = tokens[:slash][: slash - top], tokens[slash + 1 + bottom :]
    layout = "".join(token.text for token in tokens[slash + 1 :][:bottom]).strip()
    has_whole = any(token.kind == "digit" for token in before)
    whole = int(number.to_integral_value(ROUND_FLOOR)) if has_whole else 0
    rest = Fraction(number) - whole
    if any(sign in "123456789" for sign in layout):
        below = int("".join(sign if sign.isdecimal() else "0" for sign in layout))
        above = int(rest * below + Fraction(1, 2))
    else:
        closest = rest.limit_denominator(10 ** len(layout) - 1)
        above, below = closest.numerator, closest.denominator
    if has_whole and above == below:
        whole, above = whole + 1, 0
    leading = _plain(Decimal(whole), before) if has_whole else "".join(t.text for t in before)
    if has_whole and not above:
        pair = "" if any(sign.isdecimal() for sign in leading) else "0"
    else:
        pair = f"{above}/{below}"
    return f"{leading}{pair}{''.join(token.text for token in after)}"


def _run(tokens: Tokens) -> int:
    """How many tokens belong to a numerator or denominator: spaces, then digits."""
    blank = len([*takewhile(lambda token: token == ("text", " "), tokens)])
    digits = takewhile(
        lambda token: token.kind == "digit" or (token.kind == "text" and token.text.isdecimal()),
        tokens[blank:],
    )
    length = len([*digits])
    return blank + length if length else 0
