"""The state of one file that is being read in another process, for those who wait for it."""

import threading
import time
from typing import TYPE_CHECKING, Literal

from lib.errors import InvalidRequestError

if TYPE_CHECKING:
    from lib.apart.found import Found
    from lib.intake import Choices

Task = Literal["script", "lexicon"]

ASKED_FOR_S = 5.0  # if nobody asked for a result for so long, its tab was closed


class Reading:
    """One file that is being read. It is given up if nobody calls `wait` for ASKED_FOR_S."""

    def __init__(self, task: Task, name: str, data: bytes, choices: "Choices | None") -> None:
        self.task, self.name, self.data, self.choices = task, name, data, choices
        self.asked_at_s = time.monotonic()
        self.is_begun = False  # False: it waits for its turn
        self.was_left = False  # True: it was given up, since nobody waited for it
        self._ended = threading.Event()
        self._found: Found | None = None
        self._error = too_much_work(name)

    def wait(self, seconds: float) -> bool:
        """Wait at most `seconds`; returns whether it has ended."""
        self.asked_at_s = time.monotonic()
        ended = self._ended.wait(seconds)
        self.asked_at_s = time.monotonic()
        return ended

    def result(self) -> "Found":
        """The content of the file, after it has ended. Raises InvalidRequestError."""
        if self._found is None:
            error = self._error
            raise InvalidRequestError(str(error), hint=error.hint, detail=error.detail)
        return self._found

    @property
    def has_ended(self) -> bool:
        return self._ended.is_set()

    @property
    def is_wanted(self) -> bool:
        return time.monotonic() - self.asked_at_s < ASKED_FOR_S

    def end(self, how: "Found | InvalidRequestError") -> None:
        if isinstance(how, InvalidRequestError):
            self._error = how.with_traceback(None)  # it would keep the file in memory
        else:
            self._found = how
        self.data = b""
        self._ended.set()


def too_much_work(name: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} takes too much work to read.",
        hint="Copy the part you need into a new file, then bring that in.",
    )
