"""Find times of day written in figures."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import AFTER, BEFORE, RANGE_DASH, cardinal, ends_sentence

HALF = r"(?:[ap]\.m\.|[AP]\.M\.|(?:[ap]m|[AP]M)\b)"
HOUR = r"(?:[01]?[0-9]|2[0-3])"
# A time has a colon, or "a.m." or "p.m." after it.
CLOCK = rf"{HOUR}:[0-5][0-9](?:[ \u00a0]?{HALF})?|{HOUR}(?:\.[0-5][0-9])?[ \u00a0]?{HALF}"
TIME = re.compile(rf"{BEFORE}(?:{CLOCK})(?:{RANGE_DASH}(?:{CLOCK}))?{AFTER}")
PARTS = re.compile(rf"({HOUR})(?:[:.]([0-5][0-9]))?[ \u00a0]?({HALF})?")


def find_times(text: str) -> Iterator[Found]:
    for match in TIME.finditer(text):
        message = "A time in figures can be read in several ways."
        yield found(match, "time", message, _words(text, match))


def _words(text: str, match: re.Match[str]) -> str | None:
    said = [_spoken(int(hour), minute or "00", half) for hour, minute, half in _parts(match[0])]
    stop = "." if match[0].endswith(".") and ends_sentence(text, match.end()) else ""
    return None if "" in said else " to ".join(said) + stop


def _parts(clocks: str) -> list[tuple[str, str, str]]:
    """(hour, minute, half of the day) of each time."""
    return PARTS.findall(clocks)


def _spoken(hour: int, minute: str, half: str) -> str:
    """For example "fourteen thirty", "nine o'clock", "nine oh five A M"; "" if it is no time."""
    if not half:
        # There is no one way to say half an hour after midnight.
        return f"{cardinal(str(hour))} {_minute(hour, minute)}" if hour else ""
    if not 1 <= hour <= 12:
        return ""
    minutes = "" if minute == "00" else f" {_minute(hour, minute)}"
    return f"{cardinal(str(hour))}{minutes} {half[0].upper()} M"


def _minute(hour: int, minute: str) -> str:
    if minute == "00":
        return "o'clock" if hour <= 12 else "hundred"
    return f"oh {cardinal(minute[1])}" if minute[0] == "0" else cardinal(minute)
