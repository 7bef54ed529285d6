"""What the benches share: figures beside their goals, the stand-in as a process of its own, and the
bare calls that a path is compared with.

A bench is a file of this folder whose PARTS are functions, each of which measures something, says
its medians by `report`, and returns its figures. Its last lines hand them to `main`.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from lib.settings import Settings
from tests.browser.running import ROOT

CLOUD_MODEL, VOICE = "inworld/tts-1-max", "Ashley"
LATENCY_S = 0.4
HEADER = "| bench | figure | value | goal | |\n| --- | --- | --- | --- | --- |"
LOOK_S = 0.005  # how often a job is asked whether it is through


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """goal: the most it may be, None where nothing was promised. detail: what it was made of."""

    name: str
    value: float
    goal: float | None = None
    unit: str = ""
    detail: str = ""

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return "no goal"
        return "met" if self.value <= self.goal else "MISSED"


Part = Callable[[], list[Figure]]


# A bench's name and one of its figures, or why it has none.
Row = tuple[str, Figure | str]


@dataclass(frozen=True, slots=True)
class Goal:
    """`ours` over `theirs` may be at most `most`."""

    ours: str
    theirs: str
    most: float


def report(
    title: str,
    measured: Mapping[str, Sequence[float]],
    *goals: Goal,
    unit: str = "ms",
    to_unit: float = 1e3,
) -> list[Figure]:
    """Say the medians, beside the table; return the ratio of each goal.

    measured: in seconds, unless `to_unit` times it is in another `unit` than ms.
    """
    say(f"\n{title}   (load of this machine {load():.1f})")
    medians = {name: statistics.median(values) for name, values in measured.items()}
    width = max(map(len, measured))
    for name, values in measured.items():
        say(
            f"  {name:{width}}  median {medians[name] * to_unit:8.1f} {unit}, from"
            f" {min(values) * to_unit:.1f} to {max(values) * to_unit:.1f}, {len(values)} times"
        )
    return [
        Figure(
            name=f"{title}: {goal.ours} / {goal.theirs}",
            value=medians[goal.ours] / medians[goal.theirs],
            goal=goal.most,
            detail=f"{medians[goal.ours] * to_unit:,.0f} / {medians[goal.theirs] * to_unit:,.0f}"
            f" {unit}",
        )
        for goal in goals
    ]


def say(words: str) -> None:
    """Beside the figures, which alone go to the standard output."""
    print(words, file=sys.stderr, flush=True)


def load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def main(bench: str, parts: Sequence[Part], measure: Callable[..., object] | None = None) -> None:
    """What a bench does when it is run by itself: all parts or those that are named, as a table.

    measure: what `measured_apart` runs in a process of its own.
    """
    arguments = sys.argv[1:]
    if arguments[:1] == ["--measure"] and measure:
        print(json.dumps(measure(*arguments[1:])))
        return
    wanted = [each for each in arguments if not each.startswith("-")]
    figures = [
        figure for part in parts if part.__name__ in wanted or not wanted for figure in part()
    ]
    if "--figures" in arguments:
        print(json.dumps([asdict(figure) for figure in figures]))
    else:
        print(table([(bench, figure) for figure in figures]))


def table(rows: Sequence[Row]) -> str:
    """As Markdown; the value of a ratio beside what it was made of."""
    lines = [HEADER]
    for name, told in rows:
        if isinstance(told, str):
            lines.append(f"| {name} | {told} | | | |")
            continue
        unit = f" {told.unit}" if told.unit else ""
        value = f"{told.value:.3f}" if not told.unit else f"{told.value:,.1f}{unit}"
        detail = f" ({told.detail})" if told.detail else ""
        goal = "" if told.goal is None else f"at most {told.goal:.2f}{unit}"
        lines.append(f"| {name} | {told.name} | {value}{detail} | {goal} | {told.verdict} |")
    return "\n".join(lines)


def measured_apart(bench: str, *arguments: object, **environment: str) -> Any:
    """What `measure` of this bench returns in a process of its own, by way of JSON."""
    command = [sys.executable, "-m", f"tests.bench.{bench}", "--measure", *map(str, arguments)]
    done = subprocess.run(
        command, env={**os.environ, **environment}, cwd=ROOT, capture_output=True, text=True
    )
    # Streamlit warns about each run outside of a server; a failure's words are the last.
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def peak_bytes() -> int:
    """The most that this process has held; on Linux not by `resource`, which tells its parent's."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(found[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


# ---- The stand-in, and bare calls to it ----


@dataclass(frozen=True, slots=True)
class Service:
    url: str
    key: str


@contextmanager
def stand_in(**options: float) -> Iterator[Service]:
    """`python -m tests.service` with these options, beside us: its work is not counted as ours."""
    command = [sys.executable, "-m", "tests.service"]
    for name, value in options.items():
        command += [f"--{name.replace('_', '-')}", str(value)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = "".join(process.stdout.readline() for _ in range(3))
        found = dict(re.findall(r"AIMLAPI_(BASE_URL|KEY)=(\S+)", said))
        yield Service(found["BASE_URL"], found["KEY"])
    finally:
        process.terminate()
        process.wait(10)


def settings_of(service: Service, folder: str) -> Settings:
    return Settings(
        data_dir=Path(folder), base_url=service.url, key=service.key, free_disk_min_bytes=0
    )


def bare_exchange_s(service: Service, times: int, said: str = "Bare exchange") -> list[float]:
    """Seconds of each POST and the GET of its sound, on one kept-alive session."""
    times_s = []
    with requests.Session() as session:
        for number in range(-1, times):
            start_s = time.perf_counter()
            bare_pair(session, service, f"{said} number {number}.")
            times_s.append(time.perf_counter() - start_s)
    return times_s[1:]


def bare_pool_s(service: Service, threads: int, texts: Sequence[str]) -> float:
    """Seconds that so many threads, each with its own connection, need for a pair of each text."""
    bare_exchange_s(service, 1, "Have the voice made")
    with ThreadPoolExecutor(threads) as pool, ExitStack() as sessions:
        own = [sessions.enter_context(requests.Session()) for _ in range(threads)]

        def exchange(thread: int) -> None:
            for text in texts[thread::threads]:
                bare_pair(own[thread], service, text)

        start_s = time.perf_counter()
        list(pool.map(exchange, range(threads)))
        return time.perf_counter() - start_s


def bare_pair(session: requests.Session, service: Service, words: str) -> bytes:
    wire = {"model": CLOUD_MODEL, "voice": VOICE, "text": words, "format": "mp3"}
    headers = {"Authorization": f"Bearer {service.key}"}
    answer = session.post(f"{service.url}/v1/tts", json=wire, headers=headers, timeout=30).json()
    return session.get(answer["audio"]["url"], timeout=30).content
