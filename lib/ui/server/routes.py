"""What the server does beside the pages: files by signed links, and a name for each browser."""

import hashlib
import hmac
import json
import re
import secrets
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.errors import SpeechError
from lib.ui import services
from lib.ui.server.gate import FewMessages, KnownHosts
from lib.ui.server.headers import SafeHeaders
from lib.ui.server.sending import prepared_file, sound_file
from lib.ui.server.uploads import LimitUploads
from lib.ui.server.websockets import LimitListeners

if TYPE_CHECKING:
    from lib.take_out import Shelf

COOKIE = "soundcheck_browser"
EXPIRES = re.compile(r"[0-9]{1,12}")  # Python refuses to read a number of thousands of digits
COOKIE_AGE_S = 365 * 86_400
BROWSER = re.compile(r"[A-Za-z0-9_-]{22}")
HOUR_S = 3600
LINK_HOURS = 24


def address(file: str) -> str:
    """A root-relative link to a sound file, good for a day and the same for an hour."""
    return _signed(f"/clips/{file}")


def take_out_address(file: str, name: str) -> str:
    """As `address`, to a file that was prepared to be taken out; the browser saves it as `name`."""
    return _signed(f"/take-out/{file}", name)


async def clip(request: Request) -> Response:
    """GET /clips/NAME?exp=…&sig=…: the sound, whole or by ranges."""
    file = request.path_params["name"]
    if refusal := await _refusal(request, f"/clips/{file}"):
        return refusal
    path = await run_in_threadpool(services.services().library.files.local, file)
    if path is None:
        return PlainTextResponse("This sound is no longer there.", 404)
    return await sound_file(request, path)


async def taken_out(request: Request) -> Response:
    """GET /take-out/FILE?exp=…&sig=…&name=…: a prepared file, to be saved under that name."""
    file, name = request.path_params["name"], request.query_params.get("name", "")
    if refusal := await _refusal(request, f"/take-out/{file}", name):
        return refusal
    path = await run_in_threadpool(lambda: _shelf().local(file))
    if path is None:
        return PlainTextResponse("This file is no longer there. Take it out again.", 404)
    return prepared_file(request, path, name)


def _shelf() -> "Shelf":
    settings = services.services().settings
    from lib.take_out import Shelf  # with all that it needs: not before the server answers

    return Shelf(settings)


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
    """Start the services beside the start-up, tidy it every hour, and close it with the server."""
    closing = threading.Event()
    threading.Thread(target=_keep, args=(closing,), name="keep", daemon=True).start()
    yield {}
    closing.set()
    await run_in_threadpool(services.close)


def _keep(closing: threading.Event) -> None:
    try:
        services.services()
    except SpeechError as error:
        services.log.error("%s %s", error, error.hint)  # every page says it too
    import_module("lib.orders.plan")  # while the first visitor's browser still fetches its scripts
    hours = 0
    while not closing.is_set():
        try:
            _shelf().tidy()
            services.tidy()
            if hours and hours % 24 == 0:  # the first time was beside the start
                services.services().library.sweep()
        except (SpeechError, OSError) as error:
            services.log.warning("not all could be tidied: %s", error)
        hours += 1
        closing.wait(HOUR_S)


def _signed(path: str, name: str = "") -> str:
    # Rounded, so that a rerun draws the same address and the player keeps what it has loaded.
    expires_s = (int(time.time()) // HOUR_S + LINK_HOURS) * HOUR_S
    query = {"exp": expires_s, "sig": _signature(path, name, expires_s)}
    return f"{path}?{urlencode(query | ({'name': name} if name else {}))}"


async def _refusal(request: Request, path: str, name: str = "") -> Response | None:
    """What to answer to a link that we have not signed, or whose time is over."""
    expires = request.query_params.get("exp", "")
    expires_s = int(expires) if EXPIRES.fullmatch(expires) else 0
    given = request.query_params.get("sig", "")
    if not given.isascii() or expires_s < time.time():
        return PlainTextResponse("This link is no longer valid.", 403)
    right = await run_in_threadpool(_signature, path, name, expires_s)
    if not hmac.compare_digest(given, right):
        return PlainTextResponse("This link is not valid.", 403)
    return None


def _signature(path: str, name: str, expires_s: int) -> str:
    secret = services.services().link_secret
    signed = json.dumps([path, name, expires_s]).encode()
    return hmac.new(secret, signed, hashlib.sha256).hexdigest()


ROUTES = [Route("/clips/{name}", clip), Route("/take-out/{name}", taken_out)]
MIDDLEWARE = [
    Middleware(SafeHeaders),
    Middleware(KnownHosts),
    Middleware(LimitListeners),  # before anybody reads them
    Middleware(FewMessages),
    Middleware(LimitUploads),
    Middleware(NameBrowsers),
]
