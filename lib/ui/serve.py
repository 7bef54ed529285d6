"""What the server does beside the pages: sound by signed links, and a name for each browser."""

import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.errors import SpeechError
from lib.ui import house

COOKIE = "soundcheck_browser"
COOKIE_AGE_S = 365 * 86_400
BROWSER = re.compile(r"[A-Za-z0-9_-]{22}")
HOUR_S = 3600
LINK_HOURS = 24
MEDIA_TYPES = {".mp3": "audio/mpeg", ".wav": "audio/wav"}


def address(file: str) -> str:
    """A root-relative link to a sound file, good for a day and the same for an hour."""
    # Rounded, so that a rerun draws the same address and the player keeps what it has loaded.
    expires_s = (int(time.time()) // HOUR_S + LINK_HOURS) * HOUR_S
    return f"/clips/{file}?exp={expires_s}&sig={_signature(file, expires_s)}"


async def clip(request: Request) -> Response:
    """GET /clips/NAME?exp=…&sig=…: the sound, whole or by ranges."""
    file = request.path_params["name"]
    expires = request.query_params.get("exp", "")
    expires_s = int(expires) if expires.isascii() and expires.isdigit() else 0
    given = request.query_params.get("sig", "")
    if not given.isascii() or expires_s < time.time():
        return PlainTextResponse("This link is no longer valid.", 403)
    right = await run_in_threadpool(_signature, file, expires_s)
    if not hmac.compare_digest(given, right):
        return PlainTextResponse("This link is not valid.", 403)
    path = await run_in_threadpool(house.house().library.files.local, file)
    if path is None:
        return PlainTextResponse("This sound is no longer there.", 404)
    return FileResponse(
        path,
        media_type=MEDIA_TYPES.get(path.suffix, "application/octet-stream"),
        headers={
            "Cache-Control": f"private, max-age={HOUR_S}",
            "X-Content-Type-Options": "nosniff",
        },
    )


class NameBrowsers:
    """Gives each browser a random name, under which its drafts and clips are found again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or browser_of(HTTPConnection(scope).cookies):
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    response = Response()
                    response.set_cookie(
                        COOKIE,
                        secrets.token_urlsafe(16),
                        max_age=COOKIE_AGE_S,
                        httponly=True,
                        samesite="lax",
                        secure=scope.get("scheme") == "https",
                    )
                    headers.append("set-cookie", response.headers["set-cookie"])
            await send(message)

        await self._app(scope, receive, named)


def browser_of(cookies: Any) -> str | None:
    """The browser's name among its cookies, None where there is none of ours."""
    name = cookies.get(COOKIE)
    return name if isinstance(name, str) and BROWSER.fullmatch(name) else None


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the house beside the start-up, and close it with the server."""
    threading.Thread(target=_open, name="open-house", daemon=True).start()
    yield {}
    await run_in_threadpool(house.close)


def _open() -> None:
    try:
        house.house()
    except SpeechError as error:
        house.log.error("%s %s", error, error.hint)  # every page says it too
    for module in ("lib.planning", "lib.export"):
        import_module(module)  # while the first visitor's browser still fetches its scripts


def _signature(file: str, expires_s: int) -> str:
    secret = house.house().link_secret
    return hmac.new(secret, f"{file}\n{expires_s}".encode(), hashlib.sha256).hexdigest()


ROUTES = [Route("/clips/{name}", clip)]
MIDDLEWARE = [Middleware(NameBrowsers)]
