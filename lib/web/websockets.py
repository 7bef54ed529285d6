"""Limits for messages over a websocket: their size, small for listeners, and their kinds."""

from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.web.counting import room_left

LISTENER_MAX_BYTES = 256_000  # all stars, a comment far over its limit, Streamlit's fields
UNCOUNTED_BYTES = 64_000  # a smaller message cannot have too many fields
FIELDS_MAX = 20_000  # the fullest page has a thousand widgets, the largest of them 200 choices
TOO_BIG = 1009  # RFC 6455, 7.4.1


class LimitListeners:
    """Closes a websocket if a message is too large, or has too many fields to be read at once.

    Streamlit's own limit, server.maxWidgetStateSize, counts bytes, and is the same for all pages.
    But two bytes can make a widget, and four million widgets fill a gigabyte. So this counts
    fields, and reads in the message which page it is for: it can reach no other page.
    """

    def __init__(
        self, app: ASGIApp, *, max_bytes: int, kind: Any, is_for_staff: Callable[[bytes], bool]
    ) -> None:
        """max_bytes: for any page. kind: the descriptor of the protobuf message.

        is_for_staff: whether a message is for another page than the listeners' one. It may raise.
        """
        self._app = app
        self._max_bytes = max_bytes
        self._kind = kind
        self._is_for_staff = is_for_staff

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def received() -> MutableMapping[str, Any]:
            message = await receive()
            if self._is_bearable(message.get("bytes") or b""):
                return message
            await send({"type": "websocket.close", "code": TOO_BIG})
            return {"type": "websocket.disconnect", "code": TOO_BIG}

        await self._app(scope, received, send)

    def _is_bearable(self, data: bytes) -> bool:
        if len(data) <= UNCOUNTED_BYTES:
            return True
        if len(data) > self._max_bytes:
            return False
        try:
            if room_left(memoryview(data), self._kind, FIELDS_MAX) < 0:
                return False
            return len(data) <= LISTENER_MAX_BYTES or self._is_for_staff(data)
        except Exception:  # an error of protobuf's, or the message ends in the middle of a field
            return False


class FewMessages:
    """Passes on the messages that pages need, and changes what the answers tell."""

    def __init__(
        self, app: ASGIApp, *, is_wanted: Callable[[bytes], bool], told: Callable[[bytes], bytes]
    ) -> None:
        """is_wanted: whether a message to the server goes through. told: the answer to send."""
        self._app = app
        self._is_wanted = is_wanted
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self._app(scope, receive, send)

        async def asked() -> Message:
            while True:
                message = await receive()
                data = message.get("bytes") if message["type"] == "websocket.receive" else None
                if data is None or self._is_wanted(data):
                    return message

        async def told(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message["bytes"] = self._told(message["bytes"])
            await send(message)

        return await self._app(scope, asked, told)
