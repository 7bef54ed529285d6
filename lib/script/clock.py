"""Times from the start of a sound, as they are written in captions and in tables."""

import re

TIME_MAX_S = 86_400.0  # a day
TIME = re.compile(
    r"\s{0,9}(?:(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):)?(?P<seconds>\d{1,5}(?:[.,]\d{1,6})?)\s{0,9}"
)
EXACT = re.compile(r"\d{2,3}:\d\d:\d\d\.\d{3}")  # as `exact` writes it


def exact(seconds: float) -> str:
    """Such as "00:01:02.500"."""
    whole_s, ms = divmod(round(seconds * 1000), 1000)
    return f"{whole_s // 3600:02}:{whole_s // 60 % 60:02}:{whole_s % 60:02}.{ms:03}"


def short(seconds: float) -> str:
    """Such as "1:02.5"; nothing of a millisecond is lost."""
    hours, minutes, rest = exact(seconds).split(":")
    whole, _, ms = rest.partition(".")
    begin = f"{int(hours)}:{minutes}" if int(hours) else str(int(minutes))
    return f"{begin}:{whole}.{ms}".rstrip("0").rstrip(".") if int(ms) else f"{begin}:{whole}"


def read(written: str) -> float | None:
    """Seconds for "1:02.5", "00:01:02,500" or "62.5"; None if it is no time within a day."""
    match = TIME.fullmatch(written)
    if match is None:
        return None
    hours, minutes = (int(match[name] or 0) for name in ("hours", "minutes"))
    seconds = round(3600 * hours + 60 * minutes + float(match["seconds"].replace(",", ".")), 3)
    return seconds if seconds <= TIME_MAX_S else None
