"""Format amounts of money, counts, lengths, sizes and times for people."""

import math
import time
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
SHORT_S = 0.95  # a sound that is shorter is not shown as a whole second
SMALLEST, CENT = Decimal("0.001"), Decimal("0.01")
LARGEST = Decimal(10) ** 12


def dollars(usd: Decimal) -> str:
    """A text such as "$0.002", "$1.20", "under $0.001"; "-$0.50" for an overdrawn balance.

    Works for any number, also an absurd one: a page must not fail because of it.
    """
    if not usd.is_finite():
        return "a sum that is not known"
    if usd > LARGEST:
        return f"${LARGEST:,} or more"
    if usd < 0:
        return f"-{dollars(usd.copy_negate())}"
    if 0 < usd < SMALLEST / 2:
        return "under $0.001"
    rounded = usd.quantize(SMALLEST, ROUND_HALF_UP)
    if rounded < 1 and rounded % CENT:
        return f"${rounded}"
    return f"${usd.quantize(CENT, ROUND_HALF_UP):,}"


def price_before(usd: Decimal | None) -> str:
    """The price shown before a click: "about $0.002", "free" or "price not known"."""
    if usd is None:
        return "price not known"
    if not usd:
        return "free"
    return _about(dollars(usd))


def price_after(usd: Decimal | None, *, exact: bool) -> str:
    """The price shown after a click: "$0.002", "about $0.002" for an estimate, "free"."""
    return dollars(usd) if usd and exact else price_before(usd)


def rate(usd_per_million: Decimal | None) -> str:
    """The price of a text by its length, such as "$0.013 per 1,000 characters", "free"."""
    if not usd_per_million:
        return price_before(usd_per_million)
    usd = min(usd_per_million / 1000, LARGEST).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    if not usd:
        return "under $0.0001 per 1,000 characters"
    shown = dollars(usd) if usd == usd.quantize(SMALLEST) else f"${usd}"
    return f"{shown} per 1,000 characters"


def count(number: int, thing: str) -> str:
    """For example "1 clip", "1,204 clips"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def listed(thing: str, names: Sequence[str]) -> str:
    """Such as "8 voices: Ashley, Elizabeth, Craig and 5 more"."""
    shown = names[:3] if len(names) > 4 else names
    rest = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"{count(len(names), thing)}: {', '.join(shown)}{rest}"


def length(seconds: float) -> str:
    """For example "0:07", "1:02:03", and "0.6 s" for less than a second."""
    if 0 < seconds < SHORT_S:
        return f"{max(1, math.floor(seconds * 10 + 0.5)) / 10} s"
    minutes, rest = divmod(math.floor(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def span(seconds: float) -> str:
    """For example "7 seconds", "4 minutes", "2 hours 10 minutes"."""
    if seconds < 59.5:
        return count(max(1, round(seconds)), "second")
    minutes = round(seconds / 60)
    if minutes < 60:
        return count(minutes, "minute")
    hours, rest = divmod(minutes, 60)
    return count(hours, "hour") + (f" {count(rest, 'minute')}" if rest else "")


def spoken_length(seconds: float) -> str:
    return f"about {span(seconds)}"


def left(seconds: float) -> str:
    return f"about {span(seconds)} left"


def size(number_bytes: int) -> str:
    """For example "58 kB", "1.2 MB", "6.0 GB"."""
    if number_bytes < 999_500:
        return f"{max(1, round(number_bytes / 1000))} kB"
    if number_bytes < 999_950_000:
        return f"{number_bytes / 1_000_000:.1f} MB"
    return f"{number_bytes / 1_000_000_000:.1f} GB"


def ago(then_s: float, now_s: float | None = None) -> str:
    """A Unix time as "just now", "3 min ago", "2 hours ago" or "14 November"."""
    passed_s = (time.time() if now_s is None else now_s) - then_s
    if passed_s < MINUTE_S:
        return "just now"
    if passed_s < HOUR_S:
        return f"{int(passed_s // MINUTE_S)} min ago"
    if passed_s < DAY_S:
        return f"{count(int(passed_s // HOUR_S), 'hour')} ago"
    when = datetime.fromtimestamp(then_s).astimezone()
    same_year = when.year == datetime.fromtimestamp(then_s + passed_s).astimezone().year
    return f"{when.day} {when:%B}" if same_year else f"{when.day} {when:%B %Y}"


def _about(sum_: str) -> str:
    return sum_ if sum_.startswith("under") else f"about {sum_}"


def day(at_s: float | None) -> str:
    """Such as "30 November"."""
    when = datetime.fromtimestamp(at_s or 0).astimezone()
    return f"{when.day} {when:%B}"
