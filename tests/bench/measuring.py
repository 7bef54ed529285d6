"""What the benchmarks share: the stand-in as a process of its own, medians, and a short table."""

import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.browser.running import ROOT

CLOUD_MODEL, VOICE = "inworld/tts-1-max", "Ashley"


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
) -> bool:
    """Print medians and each ratio beside its goal; whether all goals are met.

    measured: in seconds, unless `to_unit` times it is in another `unit` than ms.
    """
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"\n{title}   (load of this machine {load:.1f})")
    medians = {name: statistics.median(values) for name, values in measured.items()}
    width = max(map(len, measured))
    for name, values in measured.items():
        print(
            f"  {name:{width}}  median {medians[name] * to_unit:8.1f} {unit}, from"
            f" {min(values) * to_unit:.1f} to {max(values) * to_unit:.1f}, {len(values)} times"
        )
    good = True
    for goal in goals:
        ratio = medians[goal.ours] / medians[goal.theirs]
        good = good and ratio <= goal.most
        verdict = "met" if ratio <= goal.most else "MISSED"
        print(f"  {goal.ours} : {goal.theirs} = {ratio:.3f}, at most {goal.most:.2f}: {verdict}")
    sys.stdout.flush()
    return good
