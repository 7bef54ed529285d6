"""The process that reads one file: `python -m lib.apart.child`.

Standard input: a line of JSON (task, name, cpu_s, wall_s, memory_bytes), then the file's bytes.
Standard output: lines of JSON as `found` has them. It ends with 0 once they are complete; whatever
else ends it, the file was too much work.
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

LESS_URGENT = 5  # than the server itself, in steps of nice(1)


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    # In C and beside Python: it ends what holds the interpreter, and outlives a server that died.
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(asked["wall_s"], exit=True, file=nowhere)
        _limit(asked["cpu_s"], asked["memory_bytes"])
        for line in _answer(asked["task"], asked["name"], sys.stdin.buffer.read()):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
        faulthandler.cancel_dump_traceback_later()


def _answer(task: str, name: str, data: bytes) -> Iterable[str]:
    try:
        return found.lines(found.find(task, name, data))
    except InvalidRequestError as error:
        return [found.refusal(error)]


def _limit(cpu_s: int, memory_bytes: int) -> None:
    """As far as the system can; the server watches as well."""
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
        with contextlib.suppress(ValueError, OSError):  # macOS knows no such limit of memory
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
