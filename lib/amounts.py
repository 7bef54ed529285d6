"""Sums that come from outside, believed only where they can be true."""

from decimal import Decimal, InvalidOperation

USD_MAX = Decimal(10) ** 6
CREDITS_MAX = Decimal(10) ** 12
EXPONENT_MAX = 12
# Dollars for a million characters: less than this is no price, and nor is more than a dollar each.
PRICE_MIN_USD, PRICE_MAX_USD = Decimal("0.001"), Decimal(10) ** 6


def amount(value: object, most: Decimal = USD_MAX) -> Decimal | None:
    """A sum as the service writes it, cut to 28 digits; None for what is none or cannot be true.

    Finite is not reasonable: an integer made of 1e9999999 takes for ever. So nothing is counted
    with that is negative, above `most`, or written with an exponent beyond ±12.
    """
    number = signed(value, most)
    return number if number is not None and number >= 0 else None


def signed(value: object, most: Decimal = USD_MAX) -> Decimal | None:
    """As `amount`, for what may lie below zero, such as a balance."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError):
        return None
    if not number.is_finite() or abs(number.adjusted()) > EXPONENT_MAX:
        return None
    return +number if abs(number) <= most else None


def credits(value: object) -> int | None:
    """Whole credits, as `amount`."""
    number = amount(value, CREDITS_MAX)
    return None if number is None else int(number)


def price(usd_per_million: Decimal | None) -> Decimal | None:
    """A price of a million characters; None for one of nothing, or one that cannot be true."""
    if usd_per_million is None or not usd_per_million.is_finite():
        return None
    return usd_per_million if PRICE_MIN_USD <= usd_per_million <= PRICE_MAX_USD else None
