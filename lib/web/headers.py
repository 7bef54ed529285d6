"""Security headers for all answers: who may show them in a frame, and what may run in them."""

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.web.hosts import HOST_HEADER

# A file that is opened as a page may show or play itself, and run nothing. It keeps its origin,
# since Chromium would not play it otherwise.
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "sandbox allow-same-origin"
)

SAME_FOR_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # the link of a listening test is a secret
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SafeHeaders:
    """Adds the headers to every answer, of Streamlit's and of our own routes."""

    def __init__(
        self, app: ASGIApp, *, page: Path, scripts: Sequence[Path], frame_ancestors: Sequence[str]
    ) -> None:
        """page: Streamlit's index.html. scripts: our inline scripts.

        frame_ancestors: origins of other sites that may show Soundcheck in a frame.
        """
        self._app = app
        ancestors = " ".join(["frame-ancestors 'self'", *frame_ancestors])
        self._page = f"{page_policy(inline_scripts(page, scripts))}; {ancestors}"
        self._file = f"{FILE_POLICY}; {ancestors}"
        # For browsers that do not know frame-ancestors; it cannot name other origins.
        self._frames = {} if frame_ancestors else {"X-Frame-Options": "SAMEORIGIN"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        asked = Headers(scope=scope)

        async def safer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SAME_FOR_ALL | self._frames)
                kind = headers.get("content-type", "")
                if message["status"] == 304:  # has no type; its headers replace the cached ones
                    kind = asked.get("accept", "")
                if "text/html" in kind:
                    headers["Content-Security-Policy"] = self._page + _own_stream(asked)
                elif message["status"] != 304 and "javascript" not in kind:
                    # Not for a script: the policy of its page applies.
                    headers["Content-Security-Policy"] = self._file
            await send(message)

        return await self._app(scope, receive, safer)


def _own_stream(asked: Headers) -> str:
    """The address of our WebSocket: for some browsers 'self' does not include it."""
    host = asked.get("host", "")
    own = f" ws://{host} wss://{host}" if HOST_HEADER.fullmatch(host) else ""
    return f"; connect-src 'self'{own}"


def page_policy(scripts: Sequence[str]) -> str:
    """The strictest policy that works with Streamlit 1.67. scripts: the inline scripts' texts.

    Allowed, since each was seen to break in Chromium without:
    blob: scripts, which Streamlit makes of our players before it runs them (only a running script
        can make one); 'unsafe-inline' styles, which Streamlit creates;
    data: fonts, in Streamlit's table; data: pictures, our waveforms and logo; blob: media, which
        Present fetches in advance.
    WebAssembly, which Streamlit uses for 64-bit numbers; it works without, but Chromium complains.
    Forbidden: other hosts, eval, plug-ins, frames, forms, <base>, inline scripts that are not ours.
    """
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(
            ["'self'", "blob:", "'wasm-unsafe-eval'", *(f"'sha256-{each}'" for each in hashes)]
        ),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {values}" for name, values in allowed.items())


def inline_scripts(page: Path, ours: Sequence[Path]) -> list[str]:
    """The texts of all inline scripts of the page: Streamlit's, then ours."""
    streamlits = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)
    return streamlits + [file.read_text(encoding="utf-8") for file in ours]
