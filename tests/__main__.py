"""Every check there is, in one command: python -m tests [what pytest takes]."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("tests.audit",),
    # A few tests take a hundred times as long as most: idle workers take over others' share.
    ("pytest", "--numprocesses=auto", "--dist=worksteal", *sys.argv[1:]),
)


def main() -> int:
    for check in CHECKS:
        print("+", *check, flush=True)
        ended = subprocess.run([sys.executable, "-m", *check], cwd=ROOT, check=False)
        if ended.returncode:
            return ended.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
