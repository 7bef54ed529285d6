"""Run all checks with one command: python -m tests [arguments of pytest]."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = (("ruff", "format", "--check", "."), ("ruff", "check", "."))
# These take as long as a few tests, so they run beside them.
BESIDE = (("mypy",), ("tests.audit",))
# Every charge waits until the disk has it, and the tests have thousands: memory has it at once.
MEMORY, MEMORY_MIN_BYTES = Path("/dev/shm"), 2 * 10**9

# The tests with a browser wait a fifth of their time: one worker more than cores uses that too.
WORKERS = (os.cpu_count() or 1) + 1

PYTEST = (
    f"--numprocesses={WORKERS}",
    # A few tests take a hundred times as long as most: idle workers take over others' share.
    "--dist=worksteal",
    "--override-ini=tmp_path_retention_policy=failed",
)


def main() -> int:
    for check in FIRST:
        if ended := _started(check).wait():
            return ended
    beside = [(check, _started(check, stdout=subprocess.PIPE)) for check in BESIDE]
    with _temporary() as folder:
        ended = [_started(("pytest", *PYTEST, *sys.argv[1:]), folder=folder).wait()]
    for check, running in beside:
        said, _ = running.communicate()
        print("+", *check, said, sep="\n", flush=True)
        ended.append(running.returncode)
    return max(ended, key=abs)


@contextmanager
def _temporary() -> Iterator[str]:
    """A folder for temporary files, in memory where there is enough of it."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_MIN_BYTES
    with tempfile.TemporaryDirectory(
        prefix="soundcheck-tests-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True
    ) as folder:
        yield folder


def _started(
    check: tuple[str, ...], *, stdout: int | None = None, folder: str | None = None
) -> "subprocess.Popen[str]":
    if stdout is None:
        print("+", *check, flush=True)
    environment = os.environ | ({"TMPDIR": folder} if folder else {})
    # Else each worker, and each process that a test begins, compiles every library anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.Popen(
        [sys.executable, "-m", *check], cwd=ROOT, env=environment, stdout=stdout, text=True
    )


if __name__ == "__main__":
    sys.exit(main())
