"""One connection to the stand-in."""

import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from tests.service import routes
from tests.service.faults import LINGER_NOT
from tests.service.replies import Reply
from tests.service.seen import Seen

if TYPE_CHECKING:
    from tests.service.server import StandIn

AS_IT_IS = -1


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024

    service: "StandIn"
    seen: Seen

    def setup(self) -> None:
        super().setup()
        self.service.opened(self.connection)

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def usual(self) -> Reply:
        """The answer of a service in good health, which may count a charge."""
        return routes.answer(self.service, self.seen)

    def write(
        self, reply: Reply, *, upto: int | None = None, length: int | None = AS_IT_IS
    ) -> None:
        """upto: so many bytes of the body only. length: another one than the body's, None: none."""
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(len(reply.body) if length < 0 else length))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body[:upto])
        self.wfile.flush()

    def drip(self, data: bytes, interval_s: float) -> None:
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.service.wait(interval_s):
                break
        self.close_connection = True

    def hang_up(self, *, reset: bool = False) -> None:
        self.close_connection = True
        if reset:
            self.wfile.flush()
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
            for end in (self.rfile, self.wfile, self.connection):
                end.close()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client left first

    def finish(self) -> None:
        with suppress(OSError, ValueError):  # what is left to flush has nowhere to go
            super().finish()
        self.service.closed(self.connection)

    def version_string(self) -> str:
        return "stand-in"

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen = Seen(self.command, self.path, self.headers, body, time.monotonic())
        try:
            with self.service.serving(self.seen) as act:
                if act:
                    self._held()
                    act(self)
                else:
                    reply = self.usual()
                    self._held()
                    self._delay()
                    self.service.answering(self.seen)
                    self.write(reply)
        finally:
            self.service.settle()

    def _held(self) -> None:
        while self.service.is_held(self.seen) and not self.service.wait(0.01):
            pass

    def _delay(self) -> None:
        self.service.wait(self.seen.at + self.service.delay_s(self.seen) - time.monotonic())
