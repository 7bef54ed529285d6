"""Send each part of an answer at once, without waiting for the one before to be acknowledged.

asyncio asks for this (TCP_NODELAY) only for sockets whose protocol is named, and Streamlit opens
its own without one. So the end of each small answer, and the second of two messages, came 40 ms
late: the first page of a browser is a hundred such answers.
"""

import socket

from starlette.types import ASGIApp, Receive, Scope, Send

FAMILIES = (socket.AF_INET, socket.AF_INET6)


class SendAtOnce:
    """The outermost middleware: uvicorn's own `receive` knows the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(receive, "__self__", None), "transport", None)
        connection = transport and transport.get_extra_info("socket")
        if connection and connection.family in FAMILIES:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)
