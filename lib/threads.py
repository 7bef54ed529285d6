"""Threads of a service, which are waited for when the service ends."""

import threading
import time
from collections.abc import Callable


class Threads:
    """Starts daemon threads. Each must end by itself; `join` only waits for that."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alive: set[threading.Thread] = set()

    def start(self, name: str, work: Callable[[], object]) -> None:
        """Run `work` in a thread of this name. Returns at once."""
        thread = threading.Thread(target=work, name=name, daemon=True)
        with self._lock:
            self._alive = {each for each in self._alive if each.is_alive()}
            thread.start()
            self._alive.add(thread)

    def join(self, until_s: float) -> None:
        """Wait until all have ended, up to this time on the monotonic clock."""
        with self._lock:
            alive = list(self._alive)
        for thread in alive:
            if thread is not threading.current_thread():
                thread.join(max(0.0, until_s - time.monotonic()))
