"""A script of many rows: how long it takes to record, and in how much memory.

    python -m tests.bench.batch [rows|memory]         one of the two; both without it

rows: 200 rows at pace 16, from the click's work until the last can be heard, against the ideal of
13 rounds. "bare" is what 16 threads need for the same 200 pairs of calls.
memory: the most that a process holds that records 500 rows, against one that records 50.
"""

import math
import tempfile
import time
from contextlib import closing

from lib.engines import Engines
from lib.jobs import Batch, Jobs
from lib.library import Library
from lib.settings import Settings
from tests.batch_child import SCRIPT, intents
from tests.bench.measuring import (
    LATENCY_S,
    LOOK_S,
    Figure,
    Goal,
    Service,
    bare_pool_s,
    main,
    measured_apart,
    peak_bytes,
    report,
    settings_of,
    stand_in,
)

PACE, ROWS, RUNS = 16, 200, 3
FEW, MANY, MEMORY_LATENCY_S = 50, 500, 0.02
ROWS_RATIO_MAX, MEMORY_RATIO_MAX = 1.10, 1.30


def rows() -> list[Figure]:
    times_s: dict[str, list[float]] = {"batch": [], "bare": []}
    with stand_in(latency=LATENCY_S) as service:
        for number in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                times_s["batch"].append(record_s(settings_of(service, folder), service.key, ROWS))
            texts = [f"Bare line number {place}, run {number}." for place in range(ROWS)]
            times_s["bare"].append(bare_pool_s(service, PACE, texts))
    ideal_s = math.ceil(ROWS / PACE) * LATENCY_S
    return report(
        f"{ROWS} rows at pace {PACE}, {LATENCY_S * 1e3:.0f} ms",
        times_s | {"ideal": [ideal_s]},
        Goal("batch", "ideal", ROWS_RATIO_MAX),
    )


def record_s(settings: Settings, key: str, count: int) -> float:
    """All rows of a new library, as a click on Record has them made; seconds."""
    wanted = intents(count)
    with closing(Library(settings)) as library:
        engines = Engines(settings)
        engines.pace.ceiling = PACE
        jobs = Jobs(library, engines, most=settings.pace_max)
        start_s = time.perf_counter()
        clips = library.clips.begin_all(wanted)
        batch = Batch(
            id=SCRIPT,
            browser="b1",
            engine=lambda model: engines.speaker(model, key),
            estimates_usd={},
            known=set(),
        )
        batch.add([(clip, intent.pieces) for clip, intent in zip(clips, wanted, strict=True)])
        jobs.run(batch)
        while batch.state != "done" or batch.active:
            time.sleep(LOOK_S)
        taken_s = time.perf_counter() - start_s
        assert batch.done == count
        jobs.stop(1)
    return taken_s


def memory() -> list[Figure]:
    held_bytes: dict[str, list[float]] = {f"{MANY} rows": [], f"{FEW} rows": []}
    with stand_in(latency=MEMORY_LATENCY_S) as service:
        for _ in range(RUNS):
            for name, count in zip(held_bytes, (MANY, FEW), strict=True):
                with tempfile.TemporaryDirectory() as folder:
                    held = measured_apart("batch", folder, service.url, service.key, count)
                    held_bytes[name].append(held)
    return report(
        "Memory held at most",
        held_bytes,
        Goal(f"{MANY} rows", f"{FEW} rows", MEMORY_RATIO_MAX),
        unit="MB",
        to_unit=1e-6,
    )


def hold(folder: str, url: str, key: str, count: str) -> int:
    """Bytes, at most, of this process while it records so many rows."""
    record_s(settings_of(Service(url, key), folder), key, int(count))
    return peak_bytes()


PARTS = (rows, memory)

if __name__ == "__main__":
    main("batch", PARTS, hold)
