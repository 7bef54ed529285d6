"""Run all checks with one command: python -m tests [arguments of pytest]."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = (("ruff", "format", "--check", "."), ("ruff", "check", "."))
# These take as long as a few tests, so they run beside them.
BESIDE = (("mypy",), ("tests.audit",))


def main() -> int:
    for check in FIRST:
        if ended := _started(check).wait():
            return ended
    beside = [(check, _started(check, stdout=subprocess.PIPE)) for check in BESIDE]
    # A few tests take a hundred times as long as most: idle workers take over others' share.
    tests = _started(("pytest", "--numprocesses=auto", "--dist=worksteal", *sys.argv[1:]))
    ended = [tests.wait()]
    for check, running in beside:
        said, _ = running.communicate()
        print("+", *check, said, sep="\n", flush=True)
        ended.append(running.returncode)
    return max(ended, key=abs)


def _started(check: tuple[str, ...], stdout: int | None = None) -> "subprocess.Popen[str]":
    if stdout is None:
        print("+", *check, flush=True)
    return subprocess.Popen([sys.executable, "-m", *check], cwd=ROOT, stdout=stdout, text=True)


if __name__ == "__main__":
    sys.exit(main())
