"""Parse amounts of money from outside; values that cannot be true become None."""

from decimal import Decimal, InvalidOperation

USD_MAX = Decimal(10) ** 6
CREDITS_MAX = Decimal(10) ** 12
EXPONENT_MAX = 12
# Dollars for a million characters. A price is not lower, nor more than one dollar a character.
PRICE_MIN_USD, PRICE_MAX_USD = Decimal("0.001"), Decimal(10) ** 6


def amount(value: object, most: Decimal = USD_MAX) -> Decimal | None:
    """An amount as the service writes it, cut to 28 digits; None if it is unreadable or absurd.

    A finite number may still be absurd: to convert 1e9999999 to an integer takes for ever. So
    amounts that are negative, above `most`, or with an exponent beyond ±12 are refused.
    """
    number = signed(value, most)
    return number if number is not None and number >= 0 else None


def signed(value: object, most: Decimal = USD_MAX) -> Decimal | None:
    """The same as `amount`, for values that may be negative, such as a balance."""
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
    """A whole number of credits, checked as `amount`."""
    number = amount(value, CREDITS_MAX)
    return None if number is None else int(number)


def price(usd_per_million: Decimal | None) -> Decimal | None:
    """A price in dollars for a million characters; None if it is 0 or cannot be true."""
    if usd_per_million is None or not usd_per_million.is_finite():
        return None
    return usd_per_million if PRICE_MIN_USD <= usd_per_million <= PRICE_MAX_USD else None
