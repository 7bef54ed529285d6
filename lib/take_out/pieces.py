"""The recordings of the clips to take out, in order, with the script's line that each one says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lib import audio, script
from lib.library.clip import Clip, Part
from lib.library.recordings import Recording
from lib.script import Line
from lib.script.measuring import MOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A finished clip, in order. pause_after_s: seconds of silence after it, if all are joined.

    at_s: when it shall begin then, instead of after the pause of the one before.
    lines: the lines of a clip with several; they give speakers and chapters.
    """

    clip: Clip
    title: str
    lines: Sequence[Line] = ()
    pause_after_s: float = 0.0
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedRecording:
    """One recording, in order. line: the line of its track that it belongs to, if any."""

    part: Part
    recording: Recording
    track: Track
    line: Line | None


def with_lines(parts: Sequence[Part], lines: Sequence[Line]) -> Iterator[tuple[Part, Line | None]]:
    """Each part with its line. Both are in order, and the words of a part are in its line."""
    texts = [script.clean(line.text).text for line in lines]
    number, place = 0, 0
    for part in parts:
        words = part.utterance.text if part.shown is None else part.shown
        mood = MOOD.match(words)  # it may be a copy from an earlier part
        own = words[mood.end() :].lstrip() if mood else words
        for later in range(number, len(texts)):
            found = texts[later].find(own, place if later == number else 0)
            if found >= 0:
                number, place = later, found + len(own)
                break
        yield part, lines[number] if lines else None


def with_gaps(pieces: Sequence[PlacedRecording]) -> Iterator[tuple[PlacedRecording, float]]:
    """Each piece with the silence after it in seconds; the last one of a track has the track's.

    A track with a time waits for that, and for no pause.
    """
    following = [*pieces[1:], None]
    for piece, after in zip(pieces, following, strict=True):
        is_last = after is not None and after.track is not piece.track
        pauses = is_last and after is not None and after.track.at_s is None
        yield piece, piece.part.gap_after_s + (piece.track.pause_after_s if pauses else 0.0)


def times_of(pieces: Sequence[PlacedRecording]) -> list[float | None]:
    """When each piece shall begin: the first one of a track at the track's time, if it has one."""
    found: list[float | None] = []
    before: Track | None = None
    for piece in pieces:
        begins = piece.track is not before and piece.track.at_s is not None
        found.append(piece.track.at_s if begins else piece.part.at_s)
        before = piece.track
    return found


def chapters_of(
    pieces: Sequence[PlacedRecording], starts_s: Sequence[float]
) -> list[audio.Chapter]:
    """A chapter at the start of each track, and of each of its lines with a title."""
    chapters = []
    before: PlacedRecording | None = None
    for piece, start_s in zip(pieces, starts_s, strict=True):
        title = piece.line.title if piece.line else ""
        is_new = before is None or before.track is not piece.track
        if is_new or (title and before and before.line is not piece.line):
            chapters.append(audio.Chapter(start_s, title or piece.track.title))
        before = piece
    return chapters
