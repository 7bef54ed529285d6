"""Limit calls to the service: how many at once, the pauses it asks for, and retries."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lib.errors import StoppedError


class Pace:
    """The limiter of a process, shared by all AimlApi objects: at most `limit` calls at once.

    The limit begins at `start`. A call refused as too many halves it. Successful calls raise it
    again, by one for each round of calls, up to `ceiling`. All waits of calls are in this class,
    so that `stop` ends them.
    """

    def __init__(self, start: int = 2, ceiling: int | None = None) -> None:
        self._changed = threading.Condition()
        self._ceiling = max(1, ceiling or start)
        self._limit = float(min(max(1, start), self._ceiling))
        self._open = 0
        self._held_until = 0.0
        self._slowed_at = 0.0
        self._stopped = False

    @property
    def limit(self) -> int:
        """The number of calls that may be open at once now."""
        return int(self._limit)

    @property
    def ceiling(self) -> int:
        """The highest possible limit. Setting it sets the limit too, for later calls."""
        return self._ceiling

    @ceiling.setter
    def ceiling(self, calls: int) -> None:
        with self._changed:
            self._ceiling = max(1, calls)
            self._limit = float(self._ceiling)
            self._changed.notify_all()

    @contextmanager
    def slot(self, stop: threading.Event) -> Iterator[float]:
        """Wait for a free place for one call; yields its start time, for `slow_down`.

        Raises StoppedError if `stop` is set, or the pace is stopped, while it waits.
        """
        began_at = self._enter(stop)
        try:
            yield began_at
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def speed_up(self) -> None:
        """Raise the limit after a call that succeeded."""
        with self._changed:
            self._limit = min(float(self._ceiling), self._limit + 1 / self._limit)
            self._changed.notify_all()

    def slow_down(self, began_at: float) -> None:
        """Halve the limit after a call, begun at `began_at`, that was one too many."""
        with self._changed:
            # Several calls that are refused together halve the limit only once.
            if began_at >= self._slowed_at:
                self._limit = max(1.0, self._limit / 2)
                self._slowed_at = time.monotonic()

    def hold(self, seconds: float) -> None:
        """Let no call of this process begin for `seconds`."""
        with self._changed:
            self._held_until = max(self._held_until, time.monotonic() + seconds)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Sleep; returns True after `seconds`, or False at once when stopped."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._is_over(stop), timeout=seconds)

    def wake(self) -> None:
        """Make all waiting calls check their `stop` again."""
        with self._changed:
            self._changed.notify_all()

    def stop(self) -> None:
        """Stop for good: no call begins any more, and waiting calls raise StoppedError."""
        self._stopped = True
        self.wake()

    def _enter(self, stop: threading.Event) -> float:
        with self._changed:
            while True:
                if self._is_over(stop):
                    raise StoppedError("Stopped before this was sent.")
                held_s = self._held_until - time.monotonic()
                if held_s <= 0 and self._open < self.limit:
                    self._open += 1
                    return time.monotonic()
                self._changed.wait(held_s if held_s > 0 else None)

    def _is_over(self, stop: threading.Event) -> bool:
        return self._stopped or stop.is_set()


class RetryQuota:
    """Limits the retries of a process: each costs 1, a first try that works gives back 0.1.

    So a service whose calls all fail soon gets no more retries.
    """

    REWARD = 0.1

    def __init__(self, start: float = 20.0) -> None:
        self._lock = threading.Lock()
        self._most = start
        self._left = start

    def take(self) -> bool:
        """Take one retry; returns whether there was one left."""
        with self._lock:
            allowed = self._left >= 1
            self._left -= allowed
            return allowed

    def give_back(self) -> None:
        with self._lock:
            # Rounded, since ten times 0.1 is less than 1 in floats.
            self._left = min(self._most, round(self._left + self.REWARD, 1))
