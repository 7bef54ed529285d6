"""Send one HTTP request over kept-alive connections, with a deadline and a guard, without retries.

Only this module imports requests. It ignores environment variables, does not follow redirects,
keeps no cookies and does not decompress bodies.
"""

import io
import ssl
import threading
import time
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Literal

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_match_hostname import CertificateError

from lib.aimlapi.addresses import AddressRefusedError, Guard
from lib.aimlapi.deadline import Deadline

CHUNK_BYTES = 128 * 1024
IDLE_S = 60.0
READ_S = 3600.0  # never reached: the deadline ends a call
HEADERS = {"User-Agent": "Soundcheck", "Accept": "*/*", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with its raw body; a body that is too large is not read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_too_large: bool = False


@dataclass(frozen=True, slots=True)
class NoReply:
    """No complete answer. The first three mean that nothing of the request was sent."""

    reason: Literal["forbidden", "certificate", "unreachable", "late", "broken"]


@dataclass(slots=True)
class Exchange:
    """Data of one call that is shared with its connection."""

    deadline: Deadline
    guard: Guard | None
    sent: bool = False
    certificate_refused: bool = False


def call(
    method: Literal["GET", "POST"],
    url: str,
    *,
    headers: Mapping[str, str],
    deadline: Deadline,
    connect_s: float,
    limit_bytes: int,
    body: bytes | None = None,
    guard: Guard | None = None,
    ca_file: str = "",
) -> Reply | NoReply:
    """Send once and read the answer, up to `limit_bytes` of its body.

    guard: refuses addresses inside the network; None for the API itself.
    ca_file: certificates to trust instead of the usual ones; "" for these.
    """
    exchange = Exchange(deadline, guard)
    token = _EXCHANGE.set(exchange)
    try:
        request = requests.Request(method, url, headers={**HEADERS, **headers}, data=body)
        prepared = _session().prepare_request(request)
        prepared.url = url  # unchanged: normalizing breaks signed addresses
        with _session().send(
            prepared,
            stream=True,
            allow_redirects=False,
            timeout=(connect_s, READ_S),
            verify=ca_file or True,
        ) as response:
            reply = _read(response, limit_bytes)
    except AddressRefusedError:
        return NoReply("forbidden")
    except (requests.RequestException, HTTPError, OSError, ValueError):
        # Returned, not raised: an exception would keep this one as its context, and with it the
        # request and its key.
        return _failure(exchange)
    finally:
        _EXCHANGE.reset(token)
    # A body without a length looks complete when its socket is shut down.
    return _failure(exchange) if deadline.over else reply


def _failure(exchange: Exchange) -> NoReply:
    if exchange.certificate_refused:
        return NoReply("certificate")
    if not exchange.sent:
        return NoReply("unreachable")
    return NoReply("late" if exchange.deadline.over else "broken")


def _read(response: requests.Response, limit_bytes: int) -> Reply:
    body = io.BytesIO()
    # Not decompressed: the result could have any size, and "identity" was requested.
    for chunk in response.raw.stream(CHUNK_BYTES, decode_content=False):
        body.write(chunk)
        if body.tell() > limit_bytes:
            return Reply(response.status_code, response.headers, b"", is_too_large=True)
    return Reply(response.status_code, response.headers, body.getvalue())


_EXCHANGE: ContextVar[Exchange] = ContextVar("exchange")
_threads = threading.local()


class _Connection(HTTPConnection):
    """A connection that knows its exchange: guard, deadline, and whether anything was sent."""

    _used_at = 0.0

    @property
    def is_connected(self) -> bool:
        # After a long idle time, a device between us and the service may have dropped the
        # connection silently, and a call that was paid for would look lost.
        return super().is_connected and time.monotonic() - self._used_at < IDLE_S

    def connect(self) -> None:
        try:
            super().connect()
        except (ssl.SSLCertVerificationError, CertificateError):
            _EXCHANGE.get().certificate_refused = True
            raise

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        exchange = _EXCHANGE.get()
        if not exchange.sent:
            exchange.deadline.watch(self.sock)
            exchange.sent = True
        self._used_at = time.monotonic()
        super().send(data)

    def _new_conn(self) -> Any:
        exchange, guard = _EXCHANGE.get(), _EXCHANGE.get().guard
        host = self._dns_host.strip("[]")
        if guard:
            guard.check_name(host, self.port)
        sock = super()._new_conn()
        try:
            if guard:
                guard.check_peer(host, self.port, sock)
            exchange.deadline.watch(sock)
        except BaseException:
            sock.close()
            raise
        return sock


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """An adapter without retries: the library's own would send a paid request again."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def _session() -> requests.Session:
    """The session of this thread: requests' sessions are not thread-safe."""
    session: requests.Session | None = getattr(_threads, "session", None)
    if session is None:
        session = _threads.session = requests.Session()
        session.trust_env = False
        session.headers.clear()
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter())
    return session
