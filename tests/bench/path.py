"""The path that spends money, against the bare calls it is made of.

    python -m tests.bench.path [clip|text]      one of the two; both without it

clip: one line through the path, in turn with a bare POST and GET on kept-alive connections.
text: 200 pieces of 200 KB at pace 16, from the first call to the last recording kept, against the
ideal, each time in a process of its own; joining and memory are stated beside it. "bare" is what 16
threads need for the same 200 pairs of calls with nothing kept: it tells a busy machine from a slow
path.
"""

import math
import tempfile
import time
from contextlib import closing

import requests
import sqlalchemy as sa

from lib import studio
from lib.engines import Engines
from lib.jobs import Jobs
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.library.tables.ledger import ledger
from lib.speech import Utterance
from tests.bench.measuring import (
    CLOUD_MODEL,
    LATENCY_S,
    LOOK_S,
    VOICE,
    Figure,
    Goal,
    bare_pair,
    bare_pool_s,
    main,
    measured_apart,
    peak_bytes,
    report,
    say,
    settings_of,
    stand_in,
)

PAIRS = 25
CLIP_RATIO_MAX, TEXT_RATIO_MAX = 1.05, 1.10
PIECES, PACE = 200, 16
PIECE_S = 12.5  # 200 KB of mp3 at 128 kbit/s
RUNS = 3


def clip() -> list[Figure]:
    with stand_in(latency=LATENCY_S) as service, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(service, folder)
        with closing(Library(settings)) as library, requests.Session() as session:
            engine = Engines(settings).speaker(CLOUD_MODEL, service.key)
            times_s: dict[str, list[float]] = {"path": [], "bare": []}
            for number in range(-1, PAIRS):
                start_s = time.perf_counter()
                studio.record(
                    _said(f"Welcome, guest number {number}. Our doors are open until nine."),
                    engine=engine,
                    library=library,
                    owner="local",
                )
                middle_s = time.perf_counter()
                bare_pair(
                    session, service, f"Goodbye, guest number {number}. It was a pleasure to us."
                )
                if number >= 0:  # the first pair connects, and has the voice made
                    times_s["path"].append(middle_s - start_s)
                    times_s["bare"].append(time.perf_counter() - middle_s)
    goal = Goal("path", "bare", CLIP_RATIO_MAX)
    return report(f"One clip at {LATENCY_S * 1e3:.0f} ms", times_s, goal)


def text() -> list[Figure]:
    ideal_s = math.ceil(PIECES / PACE) * LATENCY_S
    times_s: dict[str, list[float]] = {"recording": [], "bare": [], "joining": []}
    for _ in range(RUNS):
        *seconds, at_rest, recorded, joined = measured_apart("path")
        for name, value_s in zip(times_s, seconds, strict=True):
            times_s[name].append(value_s)
    figures = report(
        f"{PIECES} pieces of {PIECE_S:.1f} s at pace {PACE}, {LATENCY_S * 1e3:.0f} ms",
        times_s | {"ideal": [ideal_s]},
        Goal("recording", "ideal", TEXT_RATIO_MAX),
    )
    say(
        f"  peak memory: {at_rest / 1e6:.0f} MB before, {recorded / 1e6:.0f} MB when all is"
        f" recorded, {joined / 1e6:.0f} MB when it is joined"
    )
    return figures


def measure() -> tuple[float, float, float, int, int, int]:
    """Seconds of recording, of the bare calls, of joining; peak bytes before, recorded, joined."""
    with (
        stand_in(latency=LATENCY_S, audio_max=PIECE_S) as service,
        tempfile.TemporaryDirectory() as folder,
    ):
        settings = settings_of(service, folder)
        bare_s = bare_pool_s(service, PACE, [_words(n, "bare") for n in range(PIECES)])
        with closing(Library(settings)) as library:
            engines = Engines(settings)
            engines.pace.ceiling = PACE
            jobs = Jobs(library, engines, most=settings.pace_max)
            pieces = [Part(utterance=_said(_words(n, "spoken")), gap_after_s=0.3)
                      for n in range(PIECES)]  # fmt: skip
            clip = library.clips.begin(
                Intent(pieces=pieces, script="A text.", title="A text", owner="local", browser="b")
            )
            at_rest = peak_bytes()
            job = jobs.submit(clip, engines.speaker(CLOUD_MODEL, service.key))
            while job.active and job.done < PIECES:
                time.sleep(LOOK_S)
            recorded_s, recorded = time.time(), peak_bytes()
            while job.active:
                time.sleep(LOOK_S)
            joining_s, joined = time.time() - recorded_s, peak_bytes()
            assert job.state == "ready", job.error
            with library.database.read() as connection:
                first_call_s = connection.scalar(sa.select(sa.func.min(ledger.c.made_at_s)))
            jobs.stop(1)
    return recorded_s - first_call_s, bare_s, joining_s, at_rest, recorded, joined


def _words(number: int, word: str) -> str:
    """Enough of them for PIECE_S of sound."""
    return f"{number} {f'{word} ' * 48}"


def _said(words: str) -> Utterance:
    return Utterance(model=CLOUD_MODEL, voice=VOICE, text=words, format="mp3")


PARTS = (clip, text)

if __name__ == "__main__":
    main("path", PARTS, measure)
