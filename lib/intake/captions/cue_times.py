"""Find the lines with the times of cues, in SRT and WebVTT as tools and people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Hours may be missing, a part may have one digit or be below zero, blanks may be between parts.
TIME = r"-?(?:\d{1,4} ?: ?){1,2}-?\d{1,4}(?: ?[.,:;] ?-?\d{1,9})?"
FULL_TIME = r"\d{1,4}(?: ?: ?\d{1,2}){2} ?[.,] ?\d{1,9}"
NUMBER_BEFORE = r"(?:\d{1,9}[.):]?[ \t]{1,9})?"
# As typed, or as a word processor changes "-->".
DRAWN = re.compile(r"[-–—=]{1,3}>|[→⇒⟶➔➜]")
TIMES = re.compile(
    rf"{NUMBER_BEFORE}\[?(?P<start>{TIME})\s{{0,20}}(?:{DRAWN.pattern})\s{{0,20}}(?P<end>{TIME})"
    r"(?!\d|[.,:]\d)\]?"
)
# Between two whole times that are alone on their line, other signs do: "->", "- ->", ",", none.
TIMES_ALONE = re.compile(
    rf"{NUMBER_BEFORE}(?P<start>{FULL_TIME})\s{{0,9}}(?:--&gt;|[^\w\s]{{0,4}}\s?[^\w\s]{{0,2}})"
    rf"\s{{0,9}}(?P<end>{FULL_TIME})"
)
# What may follow the times: the settings of WebVTT, and the place on the screen in SRT.
SETTING = re.compile(
    r"(?<!\S)(?:(?:vertical|line|position|size|align|region|[XY][12])\s{0,3}:\s{0,3}|[a-z]{1,20}:)"
    r"\S{1,100}"
)
LIKE_A_TIME = re.compile(r"(?=.{0,30}\d\s?[:.,;-]\s?[\dOoIl])[\d\s:.,;'\[\]OoIl-]{2,30}")
PARTS = re.compile(r"(?P<clock>\d{1,4}(?::\d{1,4}){1,2})(?:(?P<mark>[.,:;])(?P<digits>\d{1,9}))?")
NUMBER = re.compile(r"#?(?P<number>\d{1,9})[.)]?")
HEADING = re.compile(r"WEBVTT(?=\s|$)")
ARROW = "-->"


@dataclass(frozen=True, slots=True)
class Times:
    """In milliseconds, None if they cannot be read. rest: words after them on their line.

    line: its place in the list of lines, from 0. is_sure: whether one of them has a fraction of a
    second, or hours, minutes and seconds, which nobody types as words.
    """

    line: int
    start_ms: int | None = None
    end_ms: int | None = None
    rest: str = ""
    is_sure: bool = False


def lines_of(text: str) -> list[str]:
    """The lines, trimmed, whatever ends them; without byte-order marks at their beginning."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip("\ufeff \t\v\f\xa0\u200b") for line in lines]


def is_heading(text: str) -> bool:
    return bool(HEADING.match(text[:200].lstrip("\ufeff \t\r\n")))


def times(lines: Sequence[str]) -> list[Times]:
    """The lines with times, and those in their place that cannot be read."""
    found: list[Times] = []
    for place, line in enumerate(lines):
        if ARROW not in line and ":" not in line:
            continue
        if one := _times(place, line):
            if one.is_sure or ARROW in line or _is_beginning(lines, place):
                found.append(one)
        elif _is_beginning(lines, place) and _is_like_times(line):
            found.append(Times(place))
    # "9:00 --> 17:00" among the words of a cue is a line of words, where other times are whole.
    if any(one.is_sure for one in found):
        found = [one for one in found if one.is_sure or _is_beginning(lines, one.line)]
    return found


def is_one_time(line: str) -> bool:
    return bool(re.fullmatch(FULL_TIME, line))


def number_in(line: str) -> int | None:
    match = NUMBER.fullmatch(line)
    return int(match["number"]) if match else None


def _times(place: int, line: str) -> Times | None:
    match = TIMES.match(line) or TIMES_ALONE.match(line)
    if not match:
        return None
    rest = SETTING.sub("", line[match.end() :]).strip(", \t")
    if match.re is TIMES_ALONE and rest:
        return None
    start, end = match["start"], match["end"]
    is_sure = match.re is TIMES and (_is_whole(start) or _is_whole(end))
    return Times(place, _milliseconds(start), _milliseconds(end), rest, is_sure)


def _milliseconds(time: str) -> int:
    """From the start of the film; a time before it is the start. "01:02" are minutes, seconds."""
    match = _parts(time)
    seconds = 0
    for part in match["clock"].split(":"):
        seconds = seconds * 60 + int(part)
    digits = match["digits"] or ""
    is_frames = match["mark"] in (":", ";") and len(digits) < 3
    ms = 0 if is_frames else int(digits.ljust(3, "0")[:3])
    return 0 if "-" in time else seconds * 1000 + ms


def _is_whole(time: str) -> bool:
    match = _parts(time)
    return bool(match["digits"]) or match["clock"].count(":") == 2


def _parts(time: str) -> re.Match[str]:
    match = PARTS.fullmatch(time.replace(" ", "").replace("-", ""))
    assert match  # TIME has the same parts
    return match


def _is_beginning(lines: Sequence[str], place: int) -> bool:
    """Whether a blank line, a number, or a single line as a name is above it."""
    before = lines[place - 1] if place else ""
    if not before or number_in(before) is not None or is_heading(before):
        return True
    return place > 1 and not lines[place - 2]


def _is_like_times(line: str) -> bool:
    before, arrow, after = line.partition(ARROW)
    return bool(arrow) and any(LIKE_A_TIME.fullmatch(side.strip()) for side in (before, after))
