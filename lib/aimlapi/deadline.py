"""A time limit for one complete HTTP exchange."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

TICK_S = 0.1


class Deadline:
    """Shuts the watched socket down when `seconds` are over (monotonic clock).

    A read timeout is not enough: a server that sends a byte now and then could keep a call open
    for ever. A shutdown ends the call while it sends, and while it reads headers or the body.
    """

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._twin: socket.socket | None = None
        self.over = False

    @property
    def left_s(self) -> float:
        return max(0.0, self._ends_at - time.monotonic())

    def watch(self, sock: socket.socket) -> None:
        """Watch this connection from now on, instead of the one before.

        Raises TimeoutError if the time is over already, as after a slow name lookup.
        """
        with self._lock:
            self._let_go()
            if self.over:
                raise TimeoutError
            # A copy of the descriptor is used: TLS replaces the socket during its handshake, and
            # after a shutdown of the TLS socket its owner would continue in plain text.
            self._twin = socket.fromfd(sock.fileno(), sock.family, sock.type)

    def end(self) -> None:
        with self._lock:
            self.over = True
            if self._twin:
                with suppress(OSError):  # the other side closed it first
                    self._twin.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        _watcher.add(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _watcher.remove(self)
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        if self._twin:
            self._twin.close()
            self._twin = None


class _Watcher:
    """Ends all deadlines in one thread, which exists only while there are any.

    A timer for each call took a quarter of the processor time of the call (measured). One watcher
    serves the whole process: it holds no state but the calls that are open.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[Deadline] = set()
        self._is_awake = False

    def add(self, deadline: Deadline) -> None:
        with self._lock:
            self._running.add(deadline)
            if not self._is_awake:
                self._is_awake = True
                threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    def remove(self, deadline: Deadline) -> None:
        with self._lock:
            self._running.discard(deadline)

    def _watch(self) -> None:
        is_awake = True
        while is_awake:
            time.sleep(TICK_S)
            with self._lock:
                due = {deadline for deadline in self._running if deadline.left_s == 0}
                self._running -= due
                is_awake = self._is_awake = bool(self._running)
            for deadline in due:
                deadline.end()


_watcher = _Watcher()
