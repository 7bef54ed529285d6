"""The names of months and weekdays in the language that a number format states."""

import calendar
import locale
from dataclasses import dataclass
from functools import lru_cache

LANGUAGE = 0x3FF  # the part of a tag without its country
MAIN = 0x400  # the country where most speak it


@dataclass(frozen=True, slots=True)
class Names:
    """The names of months from January, and of weekdays from Monday."""

    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]


ENGLISH = Names(
    tuple(calendar.month_name[1:]),
    tuple(calendar.month_abbr[1:]),
    tuple(calendar.day_name),
    tuple(calendar.day_abbr),
)


@lru_cache(maxsize=100)
def names(tag: int, with_day: bool) -> Names:
    """Names in the language of a tag, else in English. with_day: as in "24 ноября"."""
    known = locale.windows_locale
    language = known.get(tag & 0xFFFF) or known.get(MAIN | tag & LANGUAGE, "en_US")
    if language.startswith("en"):
        return ENGLISH
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    months, days = found.months["format" if with_day else "stand-alone"], found.days["format"]
    return Names(
        tuple(months["wide"][month] for month in range(1, 13)),
        tuple(months["abbreviated"][month].rstrip(".") for month in range(1, 13)),
        tuple(days["wide"][day] for day in range(7)),
        tuple(days["abbreviated"][day].rstrip(".") for day in range(7)),
    )
