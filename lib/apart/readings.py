"""The files that are being read in other processes, and the results of the last few."""

import contextlib
import hashlib
import io
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from lib.apart.reading import Reading, Task, too_much_work
from lib.errors import InvalidRequestError
from lib.threads import Threads

if TYPE_CHECKING:
    from lib.apart.found import Found
    from lib.intake import Choices

log = logging.getLogger("soundcheck.apart")

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 2
KEPT_MAX = 4  # last results: a page asks for one each time it is drawn
WATCH_S = 0.05
LIGHT_MAX_BYTES = 20_000
# Variables that Python and its libraries need to start. None of them is secret.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits for one file. 10,000 rows of 20 columns need 5 s of processor time and 120 MB.

    cpu_s: processor time, which does not depend on other work; wall_s: time by the clock.
    """

    cpu_s: int = 20
    wall_s: int = 60
    memory_bytes: int = 200_000_000


class Readings:
    """Reads two files at once, each in a process with limits; the others wait for their turn.

    A text of a few kB is read in this process, which takes less time than starting another one.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._known: OrderedDict[str, Reading] = OrderedDict()
        self._is_closed = False
        self._threads = Threads()

    def begin(
        self, task: Task, name: str, data: bytes, choices: "Choices | None" = None
    ) -> Reading:
        """The reading of this file. It may have ended already, since equal files are read once.

        choices: how a script is to be read; None to guess it all.
        """
        mark = hashlib.blake2b(f"{task} {name} {choices}\0".encode("utf-8", "replace"))
        mark.update(data)
        key = mark.hexdigest()
        with self._lock:
            reading = self._known.get(key)
            is_new = reading is None
            if reading is None:
                reading = self._known[key] = Reading(task, name, data, choices)
            reading.asked_at_s = time.monotonic()
            self._known.move_to_end(key)
            ended = [each for each in self._known if self._known[each].has_ended]
            for each in ended[:-KEPT_MAX]:
                del self._known[each]
        if is_new and _is_light(data):
            reading.end(_read_here(reading))
        elif is_new:
            self._threads.start("reading", partial(self._read, key, reading))
        return reading

    def close(self) -> None:
        """End all readings; called when the server stops."""
        self._is_closed = True

    def join(self, until_s: float) -> None:
        """Wait until they have ended, up to this time on the monotonic clock."""
        self._threads.join(until_s)

    def _read(self, key: str, reading: Reading) -> None:
        how: Found | InvalidRequestError = too_much_work(reading.name)
        try:
            with self._turn(reading):
                reading.is_begun = True
                how = self._read_apart(reading)
        except InvalidRequestError as error:
            how = error
        except _UnwantedError:
            reading.was_left = True
        except Exception:
            log.exception("a file could not be read")
        finally:
            with self._lock:
                if reading.was_left:
                    del self._known[key]
            reading.end(how)

    @contextlib.contextmanager
    def _turn(self, reading: Reading) -> Iterator[None]:
        while not self._turns.acquire(timeout=WATCH_S):
            self._check_wanted(reading)
        try:
            yield
        finally:
            self._turns.release()

    def _check_wanted(self, reading: Reading) -> None:
        if self._is_closed or not reading.is_wanted:
            raise _UnwantedError

    def _read_apart(self, reading: Reading) -> "Found":
        from lib.apart.found import found_in  # takes 0.3 s, so not at the start

        choices = asdict(reading.choices) if reading.choices else {}
        asked = {"task": reading.task, "name": reading.name, "choices": choices}
        asked |= asdict(self._limits)
        process = subprocess.Popen(
            [sys.executable, "-m", "lib.apart.child"],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        given = json.dumps(asked).encode() + b"\n" + reading.data
        answers: list[bytes] = []
        talk = threading.Thread(
            target=lambda: answers.append(process.communicate(given)[0]), daemon=True
        )
        talk.start()
        try:
            self._watch(process.pid, talk, reading)
        finally:
            process.kill()
            talk.join()
        if process.returncode != 0:
            log.warning("the process that read a file ended with %s", process.returncode)
            raise too_much_work(reading.name)
        return found_in(io.BytesIO(answers[0]))

    def _watch(self, pid: int, talk: threading.Thread, reading: Reading) -> None:
        """Wait for the answer. Raises InvalidRequestError once the process is over a limit."""
        most = self._limits
        until_s = time.monotonic() + most.wall_s
        with contextlib.suppress(psutil.NoSuchProcess):  # it has just ended
            process = psutil.Process(pid)
            while talk.is_alive():
                talk.join(WATCH_S)
                self._check_wanted(reading)
                with process.oneshot():
                    times, size_bytes = process.cpu_times(), process.memory_info().rss
                if (
                    times.user + times.system > most.cpu_s
                    or size_bytes > most.memory_bytes
                    or time.monotonic() > until_s
                ):
                    log.warning(
                        "a file was too much work: %.0f s, %d bytes", times.user, size_bytes
                    )
                    raise too_much_work(reading.name)
        talk.join()


class _UnwantedError(Exception):
    """Nobody waits for the result any more."""


def _is_light(data: bytes) -> bool:
    """Whether it is a short text in UTF-8: not an archive, and without an encoding to guess."""
    if len(data) > LIGHT_MAX_BYTES or data.startswith((b"PK", b"<")):
        return False
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _read_here(reading: Reading) -> "Found | InvalidRequestError":
    from lib.apart.found import find
    from lib.intake import GUESSED

    try:
        return find(reading.task, reading.name, reading.data, reading.choices or GUESSED)
    except InvalidRequestError as error:
        return error


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    # The child finds its libraries where this process found them.
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
