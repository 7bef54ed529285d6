"""Ways to misbehave, each for one request: `service.fault(status(503), times=2)`.

A fault gets the connection and the request. Those that say "after the charge" count one first.
"""

import socket
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tests.service import refusals, replies
from tests.service.replies import Reply

if TYPE_CHECKING:
    from tests.service.handler import Handler

Fault = Callable[["Handler"], None]

FOREVER_S = 3600.0


def status(code: int, headers: Mapping[str, str] | None = None) -> Fault:
    """The service's own error with this status; nothing is charged."""
    row = next((r for r in refusals.ROWS.values() if r.status == code), None)
    return _refusal(row or refusals.Row(code, "Refused"), headers)


def refuse(row: str, shape: refusals.Shape = "problem") -> Fault:
    """One row of the service's error table, by its name in refusals.ROWS."""
    return _refusal(refusals.ROWS[row], None, shape)


def refuse_for(reason: str) -> Fault:
    """A request that the service does not accept, for this reason."""
    return _refusal(refusals.Row(400, reason, "BadRequestException"), None)


def _refusal(
    row: refusals.Row, headers: Mapping[str, str] | None, shape: refusals.Shape = "problem"
) -> Fault:
    def act(handler: "Handler") -> None:
        reply = refusals.answer(row, path=handler.path, shape=shape)
        reply.headers |= headers or {}
        handler.write(reply)

    return act


def answer(reply: Reply) -> Fault:
    """Exactly this, and nothing is charged."""
    return lambda handler: handler.write(reply)


def status_after_charge(code: int, body: bytes | None = None) -> Fault:
    """A gateway's page, or `body`, after the charge."""

    def act(handler: "Handler") -> None:
        handler.usual()
        handler.write(replies.page(code) if body is None else Reply(code, body))

    return act


def lost_response() -> Fault:
    """Not a byte after the charge."""

    def act(handler: "Handler") -> None:
        handler.usual()
        handler.hang_up()

    return act


def reset_mid_body() -> Fault:
    """Half the usual answer, then a reset."""

    def act(handler: "Handler") -> None:
        reply = handler.usual()
        handler.write(reply, upto=len(reply.body) // 2)
        handler.service.wait(0.05)  # a reset may overtake what was sent just before
        handler.hang_up(reset=True)

    return act


def late(seconds: float) -> Fault:
    """The usual answer, so much later."""

    def act(handler: "Handler") -> None:
        reply = handler.usual()
        handler.service.wait(seconds)
        handler.write(reply)

    return act


def hang() -> Fault:
    """Silence after the charge, for as long as the service runs."""
    return late(FOREVER_S)


def trickle(interval_s: float = 0.5) -> Fault:
    """The usual answer, its body a byte at a time."""

    def act(handler: "Handler") -> None:
        reply = handler.usual()
        handler.write(reply, upto=0)
        handler.drip(reply.body, interval_s)

    return act


def slow_headers(interval_s: float = 0.5) -> Fault:
    """The usual answer, a byte at a time from the first."""

    def act(handler: "Handler") -> None:
        handler.usual()
        handler.drip(b"HTTP/1.1 200 OK\r\nX-Padding: " + b"a" * 60_000, interval_s)

    return act


def not_json(body: bytes = b"<html><p>Welcome</p></html>") -> Fault:
    """A 200 with this instead of JSON, after the charge."""
    return status_after_charge(200, body)


def no_url() -> Fault:
    """A 200 whose JSON has no address, after the charge."""

    def act(handler: "Handler") -> None:
        handler.usual()
        handler.write(replies.json({"audio": {}, "meta": {"usage": {"credits_used": 1}}}))

    return act


def url(address: object) -> Fault:
    """A 200 whose JSON names this address, after the charge."""

    def act(handler: "Handler") -> None:
        handler.usual()
        handler.write(replies.json({"audio": {"url": address}}))

    return act


def redirect(code: int, to: str) -> Fault:
    return answer(Reply(code, b"", {"Location": to}))


def zip_bomb(size: int) -> Fault:
    """A small gzip body that unpacks to `size` zero bytes."""
    packer = zlib.compressobj(9, wbits=31)
    member = packer.compress(bytes(1_000_000)) + packer.flush()
    body = member * (size // 1_000_000)
    return answer(Reply(200, body, {"Content-Type": "audio/mpeg", "Content-Encoding": "gzip"}))


def endless() -> Fault:
    """Sound that never ends, without a length."""

    def act(handler: "Handler") -> None:
        handler.write(Reply(200, b"", {"Content-Type": "audio/mpeg"}), length=None)
        chunk = b"\xff\xfb" + bytes(65_534)
        while not handler.service.is_closing:
            handler.wfile.write(chunk)

    return act


def wrong_length(extra: int = 1_000) -> Fault:
    """The usual answer under a length that promises more."""

    def act(handler: "Handler") -> None:
        reply = handler.usual()
        handler.write(reply, length=len(reply.body) + extra)
        handler.hang_up()

    return act


def short_body() -> Fault:
    """Half a file, sent in perfect order."""

    def act(handler: "Handler") -> None:
        reply = handler.usual()
        handler.write(Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers))

    return act


def garbage_after_tls() -> Fault:
    """Plain bytes in the middle of TLS, after the charge."""

    def act(handler: "Handler") -> None:
        handler.usual()
        socket.socket.send(handler.connection, b"this is no TLS record" * 20)
        handler.hang_up()

    return act


LINGER_NOT = struct.pack("ii", 1, 0)  # closing sends a reset instead of an end
