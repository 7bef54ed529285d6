"""Every bench, one after the other, as one table to be pasted into a closing note.

    python -m tests.bench [name ...]      all of them, or those that are named: path page

Each runs in a process of its own. The medians it is made of are said beside the table. Ends with 1
where a bench could not be run; a goal that is missed is no failure, but a figure.
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import Figure, Row, load, say, table
from tests.browser.running import ROOT

HELPERS = ("__init__", "__main__", "measuring", "naive", "watchers")
BENCH_MAX_S = 3600


def benches() -> list[str]:
    """Every file of this folder that is not one of the HELPERS."""
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.py"))
    return [name for name in found if name not in HELPERS]


def rows_of(name: str) -> list[Row]:
    """Its figures, or in their place why there are none."""
    if name not in benches():
        return [(name, "failed: there is no such bench")]
    command = [sys.executable, "-m", f"tests.bench.{name}", "--figures"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=BENCH_MAX_S
        )
    except subprocess.TimeoutExpired:
        return [(name, f"failed: not through after {BENCH_MAX_S} s")]
    if done.returncode:
        return [(name, f"failed: ended with {done.returncode}, see above")]
    try:
        figures = [Figure(**each) for each in json.loads(done.stdout)]
    except (ValueError, TypeError):
        return [(name, "failed: it told no figures")]
    return [(name, figure) for figure in figures] or [(name, "failed: it has no figure")]


def main() -> int:
    before = load()
    rows: list[Row] = []
    for name in sys.argv[1:] or benches():
        say(f"\n== {name}")
        rows += rows_of(name)
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load of the machine"
        f" {before:.1f} before and {load():.1f} after\n"
    )
    print(table(rows))
    return any(isinstance(told, str) for _, told in rows)


if __name__ == "__main__":
    sys.exit(main())
