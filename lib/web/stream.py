"""The websocket that tells an open page which topics have changed, and the progress of work.

It is a websocket for three reasons. Streamlit needs one too, so a proxy that lets Streamlit through
lets this through. A browser opens many websockets to a host, but only six streams of other kinds.
And our checks of hosts and origins cover it. If a proxy forbids it all the same, the page draws
itself again every few seconds (live.js).

It sends topics, versions and numbers, and no text. A page may listen only to topics that the server
signed for its browser while it drew that page: the link of a listening test alone is not enough.
"""

import asyncio
import contextlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from hashlib import sha256
from typing import Any

from itsdangerous import Signer
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from lib.events import Events, Now, Subscription
from lib.web.browsers import browser_of

PATH = "/events"
BROWSER_MAX, ALL_MAX = 30, 2_000  # streams that may be open at once
WATCHED_MAX = 100  # topics of one page; the fullest has some thirty
MESSAGE_MAX_CHARS = 20_000
BEAT_S = 20.0  # a page that hears nothing for longer treats the stream as dead
REST_S = 0.01  # between two messages: what changes meanwhile goes in one
REFUSED, RESTARTING, TOO_MANY = 1008, 1012, 1013  # RFC 6455, 7.4.1 and its registry


class Proofs:
    """Signatures that prove that the server drew a page about a topic for a browser."""

    def __init__(self, secret: bytes) -> None:
        """secret: the one of the installation, shared by its servers."""
        self._signer = Signer(
            secret, salt="soundcheck.events", key_derivation="hmac", digest_method=sha256
        )

    def of(self, topic: str, browser: str) -> str:
        return self._signer.get_signature(f"{browser} {topic}").decode()

    def allow(self, topic: str, browser: str, given: object) -> bool:
        return isinstance(given, str) and self._signer.verify_signature(f"{browser} {topic}", given)


Feed = tuple[Events, Proofs]


class EventStream:
    """The streams of this process. None of them needs a thread.

    feed: returns the events and proofs; None while they are not available.
    """

    def __init__(self, feed: Callable[[], Awaitable[Feed | None]]) -> None:
        self._feed = feed
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one stream until the page closes or the server stops."""
        socket = WebSocket(scope, receive, send)
        browser = browser_of(socket.cookies)
        if browser is None:
            await socket.close(REFUSED)
            return
        if self._open[browser] >= BROWSER_MAX or self._open.total() >= ALL_MAX:
            await socket.close(TOO_MANY)
            return
        self._open[browser] += 1
        try:
            await self._serve(socket, browser)
        finally:
            self._open -= Counter([browser])

    async def _serve(self, socket: WebSocket, browser: str) -> None:
        feed = await self._feed()
        if feed is None:
            await socket.close(TOO_MANY)
            return
        events, proofs = feed
        await socket.accept()
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the event loop has ended
                loop.call_soon_threadsafe(changed.set)

        subscription = events.subscribe(wake)
        telling = asyncio.create_task(_tell(socket, subscription, changed))
        try:
            while not telling.done():
                asked = await socket.receive_text()
                subscription.listen(_allowed(asked, browser, proofs))
        except (WebSocketDisconnect, KeyError, ValueError):  # closed, not text, or not our message
            pass
        finally:
            telling.cancel()
            subscription.close()
            if socket.application_state == WebSocketState.CONNECTED == socket.client_state:
                await socket.close(REFUSED)


async def _tell(socket: WebSocket, subscription: Subscription, changed: asyncio.Event) -> None:
    try:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), BEAT_S)
            changed.clear()
            if subscription.is_over:
                await socket.close(RESTARTING)
                return
            now = subscription.take()
            await socket.send_text(json.dumps({name: _told(each) for name, each in now.items()}))
            await asyncio.sleep(REST_S)
    except (WebSocketDisconnect, RuntimeError):  # it was just closed
        pass


def _told(now: Now) -> list[Any]:
    return [now.version, dict(now.numbers)]


def _allowed(asked: str, browser: str, proofs: Proofs) -> Collection[str]:
    """The topics of a message {topic: proof} with a valid proof. Raises ValueError otherwise."""
    if len(asked) > MESSAGE_MAX_CHARS:
        raise ValueError("more than a page can show")
    wanted = json.loads(asked)
    if not isinstance(wanted, dict) or len(wanted) > WATCHED_MAX:
        raise ValueError("not topics and their proofs")
    return [topic for topic, given in wanted.items() if proofs.allow(topic, browser, given)]
