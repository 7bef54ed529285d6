"""The path that spends money, against the bare calls it is made of.

    python -m tests.bench.path [clip|text]      one of the two; both without it

clip: one line through the path, in turn with a bare POST and GET on kept-alive connections.
text: 200 pieces of 200 KB at pace 16, from the first call to the last recording kept, against the
ideal, each time in a process of its own; joining and memory are stated beside it. "bare" is what 16
threads need for the same 200 pairs of calls with nothing kept: it tells a busy machine from a slow
path.
"""

import math
import re
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import requests
import sqlalchemy as sa

from lib import studio
from lib.engines import Engines
from lib.jobs import Jobs
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.library.tables.ledger import ledger
from lib.settings import Settings
from lib.speech import Utterance
from tests.bench.measuring import CLOUD_MODEL, VOICE, Goal, Service, report, stand_in

LATENCY_S = 0.4
PAIRS = 25
CLIP_RATIO_MAX, TEXT_RATIO_MAX = 1.05, 1.10
PIECES, PACE = 200, 16
PIECE_S = 12.5  # 200 KB of mp3 at 128 kbit/s
RUNS = 3
LOOK_S = 0.005


def clip() -> bool:
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


def text() -> bool:
    ideal_s = math.ceil(PIECES / PACE) * LATENCY_S
    times_s: dict[str, list[float]] = {"recording": [], "bare": [], "joining": []}
    for _ in range(RUNS):
        command = [sys.executable, "-m", "tests.bench.path", "--measure"]
        said = subprocess.check_output(command, text=True).split()
        *seconds, at_rest, recorded, joined = map(float, said)
        for name, value_s in zip(times_s, seconds, strict=True):
            times_s[name].append(value_s)
    good = report(
        f"{PIECES} pieces of {PIECE_S:.1f} s at pace {PACE}, {LATENCY_S * 1e3:.0f} ms",
        times_s | {"ideal": [ideal_s]},
        Goal("recording", "ideal", TEXT_RATIO_MAX),
    )
    print(
        f"  peak memory: {at_rest / 1e6:.0f} MB before, {recorded / 1e6:.0f} MB when all is"
        f" recorded, {joined / 1e6:.0f} MB when it is joined"
    )
    return good


def measure() -> tuple[float, float, float, int, int, int]:
    """Seconds of recording, of the bare calls, of joining; peak bytes before, recorded, joined."""
    with (
        stand_in(latency=LATENCY_S, audio_max=PIECE_S) as service,
        tempfile.TemporaryDirectory() as folder,
    ):
        settings = settings_of(service, folder)
        bare_s = _bare_pool_s(service)
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


def _bare_pool_s(service: Service) -> float:
    """Seconds of as many bare pairs of calls, by as many threads."""
    bare_exchange_s(service, 1, "Have the voice made")
    with ThreadPoolExecutor(PACE) as pool, ExitStack() as sessions:
        own = [sessions.enter_context(requests.Session()) for _ in range(PACE)]
        start_s = time.perf_counter()
        for thread, session in enumerate(own):
            numbers = range(thread, PIECES, PACE)
            pool.submit(lambda s, ns: [bare_pair(s, service, _words(n, "bare")) for n in ns],
                        session, numbers)  # fmt: skip
        pool.shutdown()
        return time.perf_counter() - start_s


def _words(number: int, word: str) -> str:
    """Enough of them for PIECE_S of sound."""
    return f"{number} {f'{word} ' * 48}"


def bare_exchange_s(service: Service, times: int, said: str = "Bare exchange") -> list[float]:
    """Seconds of each POST and the GET of its sound, on one kept-alive session."""
    times_s = []
    with requests.Session() as session:
        for number in range(-1, times):
            start_s = time.perf_counter()
            bare_pair(session, service, f"{said} number {number}.")
            times_s.append(time.perf_counter() - start_s)
    return times_s[1:]


def bare_pair(session: requests.Session, service: Service, words: str) -> bytes:
    wire = {"model": CLOUD_MODEL, "voice": VOICE, "text": words, "format": "mp3"}
    headers = {"Authorization": f"Bearer {service.key}"}
    answer = session.post(f"{service.url}/v1/tts", json=wire, headers=headers, timeout=30).json()
    return session.get(answer["audio"]["url"], timeout=30).content


def _said(words: str) -> Utterance:
    return Utterance(model=CLOUD_MODEL, voice=VOICE, text=words, format="mp3")


def settings_of(service: Service, folder: str) -> Settings:
    return Settings(
        data_dir=Path(folder), base_url=service.url, key=service.key, free_disk_min_bytes=0
    )


def peak_bytes() -> int:
    """The most that this process has held; on Linux not by `resource`, which tells its parent's."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(found[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    if sys.argv[1:] == ["--measure"]:
        print(*measure())
    else:
        chosen = [
            each for each in (clip, text) if each.__name__ in sys.argv[1:] or not sys.argv[1:]
        ]
        met = [each() for each in chosen]
        sys.exit(not all(met))
