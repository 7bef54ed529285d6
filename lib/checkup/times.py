"""Find times of day written in figures."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.lists import WEEKDAYS
from lib.checkup.spelling import AFTER, BEFORE, RANGE, cardinal, ends_sentence

HALF = r"(?:[ap]\.m\.|[AP]\.M\.|(?:[ap]m|[AP]M)\b)"


def _clock(number: int) -> str:
    """A time: hours, minutes after a colon or point, half of the day; "9" alone is one, too."""
    return (
        rf"(?P<hour{number}>2[0-4]|[01]?[0-9])(?:(?P<mark{number}>[:.])(?P<minute{number}>[0-5][0-9]))?"
        rf"(?:[ \u00a0]?(?P<half{number}>{HALF}))?"
    )


TIME = re.compile(rf"{BEFORE}{_clock(1)}(?:{RANGE}{_clock(2)})?{AFTER}")
# "9h30", "21 h", "9 Uhr", "14:30:15": found, but not read.
OTHER = re.compile(
    rf"{BEFORE}(?:(?:2[0-4]|[01]?[0-9])(?:[ \u00a0]?h[ \u00a0]?[0-5][0-9]"
    rf"|[:.][0-5][0-9][ \u00a0](?:Uhr|uur|h)\b|[ \u00a0](?:Uhr|uur)\b)"
    rf"|[0-9]{{1,2}}:[0-5][0-9]:[0-5][0-9]){AFTER}"
)

# A number with a colon is a time of day only beside such a word: "1:10" may be a ratio or a score,
# "3:16" a verse, "4:33" a length.
DAYS = "|".join(WEEKDAYS)
WHEN_BEFORE = re.compile(
    r"(?:\b(?:at|from|until|till|til|before|after|since|between|around|about|by|daily|"
    r"weekdays|weekends|today|tomorrow|tonight|noon|morning|evening|opens?|closes?|starts?|begins?|"
    rf"ends?|leaves?|arrives?|departs?|open|hours|(?:{DAYS})s?)[:,]?|[@])[ \u00a0]$",
    re.IGNORECASE,
)
# "And", "or" and "to" tell nothing alone: "Matthew 5:13 and 6:10", "drawn to 1:50".
ALSO_BEFORE = re.compile(
    r"(?:\b(?:at|from|until|till|before|after|since|between|by)[ \u00a0](?:2[0-3]|[01]?[0-9]):"
    r"[0-5][0-9][^.!?\n]{0,40}(?:,|\b(?:and|or|to))"
    r"|\b(?:moved|changed|postponed|delayed|extended|open|up|quarter) to)[ \u00a0]$",
    re.IGNORECASE,
)
# "Luke 2:14 every day" is a verse.
NAME_BEFORE = re.compile(r"\b[A-Z][a-z]{1,30}[ \u00a0]$")
WHEN_AFTER = re.compile(
    r"[ \u00a0](?:today|tomorrow|tonight|sharp|daily|in the (?:morning|afternoon|evening)|at night|"
    rf"every|(?:on )?(?:{DAYS})|GMT|UTC|BST|CET|CEST|EST|EDT|CST|CDT|PST|PDT)\b"
)
NO_TIME_AFTER = re.compile(
    r"[ \u00a0-]?(?:Uhr|uur|h|hrs?|hours?|min|minutes?|mins?|s|secs?|seconds?|long|left|scale|odds|"
    r"ratio|score|win|lead|loss|o'clock|o’clock|video|song|track|mile|lap|pace|mark)\b"
)
OTHER_SENSE = re.compile(
    r"\b(?:mix(?:ed|ing)?|dilut\w{1,5}|ratio|scales?|odds|proportion|concentration|parts?|"
    r"ramps?|gradients?|inclines?|drawn|drawings?|solutions?|screens?|resolution|videos?|songs?|tracks?|"
    r"recordings?|clips?|scor\w{1,4}|won|wins?|lost|loses?|beat|drew|led|leads?|verses?|chapters?|psalms?|gospel|"
    r"aspect|zoom|map|gear|slope|lasts?|length|duration|stopwatch|finished in|runs?|ran)\b",
    re.IGNORECASE,
)
OTHER_SENSE_AFTER = re.compile(
    r"[^.!?\n]{0,60}\b(?:ratios?|dilut\w{1,5}|scales?|odds|scores?|proportion|concentration|verses?|"
    r"mix|mixture|aspect|videos?|songs?|tracks?|recordings?|clips?|screens?)\b"
)
SENTENCE_BEFORE = re.compile(r"[^.!?\n]{0,80}$")

SEVERAL = "A time in figures can be read in several ways."
UNCLEAR = "This could be a time, a length, a ratio or a score. Write it in words."


def find_times(text: str) -> Iterator[Found]:
    for match in OTHER.finditer(text):
        yield found(match, "time", SEVERAL)
    for match in TIME.finditer(text):
        if match["mark1"] == ":" or match["mark2"] == ":" or match["half1"] or match["half2"]:
            words = _words(text, match)
            yield found(match, "time", SEVERAL if words else UNCLEAR, words)


def _words(text: str, match: re.Match[str]) -> str | None:
    """The words of a time or a range of times; None if they, or that it is one, are not certain."""
    first, last = _spoken(match, 1), _spoken(match, 2) if match["hour2"] else None
    if first is None or (match["hour2"] and last is None) or not _is_time(text, match):
        return None
    stop = "." if match[0].endswith(".") and ends_sentence(text, match.end()) else ""
    return (f"{first} to {last}" if last else first) + stop


def _is_time(text: str, match: re.Match[str]) -> bool:
    if NO_TIME_AFTER.match(text, match.end()):
        return False
    if match["half1"] or match["half2"]:
        return True
    begin = max(0, match.start() - 80)
    sentence = SENTENCE_BEFORE.search(text, begin, match.start())
    if sentence and OTHER_SENSE.search(sentence[0]):
        return False
    if OTHER_SENSE_AFTER.match(text, match.end()):
        return False
    if any(before.search(text, begin, match.start()) for before in (WHEN_BEFORE, ALSO_BEFORE)):
        return True
    may_be_verse = not match["hour2"] and NAME_BEFORE.search(text, begin, match.start())
    return not may_be_verse and bool(WHEN_AFTER.match(text, match.end()))


def _spoken(match: re.Match[str], number: int) -> str | None:
    """For example "fourteen thirty", "nine o'clock", "nine oh five A M"; None if it is no time."""
    hour, mark = int(match[f"hour{number}"]), match[f"mark{number}"]
    minute, half = match[f"minute{number}"], match[f"half{number}"]
    if half:
        if not 1 <= hour <= 12:
            return None
        minutes = "" if minute in (None, "00") else f" {_minute(hour, minute)}"
        return f"{cardinal(str(hour))}{minutes} {half[0].upper()} M"
    if minute is None:
        # "9" is a time only in "9-5 p.m.".
        return cardinal(str(hour)) if match["half2"] and 1 <= hour <= 12 else None
    # There is no one way to say half an hour after midnight, nor a time with a point.
    if not 1 <= hour <= 23 or (mark == "." and not match["half2"]):
        return None
    return f"{cardinal(str(hour))} {_minute(hour, minute)}"


def _minute(hour: int, minute: str) -> str:
    if minute == "00":
        return "o'clock" if hour <= 12 else "hundred"
    return f"oh {cardinal(minute[1])}" if minute[0] == "0" else cardinal(minute)
