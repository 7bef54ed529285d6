"""Limit wrong passcodes of listening tests, so that nobody can find one by trying all."""

import threading
import time
from collections import deque

from lib.library.ballot import ListeningTest

WRONG_MAX = 10  # in a minute, by all listeners of a test together
MINUTE_S = 60.0


class Guesses:
    """Counts wrong passcodes of each test. Each server has its own counts, in memory."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[int, deque[float]] = {}

    def refusal(self, test: ListeningTest, typed: str) -> str:
        """A sentence why this passcode is refused; "" if it is right."""
        with self._lock:
            recent = self._wrong.setdefault(test.id, deque(maxlen=WRONG_MAX))
            if len(recent) == WRONG_MAX and time.monotonic() - recent[0] < MINUTE_S:
                return "Too many wrong passcodes. Wait a minute."
            if not test.admits(typed):
                recent.append(time.monotonic())
                return "This is not the passcode."
        return ""
