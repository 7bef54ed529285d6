"""A script of many rows: how long it takes to record, and in how much memory.

    python -m tests.bench.batch [rows|memory]         one of the two; both without it

rows: 200 rows at pace 16, from the click's work until the last can be heard, against the ideal of
13 rounds. "bare" is what 16 threads need for the same 200 pairs of calls.
memory: the most that a process holds that records 500 rows, against one that records 50.
"""

import math
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import requests

from lib.engines import Engines
from lib.jobs import Batch, Jobs
from lib.library import Library
from lib.settings import Settings
from tests.batch_child import SCRIPT, intents
from tests.bench.measuring import Goal, Service, report, stand_in
from tests.bench.path import LATENCY_S, LOOK_S, bare_exchange_s, bare_pair, peak_bytes, settings_of

PACE, ROWS, RUNS = 16, 200, 3
FEW, MANY, MEMORY_LATENCY_S = 50, 500, 0.02
ROWS_RATIO_MAX, MEMORY_RATIO_MAX = 1.10, 1.30


def rows() -> bool:
    times_s: dict[str, list[float]] = {"batch": [], "bare": []}
    with stand_in(latency=LATENCY_S) as service:
        for number in range(RUNS):
            with tempfile.TemporaryDirectory() as folder:
                times_s["batch"].append(record_s(settings_of(service, folder), service.key, ROWS))
            times_s["bare"].append(_bare_s(service, number))
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


def _bare_s(service: Service, number: int) -> float:
    bare_exchange_s(service, 1, "Have the voice made")
    with ThreadPoolExecutor(PACE) as pool:

        def exchange(thread: int) -> None:
            with requests.Session() as session:
                for place in range(thread, ROWS, PACE):
                    bare_pair(session, service, f"Bare line number {place}, run {number}.")

        start_s = time.perf_counter()
        list(pool.map(exchange, range(PACE)))
        return time.perf_counter() - start_s


def memory() -> bool:
    held_bytes: dict[str, list[float]] = {f"{MANY} rows": [], f"{FEW} rows": []}
    with stand_in(latency=MEMORY_LATENCY_S) as service:
        for _ in range(RUNS):
            for name, count in zip(held_bytes, (MANY, FEW), strict=True):
                with tempfile.TemporaryDirectory() as folder:
                    arguments = ("--hold", folder, service.url, service.key, str(count))
                    command = [sys.executable, "-m", "tests.bench.batch", *arguments]
                    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
                    held_bytes[name].append(int(said))
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


if __name__ == "__main__":
    if sys.argv[1:2] == ["--hold"]:
        print(hold(*sys.argv[2:]))
    else:
        ours = (rows, memory)
        chosen = [each for each in ours if each.__name__ in sys.argv[1:] or not sys.argv[1:]]
        met = [each() for each in chosen]
        sys.exit(not all(met))
