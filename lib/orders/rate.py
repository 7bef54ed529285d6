"""How much one browser may ask for: so many orders a minute, so many clips in the making."""

import threading
import time
from collections import deque

from lib.errors import TooManyOrdersError

MINUTE_S = 60.0
BROWSERS_MAX = 10_000  # more are forgotten, those that asked longest ago first


class Rate:
    """Counts orders, not clips: a script of 500 rows, or 22 voices to compare, is one decision.

    What it is against is a flood of clicks, which no person makes. Free clips count as well, since
    they take this machine's time. Held in memory, by each server for itself. Safe in many threads.

    per_minute: orders of one browser within any 60 s. open_max: clips of its own that may be in
    the making when it asks for more; those of scripts aside, which wait in their own line.
    """

    def __init__(self, *, per_minute: int, open_max: int) -> None:
        self._per_minute = max(1, per_minute)
        self._open_max = max(1, open_max)
        self._lock = threading.Lock()
        self._orders: dict[str, deque[float]] = {}  # times, oldest first; last asked is last

    def count(self, browser: str, *, in_the_making: int) -> None:
        """One more order of this browser. Raises TooManyOrdersError, and then it is not counted."""
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
