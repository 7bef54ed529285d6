"""A time limit for one exchange, whatever it is doing."""

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

TICK_S = 0.1


class Deadline:
    """`seconds` on the monotonic clock; when they are over, the watched socket is shut down.

    A read time-out is no deadline: one byte now and then keeps a call waiting for ever. Shutting
    the socket down ends it in sending, in headers and in the body alike.
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
        """Shut this connection down when the time is over, instead of the one watched before.

        Raises TimeoutError if it is over already: the name was looked up for too long.
        """
        with self._lock:
            self._let_go()
            if self.over:
                raise TimeoutError
            # A twin of the descriptor: TLS takes the socket itself over while it shakes hands,
            # and shutting a TLS socket down would let its owner go on in plain text.
            self._twin = socket.fromfd(sock.fileno(), sock.family, sock.type)

    def end(self) -> None:
        with self._lock:
            self.over = True
            if self._twin:
                with suppress(OSError):  # the other side was quicker
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
    """Ends deadlines in one thread, which lives as long as there are any.

    A timer for each call was measured to take a quarter of the call's own processor time.
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
