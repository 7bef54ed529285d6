"""Join many sounds into one file: decode them, put them one after the other, encode once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np

from lib.audio.facts import AUDIBLE, Facts, Samples
from lib.audio.reading import Reader
from lib.audio.resampling import resampled
from lib.audio.writing import Writer, rate_for
from lib.speech import Format

RAMP_S = 0.005

Open = Callable[[], IO[bytes]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """starts_s: when each part begins in the joined sound, in seconds, for captions."""

    facts: Facts
    starts_s: tuple[float, ...]


def join(
    parts: Sequence[tuple[Open, float]],
    target: IO[bytes],
    *,
    format: Format,
    at_s: Sequence[float | None] | None = None,
    progress: Progress | None = None,
) -> Joined:
    """Write all parts into `target`, an empty seekable file, and say when each begins.

    parts: pairs in order: a function that opens the file, and the seconds of silence after it.
    at_s: when each part shall begin. Silence fills the time before it; a part that is late begins
        at once. None for a part that follows the others.
    progress: called as (parts done, number of parts) after each part; its errors stop the work.

    The joined sound is mono, at the highest rate of the parts. Loudness is not changed. The length
    is the sum of all parts, gaps and waits, each rounded to a whole sample.

    Raises NotSoundError for a damaged part, InvalidRequestError for a wav of over 4 GB, and the
    errors of the files unchanged.
    """
    rate_hz = rate_for(max(_rate_of(open_part) for open_part, _ in parts), format)
    starts: list[int] = []
    with Writer(target, rate_hz, format) as writer:
        tape = _Tape(writer, ramp_frames=round(rate_hz * RAMP_S))
        for (open_part, gap_after_s), wanted_s in zip(
            parts, at_s or [None] * len(parts), strict=True
        ):
            tape.silence(max(0, round((wanted_s or 0.0) * rate_hz) - tape.frames))
            starts.append(tape.frames)
            tape.part(_samples(open_part, rate_hz))
            tape.silence(round(gap_after_s * rate_hz))
            if progress:
                progress(len(starts), len(parts))
        tape.end()
    return Joined(facts=writer.facts(), starts_s=tuple(start / rate_hz for start in starts))


def _rate_of(open_part: Open) -> int:
    with open_part() as file, Reader(file) as reader:
        return reader.rate_hz


def _samples(open_part: Open, rate_hz: int) -> Iterator[Samples]:
    """Mono blocks of one part at `rate_hz`, shape (frames,)."""
    with open_part() as file, Reader(file) as reader:
        mono = (block.mean(axis=1) for block in reader.blocks())
        yield from resampled(mono, reader.rate_hz, rate_hz)


class _Tape:
    """Writes sounds one after the other without a click between them.

    It keeps back the end of a sound until it knows what follows.
    """

    def __init__(self, writer: Writer, ramp_frames: int) -> None:
        self._writer = writer
        self._ramp_frames = ramp_frames
        self._held = _NOTHING

    @property
    def frames(self) -> int:
        return self._writer.frames + len(self._held)

    def part(self, blocks: Iterable[Samples]) -> None:
        pieces = _with_whole_ends(blocks, self._ramp_frames)
        first = next(pieces)
        self._meet(first)
        self._held = first
        for piece in pieces:
            self._writer.write(self._held)
            self._held = piece

    def silence(self, frames: int) -> None:
        if frames:
            self.end()
            self._writer.silence(frames)

    def end(self) -> None:
        self._meet(_SILENCE)
        self._held = _NOTHING

    def _meet(self, after: Samples) -> None:
        """Write the samples that were kept back, now that `after` is known."""
        before = self._held if len(self._held) else _SILENCE
        _smooth(before, after, self._ramp_frames)
        self._writer.write(self._held)


_NOTHING: Samples = np.empty(0, np.float32)
_SILENCE: Samples = np.zeros(1, np.float32)


def _smooth(before: Samples, after: Samples, ramp_frames: int) -> None:
    """Ramp both to zero where they meet, if the step between them would be heard as a click.

    A step clicks if it is larger than all steps inside the two ramps. Silent ends do not change.
    """
    end, start = before[-ramp_frames:], after[:ramp_frames]
    own = max(float(np.abs(np.diff(side)).max(initial=0)) for side in (end, start))
    if abs(float(start[0]) - float(end[-1])) > max(own, AUDIBLE):
        end *= np.linspace(1, 0, len(end), dtype=np.float32)
        start *= np.linspace(0, 1, len(start), dtype=np.float32)


def _with_whole_ends(blocks: Iterable[Samples], frames: int) -> Iterator[Samples]:
    """The same samples in blocks of which the first and the last have at least `frames`."""
    waiting = _NOTHING
    for block in blocks:
        waiting = np.concatenate((waiting, block))
        if len(waiting) >= 2 * frames:
            yield waiting[:-frames]
            waiting = waiting[-frames:]
    yield waiting
