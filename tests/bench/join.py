"""Joining 500 pieces against 50: memory must stay flat, time must stay proportional.

    python -m tests.bench.join [mp3|wav]      one of the two; both without it

Each row is one fresh process. Ratios are what counts; the times are this machine's, in seconds of
its processor, so that other work on it does not show.
"""

import io
import tempfile
import time
from pathlib import Path

import numpy as np

from lib import audio
from lib.speech import Format
from tests.bench.measuring import Figure, main, measured_apart, peak_bytes, say

PIECE_S = 4.0
RATE_HZ = 48_000
GAP_S = 0.3
FEW, MANY = 50, 500
MEMORY_RATIO_MAX, TIME_RATIO_MAX = 1.15, 1.15 * MANY / FEW


def piece(format: Format) -> bytes:
    """Noise in syllables: as hard to encode as speech."""
    time_s = np.arange(round(PIECE_S * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(1).standard_normal(len(time_s))
    return audio.encode(
        (0.1 * noise * np.sin(np.pi * 4 * time_s) ** 2).astype(np.float32), RATE_HZ, format
    )


def mp3() -> list[Figure]:
    return _joined("mp3")


def wav() -> list[Figure]:
    return _joined("wav")


def _joined(format: Format) -> list[Figure]:
    of = {count: measured_apart("join", format, count) for count in (FEW, MANY)}
    for count, told in of.items():
        say(
            f"{format} {count:4} pieces, {told['length_s'] / 60:5.1f} min of sound:"
            f" {told['time_s']:6.1f} s ({told['length_s'] / told['time_s']:.0f} times as fast as"
            f" it plays), peak {told['peak_bytes'] / 1e6:.0f} MB"
        )
    return [
        Figure(
            name=f"{format}, {MANY} / {FEW} pieces: {what}",
            value=of[MANY][measured] / of[FEW][measured],
            goal=most,
        )
        for what, measured, most in (
            ("memory", "peak_bytes", MEMORY_RATIO_MAX),
            ("time", "time_s", TIME_RATIO_MAX),
        )
    ]


def measure(format: Format, count: str) -> dict[str, float]:
    data = piece(format)
    with tempfile.TemporaryDirectory() as folder, Path(folder, "all").open("w+b") as target:
        start_s = time.process_time()
        joined = audio.join([(lambda: io.BytesIO(data), GAP_S)] * int(count), target, format=format)
        return {
            "length_s": joined.facts.length_s,
            "time_s": time.process_time() - start_s,
            "peak_bytes": peak_bytes(),
        }


PARTS = (mp3, wav)

if __name__ == "__main__":
    main("join", PARTS, measure)
