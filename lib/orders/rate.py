"""Limit the orders of one browser: per minute, and by its number of unfinished clips."""

import threading
import time
from collections import deque

from lib.errors import TooManyOrdersError

MINUTE_S = 60.0
BROWSERS_MAX = 10_000  # above it the browsers with the oldest orders are forgotten


class Rate:
    """Counts orders, not clips: a script of 500 rows, or 22 voices to compare, is one order.

    It stops floods of clicks, which no person makes. Free clips count too, since they use this
    machine. Each server has its own counts, in memory. Thread-safe.

    per_minute: orders of one browser within any 60 s. open_max: unfinished clips of one browser;
    above it no more are accepted. Clips of scripts do not count: they have their own queue.
    """

    def __init__(self, *, per_minute: int, open_max: int) -> None:
        self._per_minute = max(1, per_minute)
        self._open_max = max(1, open_max)
        self._lock = threading.Lock()
        # Times of orders, the oldest first; the browser with the newest order is last.
        self._orders: dict[str, deque[float]] = {}

    def count(self, browser: str, *, in_the_making: int) -> None:
        """Count an order of this browser. Raises TooManyOrdersError, without counting it."""
        if in_the_making >= self._open_max:
            raise TooManyOrdersError(
                f"{in_the_making:,} clips are still in the making.",
                hint="Wait until some of them are ready, then try again. Nothing was bought, and "
                "your text is kept.",
            )
        with self._lock:
            now_s = time.monotonic()
            times = self._orders.pop(browser, deque())
            while times and times[0] <= now_s - MINUTE_S:
                times.popleft()
            self._orders[browser] = times
            if len(times) >= self._per_minute:
                wait_s = max(1, round(times[0] + MINUTE_S - now_s + 0.5))
                raise TooManyOrdersError(
                    f"That is more than {self._per_minute} clicks for new clips in a minute.",
                    hint=f"Try again in {wait_s} s. Nothing was bought, and your text is kept.",
                )
            times.append(now_s)
            while len(self._orders) > BROWSERS_MAX:
                del self._orders[next(iter(self._orders))]
