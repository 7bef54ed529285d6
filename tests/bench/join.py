"""Joining 500 pieces against 50: memory must stay flat, time must stay proportional.

    python -m tests.bench.join [format]      one format, mp3 or wav; both without it

Each row is one fresh process. Ratios are what counts; the times are this machine's, in seconds of
its processor, so that other work on it does not show.
"""

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from lib import audio
from lib.speech import FORMATS, Format

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


def measure(format: Format, count: int) -> dict[str, float]:
    data = piece(format)
    with tempfile.TemporaryDirectory() as folder, Path(folder, "all").open("w+b") as target:
        start_s = time.process_time()
        joined = audio.join([(lambda: io.BytesIO(data), GAP_S)] * count, target, format=format)
        return {
            "length_s": joined.facts.length_s,
            "time_s": time.process_time() - start_s,
            "peak_bytes": _peak_bytes(),
        }


def _peak_bytes() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def main(formats: tuple[str, ...]) -> int:
    good = True
    for format in formats:
        rows = {}
        for count in (FEW, MANY):
            command = [sys.executable, "-m", "tests.bench.join", "--measure", format, str(count)]
            rows[count] = row = json.loads(subprocess.check_output(command))
            print(
                f"{format} {count:4} pieces, {row['length_s'] / 60:5.1f} min of sound:"
                f" {row['time_s']:6.1f} s ({row['length_s'] / row['time_s']:.0f} times as fast as"
                f" it plays), peak {row['peak_bytes'] / 1e6:.0f} MB"
            )
        memory = rows[MANY]["peak_bytes"] / rows[FEW]["peak_bytes"]
        duration = rows[MANY]["time_s"] / rows[FEW]["time_s"]
        print(
            f"{format} {MANY}:{FEW} pieces: memory {memory:.2f} (at most {MEMORY_RATIO_MAX}),"
            f" time {duration:.1f} (at most {TIME_RATIO_MAX:.1f})"
        )
        good = good and memory <= MEMORY_RATIO_MAX and duration <= TIME_RATIO_MAX
    return 0 if good else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        chosen, number = sys.argv[2:]
        print(json.dumps(measure("mp3" if chosen == "mp3" else "wav", int(number))))
    else:
        sys.exit(main(tuple(sys.argv[1:]) or FORMATS))
