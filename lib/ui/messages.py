"""How much a page may send over its websocket: of a page that needs no account, little."""

from collections.abc import MutableMapping
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.util import calc_hash

from lib.ui.router import PAGES

LISTENER_MAX_BYTES = 256_000  # all stars, a comment far over its limit, and Streamlit's own words
TOO_BIG = 1009  # RFC 6455, 7.4.1
# Streamlit's first page has the empty address; a first message names none.
NAMES = {"", *PAGES}
HASHES = {"", *map(calc_hash, NAMES)}


class LimitListeners:
    """Closes a websocket over a large message, unless it is for a page that staff work on.

    Streamlit's own limit, server.maxWidgetStateSize, is one for all pages; they share one address.
    A message says which page it is for, and reaches no other.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return

        async def received() -> MutableMapping[str, Any]:
            message = await receive()
            data = message.get("bytes") or b""
            if len(data) <= LISTENER_MAX_BYTES or _is_for_staff(data):
                return message
            await send({"type": "websocket.close", "code": TOO_BIG})
            return {"type": "websocket.disconnect", "code": TOO_BIG}

        await self._app(scope, received, send)


def _is_for_staff(data: bytes) -> bool:
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return False
    if message.WhichOneof("type") != "rerun_script":
        return False
    asked = message.rerun_script
    return asked.page_script_hash in HASHES and asked.page_name in NAMES
