"""How fast the service is asked: calls at once, pauses it asks for, and tries after a failure."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lib.errors import StoppedError


class Pace:
    """The one limiter of a process, shared by every AimlApi: at most `limit` calls open at once.

    The limit begins at `start`. A call that was too many halves it, calls that succeed bring it
    back, one step for each round of calls, up to `ceiling`. Every wait of a call happens here,
    so that `stop` cuts them all short.
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
        """Calls that may be open at once now."""
        return int(self._limit)

    @property
    def ceiling(self) -> int:
        """What the limit never exceeds. Setting it sets the limit too, for calls yet to come."""
        return self._ceiling

    @ceiling.setter
    def ceiling(self, calls: int) -> None:
        with self._changed:
            self._ceiling = max(1, calls)
            self._limit = float(self._ceiling)
            self._changed.notify_all()

    @contextmanager
    def slot(self, stop: threading.Event) -> Iterator[float]:
        """A place for one call, from now on; yields when it began, for `slow_down`.

        Raises StoppedError if `stop` is set, or the pace stopped, before there is a place.
        """
        began_at = self._enter(stop)
        try:
            yield began_at
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()

    def speed_up(self) -> None:
        """A call succeeded."""
        with self._changed:
            self._limit = min(float(self._ceiling), self._limit + 1 / self._limit)
            self._changed.notify_all()

    def slow_down(self, began_at: float) -> None:
        """A call that began then was one too many."""
        with self._changed:
            # Calls refused together tell of the same crowd: they halve the limit once.
            if began_at >= self._slowed_at:
                self._limit = max(1.0, self._limit / 2)
                self._slowed_at = time.monotonic()

    def hold(self, seconds: float) -> None:
        """Let no call of this process begin for so long."""
        with self._changed:
            self._held_until = max(self._held_until, time.monotonic() + seconds)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Whether the time passed; False as soon as `stop` is set or the pace stopped."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._is_over(stop), timeout=seconds)

    def wake(self) -> None:
        """Have every waiting call look at its `stop` again."""
        with self._changed:
            self._changed.notify_all()

    def stop(self) -> None:
        """For good: no call begins any more, and all that wait give up."""
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
    """How many further tries a process may make: each costs 1, a first try that works gives 0.1.

    While everything fails there are soon no further tries, and a service in trouble is left alone.
    """

    REWARD = 0.1

    def __init__(self, start: float = 20.0) -> None:
        self._lock = threading.Lock()
        self._most = start
        self._left = start

    def take(self) -> bool:
        """Whether one more try is allowed; it is counted if so."""
        with self._lock:
            allowed = self._left >= 1
            self._left -= allowed
            return allowed

    def give_back(self) -> None:
        with self._lock:
            # Ten tenths make one: sums of floats fall short of it.
            self._left = min(self._most, round(self._left + self.REWARD, 1))
