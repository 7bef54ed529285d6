"""A random id for each browser, in a cookie, by which its drafts and clips are found again."""

import re
import secrets
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "soundcheck_browser"
COOKIE_AGE_S = 365 * 86_400
BROWSER = re.compile(r"[A-Za-z0-9_-]{22}")


class NameBrowsers:
    """Sets the cookie with the first page, if the browser has none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or browser_of(HTTPConnection(scope).cookies):
            await self._app(scope, receive, send)
            return

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if _is_page(message["status"], headers, scope):
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


def _is_page(status: int, answer: MutableHeaders, scope: Scope) -> bool:
    if status != 304:
        return answer.get("content-type", "").startswith("text/html")
    # Has no type. Who deletes the cookies of a browser may leave it the page itself.
    return "text/html" in Headers(scope=scope).get("accept", "")


def browser_of(cookies: Any) -> str | None:
    """The id of the browser in its cookies; None if they have no valid one."""
    name = cookies.get(COOKIE)
    return name if isinstance(name, str) and BROWSER.fullmatch(name) else None
