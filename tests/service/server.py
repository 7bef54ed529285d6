"""StandIn: the service itself, its settings, its counters and the faults to come."""

import hashlib
import hmac
import socket
import ssl
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from decimal import Decimal
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from tests.service import faults, replies
from tests.service.account import Account, Sale
from tests.service.faults import Fault
from tests.service.handler import Handler
from tests.service.replies import Reply
from tests.service.seen import Seen

KEY = "stand-in-key"
# For localhost and 127.0.0.1, signed by itself: made for these tests, and of no other use.
CERTIFICATE = Path(__file__).parent / "localhost.pem"

Kind = Literal["post", "get"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


class StandIn:
    """The service on a free port of this machine, in threads of this process.

    Settings, to be changed at any time: latency_s and download_latency_s; shape, "S1" to "S6";
    success_status; default_format; usd_spent, whether the answer has it; long_text, what happens
    above 2,000 characters: "accept", "refuse" or "truncate"; link_life_s, None for plain links;
    audio_type, a wrong Content-Type for sound; audio_max_s, a cap on length; key.

    Counters: posts, gets, charges, connections, most_posts_open; `seen` has every request.
    """

    def __init__(
        self, *, port: int = 0, balance_usd: Decimal = Decimal(100), tls: bool = False
    ) -> None:
        self.latency_s = 0.0
        self.download_latency_s = 0.0
        self.shape = "S1"
        self.success_status = 200
        self.default_format = "wav"
        self.usd_spent = True
        self.long_text: Literal["accept", "refuse", "truncate"] = "accept"
        self.link_life_s: float | None = None
        self.audio_type: str | None = None
        self.audio_max_s: float | None = None
        self.key = KEY

        self.account = Account(balance_usd)
        self.seen: list[Seen] = []
        self.posts = self.gets = self.charges = self.connections = self.most_posts_open = 0
        self._open_posts: set[int] = set()
        self._held_posts: set[int] = set()
        self._free_posts: int | None = None  # how many are answered before others are held
        self._faults: dict[str, deque[Fault | None]] = {"post": deque(), "get": deque()}
        self._canned: dict[str, Fault] = {}
        self._links: dict[str, Sale] = {}
        self._heard: dict[str, tuple[str, int]] = {}
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.port = port
        self._tls = tls
        self._server: _Server | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.place}"

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> Self:
        self._closing.clear()
        handler = type("BoundHandler", (Handler,), {"service": self})
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_address[1]
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.01,), name="stand-in", daemon=True).start()
        return self

    def stop(self) -> None:
        """Dies in mid-work. `start` brings it back on its port, with all it knew."""
        self._closing.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def fault(self, fault: Fault | None, *, times: int = 1, on: Kind = "post") -> None:
        """Misbehave so for the next `times` requests of that kind, after those asked for before.

        None: answer them as ever.
        """
        self._faults[on].extend([fault] * times)

    def hold(self, *, after: int = 0) -> None:
        """Answer no call that comes from now on until `release`, but for the next `after` ones.

        A held call is on its way: sold, if nothing is wrong with it, and counted.
        """
        with self._lock:
            self._free_posts = after

    def release(self) -> None:
        with self._lock:
            self._free_posts = None
            self._held_posts.clear()

    def reply(
        self,
        route: str,
        *,
        status: int = 200,
        json: object = None,
        body: bytes = b"",
        media_type: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer every request to `route`, such as "POST /v1/tts", like this from now on."""
        reply = Reply(status, body) if json is None else replies.json(json, status)
        if media_type:
            reply.headers["Content-Type"] = media_type
        reply.headers |= headers or {}
        self._canned[route] = faults.answer(reply)

    def counters(self) -> dict[str, Any]:
        names = ("posts", "gets", "charges", "connections", "most_posts_open")
        return {name: getattr(self, name) for name in names}

    # What follows is for the handler and the routes.

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether the service was stopped meanwhile."""
        return seconds > 0 and self._closing.wait(seconds)

    def is_held(self, seen: Seen) -> bool:
        return id(seen) in self._held_posts

    def delay_s(self, seen: Seen) -> float:
        if seen.method == "POST":
            return self.latency_s
        return self.download_latency_s if seen.path.startswith("/generations/") else 0.0

    @contextmanager
    def serving(self, seen: Seen) -> Iterator[Fault | None]:
        """Count one request; yields what to do instead of the usual, if anything."""
        kind = seen.method.lower()
        with self._lock:
            if not seen.path.startswith("/stand-in/"):
                self.seen.append(seen)
                self.posts += kind == "post"
                self.gets += kind == "get"
            if kind == "post":
                self._open_posts.add(id(seen))
                if self._free_posts == 0:
                    self._held_posts.add(id(seen))
                elif self._free_posts:
                    self._free_posts -= 1
            self.most_posts_open = max(self.most_posts_open, len(self._open_posts))
            waiting = self._faults[kind]
            act = waiting.popleft() if waiting else None
        try:
            yield act or self._canned.get(f"{seen.method} {urlsplit(seen.path).path}")
        finally:
            self.answering(seen)

    def answering(self, seen: Seen) -> None:
        """This request is no longer open: said before its answer is written, for the client may
        send its next one before this thread comes back from writing.
        """
        with self._lock:
            self._open_posts.discard(id(seen))

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            self._open.add(connection)

    def closed(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def sell(self, sale: Sale) -> None:
        with self._lock:
            self.charges += 1
            self.account.sales.append(sale)

    def settle(self) -> None:
        with self._lock:
            self.account.settle()

    def link(self, sale: Sale) -> str:
        """Where its sound is; the service's own paths name a file twice and hold a %2F."""
        name = f"{sale.inference_id}.{sale.format}"
        path = f"/generations/tts%2Finworld-tts-{name}/{int(sale.sold_at * 1000)}-{name}"
        with self._lock:
            self._links[path] = sale
        if self.link_life_s is None:
            return self.url + path
        expires = f"{time.time() + self.link_life_s:.3f}"
        return f"{self.url}{path}?Expires={expires}&Signature={self._signature(path, expires)}"

    def sale_at(self, path: str) -> Sale | None:
        return self._links.get(path)

    def is_link_alive(self, path: str, query: str) -> bool:
        if not query:
            return True
        expires, _, signature = query.removeprefix("Expires=").partition("&Signature=")
        return signature == self._signature(path, expires) and time.time() < float(expires)

    def hear(self, sale: Sale | None) -> str:
        name = uuid.uuid4().hex
        self._heard[name] = (sale.text if sale else "This is an upload.", 0)
        return name

    def heard(self, name: str) -> str | None:
        text, asked = self._heard[name]
        self._heard[name] = (text, asked + 1)
        return text if asked else None

    def _signature(self, path: str, expires: str) -> str:
        digest = hmac.new(self.key.encode(), f"{path} {expires}".encode(), hashlib.sha1)
        return f"{digest.hexdigest()}%2B%3D"
