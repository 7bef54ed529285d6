"""The page as it is served, before any script runs: what a chat shows of a link to it."""

import gzip
import hashlib
import re
from collections.abc import Callable
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMLITS_TITLE = b"<title>Streamlit</title>"
STREAMLITS_ICON = b"./favicon.png"
# Loaded before all else, while our pages need it for rare letters only.
STREAMLITS_FONT = re.compile(rb'\./static/media/SourceSans[^"]+\.woff2')


class NamePage:
    """Gives Streamlit's index.html our title, description, icon and font, and our style.

    A style that comes with the first run comes after the first paint, and moves what was painted.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        title: str,
        description: str,
        icon: str,
        font: str,
        style: Callable[[str], str],
    ) -> None:
        """style: the CSS for the page at this path."""
        self._app = app
        self._icon, self._font, self._style = icon.encode(), font.encode(), style
        name, about = escape(title), escape(description)
        self._head = (
            f"<title>{name}</title>"
            f'<meta name="description" content="{about}" />'
            f'<meta property="og:title" content="{name}" />'
            f'<meta property="og:description" content="{about}" />'
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = MutableHeaders(scope=scope)
        known = ""  # our tag of the page that the browser has: it is hidden from Streamlit
        if "." not in scope["path"].rpartition("/")[2]:  # a path with a suffix is a file, no page
            known = asked.get("if-none-match", "")
            del asked["if-none-match"], asked["if-modified-since"]
        begun: Message = {}
        body = b""

        async def named(message: Message) -> None:
            nonlocal begun, body
            if message["type"] == "http.response.start" and _is_page(message):
                begun = message
            elif not begun or message["type"] != "http.response.body":
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._send(begun, body, scope["path"], known, send)

        await self._app(scope, receive, named)

    async def _send(self, begun: Message, body: bytes, path: str, known: str, send: Send) -> None:
        headers = MutableHeaders(scope=begun)
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
            del headers["content-encoding"]
        # Behind all styles that Streamlit adds to the head, so that ours goes before them.
        style = f"<style>{self._style(path)}</style></body>".encode()
        body = body.replace(STREAMLITS_TITLE, self._head).replace(STREAMLITS_ICON, self._icon)
        body = STREAMLITS_FONT.sub(self._font, body).replace(b"</body>", style)
        del headers["accept-ranges"], headers["last-modified"]
        headers["etag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if headers["etag"] in known:
            begun["status"], body = 304, b""
        headers["content-length"] = str(len(body))
        await send(begun)
        await send({"type": "http.response.body", "body": body})


def _is_page(message: Message) -> bool:
    kind = MutableHeaders(scope=message).get("content-type", "")
    return bool(message["status"] == 200 and kind.startswith("text/html"))
