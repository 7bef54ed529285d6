"""Change the sampling rate of a sound, block by block."""

from collections.abc import Iterable, Iterator

import soxr

from lib.audio.facts import Samples


def resampled(
    blocks: Iterable[Samples], from_hz: int, to_hz: int, channels: int = 1
) -> Iterator[Samples]:
    """At least one block is needed. Blocks keep their shape, (frames, channels) or (frames,)."""
    if from_hz == to_hz:
        yield from blocks
        return
    stream = soxr.ResampleStream(from_hz, to_hz, channels)
    for block in blocks:
        yield stream.resample_chunk(block)
    yield stream.resample_chunk(block[:0], last=True)
