"""Read captions (SRT and WebVTT) as a table, one row for each cue."""

import html
import io
import re

import webvtt
from webvtt.errors import MalformedFileError

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import tables
from lib.intake.brought import ROWS_MAX, ReadAs, Sheet, check_length

HEADER = ("Text", "Speaker", "Start", "End")
SRT = re.compile(r"(?:\d{1,9}[ \t]*\r?\n)?[ \t]*\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
NUMBERED = re.compile(r"\d{1,9}[ \t]*\r?\n")
# A position on the screen that some programs write into SRT, such as "{\an8}".
PLACE = re.compile(r"\{\\[^{}]{0,100}\}")
# SRT has a comma before the milliseconds, WebVTT has a point.
COMMA = re.compile(r"(?<=:\d\d),(?=\d{3})")
TIMING = "-->"
LOOKED_AT_CHARS = 200


def is_captions(text: str) -> bool:
    return text.lstrip().startswith("WEBVTT") or bool(SRT.match(_beginning(text)))


def read(name: str, text: str, notes: tuple[str, ...] = ()) -> Sheet:
    """A sheet with the columns Text, Speaker, Start and End. Row numbers count cues from 1.

    Tags are removed, the lines of a cue are joined by a blank; voice spans give the speakers.
    Raises InvalidRequestError for captions without words or with too many cues.
    """
    check_length(name, text)
    timings = text.count(TIMING)
    if timings > ROWS_MAX:
        raise InvalidRequestError(
            f"{name} has more than {ROWS_MAX:,} captions, the most at once.",
            hint="Split it into several files, then bring them in one after the other.",
        )
    rows, numbers = [], []
    cues = _cues(name, text)
    for number, cue in enumerate(cues, start=1):
        if said := " ".join(html.unescape(PLACE.sub("", cue.text)).split()):
            rows.append((said, cue.voice or "", cue.start, cue.end))
            tables.check(name, number, rows[-1])
            numbers.append(number)
    if not rows:
        raise InvalidRequestError(
            f"{name} has no caption with words in it.", hint="Choose another file."
        )
    if missing := timings - len(rows):
        what = f"{money.count(missing, 'caption')} without words, or without times that can be read"
        notes = (*notes, f"{what}, {'was' if missing == 1 else 'were'} left out.")
    return Sheet(HEADER, tuple(rows), notes, tuple(numbers), read_as=ReadAs(kind="captions"))


def _cues(name: str, text: str) -> list[webvtt.Caption]:
    form = "srt" if NUMBERED.match(_beginning(text)) else "vtt"
    if form == "vtt" and not text.lstrip().startswith("WEBVTT"):
        text = f"WEBVTT\n\n{COMMA.sub('.', text)}"
    try:
        return webvtt.WebVTT.from_buffer(io.StringIO(text.strip()), format=form).captions
    except MalformedFileError as error:
        raise InvalidRequestError(
            f"{name} looks like captions, and cannot be read as SRT or WebVTT.",
            hint="Save the captions anew in the program they come from, then bring that in.",
        ) from error


def _beginning(text: str) -> str:
    # In a whole text, a search for blanks takes time with the square of their number.
    return text.lstrip()[:LOOKED_AT_CHARS]
