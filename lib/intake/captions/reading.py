"""Read captions (SRT and WebVTT) as a table: one row for each cue, or for each turn in it."""

from collections.abc import Sequence
from itertools import chain
from pathlib import PurePath

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import tables
from lib.intake.brought import ROWS_MAX, ReadAs, Sheet, check_length, named
from lib.intake.captions import cue_text, cue_times, cues, rolling, turns
from lib.intake.captions.rolling import Shown
from lib.script import clock

HEADER = ("Text", "Speaker", "Start", "End")
ENDINGS = frozenset((".srt", ".vtt"))
SEVERAL = 2
LOOKED_AT_CHARS = 1_000
QUOTED_CHARS = 40
HOUR_MS, LEADER_MS = 3_600_000, 60_000


def is_captions(name: str, text: str) -> bool:
    """Whether it is called captions, begins as captions do, or has several lines with times."""
    if PurePath(name).suffix.lower() in ENDINGS or begins_so(text):
        return True
    lines = cue_times.lines_of(text)
    found = cue_times.times(lines)
    return sum(one.is_sure or _is_like_a_cue(lines, one) for one in found) >= SEVERAL


def begins_so(text: str) -> bool:
    lines = [line for line in cue_times.lines_of(text[:LOOKED_AT_CHARS].lstrip()) if line][:2]
    found = cue_times.times(lines)
    if not found or cue_times.is_heading(text):
        return cue_times.is_heading(text)
    if found[0].line == 0:
        return found[0].start_ms is not None and not _may_be_hours(lines, found[0])
    return cue_times.number_in(lines[0]) is not None


def read(name: str, text: str, notes: tuple[str, ...] = ()) -> Sheet:
    """A sheet with the columns Text, Speaker, Start and End. Row numbers count cues from 1.

    Times count from `_zero_ms`. Tags are removed, the lines of a cue are joined by a blank, what
    rolling captions repeat is left out. Speakers are those of voice spans, else of names before the
    words; a cue with several turns has several rows. Notes say what was left out.
    Raises InvalidRequestError for captions without words, without times that can be read (with
    the number of the line), or with too many cues.
    """
    check_length(name, text)
    found = cues.read(text)
    if not found.cues:
        raise _unreadable(name, text)
    shown = [Shown(cue, cue_text.said(cue.text)) for cue in found.cues]
    kept, repeated = rolling.once([each for each in shown if each.lines])
    spoken, guessed, changes = turns.of(kept)
    if len(spoken) > ROWS_MAX:
        raise InvalidRequestError(
            f"{name} has more than {ROWS_MAX:,} captions, the most at once.",
            hint="Split it into several files, then bring them in one after the other.",
        )
    if not spoken:
        raise InvalidRequestError(
            f"{name} has no caption with words in it.", hint="Choose another file."
        )
    starts_ms = [turn.cue.start_ms for turn in spoken if turn.cue.start_ms is not None]
    first_ms = min(starts_ms, default=0)
    zero_ms = _zero_ms(first_ms)
    rows = tuple(
        (
            turn.words,
            turn.speaker,
            _clock(turn.cue.start_ms, zero_ms),
            _clock(turn.cue.end_ms, zero_ms),
        )
        for turn in spoken
    )
    numbers = tuple(turn.cue.number for turn in spoken)
    for number, row in zip(numbers, rows, strict=True):
        tables.check(name, number, row)
    said = _note_of_zero(first_ms, zero_ms)
    said += _notes(found, shown, repeated)
    said += _notes_of_speakers(guessed, changes)
    return Sheet(HEADER, rows, (*notes, *said), numbers, read_as=ReadAs(kind="captions"))


def _notes(found: cues.Cues, shown: Sequence[Shown], repeated: int) -> list[str]:
    empty = [each.cue for each in shown if not each.lines]
    with_words = [each.cue for each in shown if each.lines]
    said = []
    if above := found.above:
        lines = [f'{number} ("{_short(line)}")' for number, line in above]
        stand = (
            "stands above the times of a caption and was"
            if len(above) == 1
            else "stand above the times of a caption and were"
        )
        said.append(f"Line{_s(above)} {named(lines)} {stand} left out.")
    if found.comments:
        was = "was" if found.comments == 1 else "were"
        said.append(f"{money.count(found.comments, 'comment')} (NOTE) {was} left out.")
    if empty:
        has = "has no words and was" if len(empty) == 1 else "have no words and were"
        said.append(f"{_captions(empty)} {has} left out.")
    if timeless := [cue for cue in with_words if cue.start_ms is None]:
        it = "its words are" if len(timeless) == 1 else "their words are"
        said.append(f"{_captions(timeless)}: the times cannot be read; {it} here without times.")
    if repeated:
        was = "is" if repeated == 1 else "are"
        said.append(
            f"These captions roll, so that lines are shown more than once: "
            f"{money.count(repeated, 'repeated line')} {was} left out."
        )
    return said


def _notes_of_speakers(guessed: Sequence[str], changes: int) -> list[str]:
    said = []
    if guessed:
        said.append(
            f"Names before the words are taken as speakers and are not said: {named(guessed)}."
        )
    if changes:
        said.append(
            f'">>", the sign for another speaker, is left out before {money.count(changes, "turn")}'
            " without a name."
        )
    return said


def _captions(found: Sequence[cues.Cue]) -> str:
    """Such as "Captions 3 (line 9) and 5 (line 16)"."""
    return f"Caption{_s(found)} {named([f'{cue.number} (line {cue.line:,})' for cue in found])}"


def _s(things: Sequence[object]) -> str:
    return "" if len(things) == 1 else "s"


def _unreadable(name: str, text: str) -> InvalidRequestError:
    """An error with the line that should have times; for a heading alone, that there is none."""
    lines = cue_times.lines_of(text)
    with_arrow = (place for place, line in enumerate(lines) if cue_times.ARROW in line)
    other = (
        place
        for place, line in enumerate(lines)
        if line and not cue_times.is_heading(line) and cue_times.number_in(line) is None
    )
    place = next(chain(with_arrow, other), None)
    if place is None:
        return InvalidRequestError(
            f"{name} has no caption with words in it.", hint="Choose another file."
        )
    return InvalidRequestError(
        f'Line {place + 1:,} of {name} cannot be read as captions: "{_short(lines[place])}" has no '
        "times such as 00:00:01,000 --> 00:00:03,000.",
        hint="Save the captions anew as SRT or WebVTT. If it is a text, give its name the ending "
        ".txt, then bring that in.",
    )


def _is_like_a_cue(lines: Sequence[str], one: cue_times.Times) -> bool:
    """Whether a number or a blank line is above the times, and nothing after them on the line."""
    above = lines[one.line - 1] if one.line else ""
    if _may_be_hours(lines, one):
        return False
    if cue_times.number_in(above) is not None:
        return True
    return not above and not one.rest and one.start_ms is not None


def _may_be_hours(lines: Sequence[str], one: cue_times.Times) -> bool:
    """Whether it may be words, such as "9:00 → 17:00"."""
    line = lines[one.line]
    return not one.is_sure and cue_times.ARROW not in line and bool(cue_times.DRAWN.search(line))


def _short(line: str) -> str:
    return line if len(line) <= QUOTED_CHARS else f"{line[:QUOTED_CHARS]}…"


def _zero_ms(first_ms: int) -> int:
    """The time of the captions at which the sound begins. first_ms: of the first caption.

    A film often begins at one hour or at ten, its leader a minute before: else its sound would
    begin with an hour of silence.
    """
    hours_ms = (first_ms + LEADER_MS) // HOUR_MS * HOUR_MS
    return hours_ms if hours_ms <= first_ms else hours_ms - LEADER_MS


def _note_of_zero(first_ms: int, zero_ms: int) -> list[str]:
    if not zero_ms:
        return []
    first, zero = clock.short(first_ms / 1000), clock.short(zero_ms / 1000)
    return [
        f"The captions begin at {first}. The silence before {zero} is left out: {zero} is now 0:00."
    ]


def _clock(time_ms: int | None, zero_ms: int) -> str:
    return "" if time_ms is None else clock.exact(max(0, time_ms - zero_ms) / 1000)
