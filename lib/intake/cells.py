"""Format the cells of a workbook as a person sees them."""

import re
from datetime import date, datetime, time, timedelta

# A number format has up to four parts; the first is for numbers above 0.
PART = re.compile(r'(?:"[^"]*"|\\.|[^;])*')
CURRENCY = re.compile(r"\[\$(?P<sign>[^\]-]*)[^\]]*\]")
IN_BRACKETS = re.compile(r"\[[^\]]*\]|_.|\*.")
PATTERN = re.compile(r"[#0?,]*[#0?](?:\.[#0?]+)?")
QUOTED = re.compile(r'"([^"]*)"|\\(.)')
FORMAT_MAX_CHARS = 255  # Excel's own limit
GENERAL = ("General", "@", "")


def shown(value: object, number_format: str) -> str:
    """The shown text, such as "24 November 2026", "12", "12.5 %", "$19.90"; "" for None.

    The decimal sign is a point, since a workbook does not state its country.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime():
            return _moment(value)
        case date():
            return _day(value)
        case time():
            return _clock(value)
        case timedelta():
            return _length(value)
        case int() | float():
            return _number(value, number_format)
        case _:
            return str(value)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _clock(clock: time) -> str:
    return f"{clock:%H:%M:%S}" if clock.second else f"{clock:%H:%M}"


def _moment(moment: datetime) -> str:
    if moment.time() == time():
        return _day(moment)
    return f"{_day(moment)}, {_clock(moment.time())}"


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _number(number: float, number_format: str) -> str:
    part = PART.match(number_format[:FORMAT_MAX_CHARS])
    layout = CURRENCY.sub(r'"\g<sign>"', part[0] if part else "")
    layout = IN_BRACKETS.sub("", layout)
    pattern = PATTERN.search(QUOTED.sub(lambda quoted: " " * len(quoted[0]), layout))
    if number_format in GENERAL or pattern is None or "E" in layout or "/" in layout:
        return _plain(number)
    before, after = layout[: pattern.start()], layout[pattern.end() :]
    per_cent = "%" in QUOTED.sub("", before + after)
    digits = _digits(abs(number) * (100 if per_cent else 1), pattern[0])
    sign = "-" if number < 0 else ""
    return f"{sign}{_literal(before)}{digits}{_literal(after)}".strip()


def _digits(number: float, pattern: str) -> str:
    """A number of 0 or more: 12 is "0012" with "0000", 1234.5 is "1,234.50" with "#,##0.00"."""
    whole, _, decimals = pattern.partition(".")
    comma = "," if "," in whole.rstrip(",") else ""
    text = f"{number:{comma}.{len(decimals)}f}"
    if "#" in decimals:
        text = text.rstrip("0").rstrip(".")
    head, point, tail = text.partition(".")
    return f"{head.zfill(whole.count('0'))}{point}{tail}"


def _literal(layout: str) -> str:
    """The literal text of a format, before or after the digits."""
    return QUOTED.sub(lambda quoted: quoted[1] if quoted[1] is not None else quoted[2], layout)


def _plain(number: float) -> str:
    """At most 15 digits, as Excel keeps them: 0.1 + 0.2 is 0.3."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    return f"{float(f'{number:.15g}'):f}".rstrip("0") if abs(number) >= 1e-4 else f"{number:.15g}"
