"""The process that reads one file: `python -m lib.apart.child`.

Standard input: a line of JSON (task, name, choices, cpu_s, wall_s, memory_bytes), then the bytes of
the file.
Standard output: the lines of JSON that `found` defines. The exit status is 0 if they are complete;
any other end means that the file was too much work.
"""

import contextlib
import faulthandler
import json
import os
import sys
from collections.abc import Iterable

import psutil

from lib.apart import found
from lib.errors import InvalidRequestError
from lib.intake.brought import Choices

LESS_URGENT = 5  # than the server itself, in steps of nice(1)


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    # This timer runs in C: it ends the process even if Python is blocked or the server has died.
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(asked["wall_s"], exit=True, file=nowhere)
        _limit(asked["cpu_s"], asked["memory_bytes"])
        choices = Choices(**asked["choices"])
        for line in _answer(asked["task"], asked["name"], sys.stdin.buffer.read(), choices):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        faulthandler.cancel_dump_traceback_later()


def _answer(task: str, name: str, data: bytes, choices: Choices) -> Iterable[str]:
    try:
        return found.lines(found.find(task, name, data, choices))
    except InvalidRequestError as error:
        return [found.refusal(error)]


def _limit(cpu_s: int, memory_bytes: int) -> None:
    """Set the limits that the system supports; the server also watches the process."""
    try:
        import resource
    except ImportError:  # Windows
        return
    os.nice(LESS_URGENT)
    room = psutil.Process().memory_info().vms + memory_bytes
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, room),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS has no such limit of memory
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
