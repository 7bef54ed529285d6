"""Refuse requests with an unknown Host, and requests from pages of other origins."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

HOST_HEADER = re.compile(r"(?i)(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::[0-9]{1,5})?")
LOCAL = ("localhost", "127.0.0.1", "::1")
HEALTH = "/_stcore/health"
METRICS = "/_stcore/metrics"  # tells the number of visitors and the memory they use


class KnownHosts:
    """Answers only to the server's names that the operator set, and to its own pages.

    With DNS rebinding, evil.example resolves to this machine, and the browser treats its page as
    the same origin; only the Host header shows the attack. This is for HTTP and WebSocket.

    Streamlit's check of Origin ignores ports, so that other programs on this machine could control
    Soundcheck; and for each foreign page it asks a host on the internet for our address.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: Iterable[str],
        origins: Iterable[str] = (),
        checks_origin: bool = True,
    ) -> None:
        """names: the server's names besides localhost. origins: other sites that are allowed."""
        self._app = app
        self._known = {canonical(name) for name in (*LOCAL, *names)}
        self._checks_origin = checks_origin
        self._friends = {each.lower() for each in origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        name = host_name(headers.getlist("host"))
        path = scope["path"].rstrip("/")
        # A load balancer sends an IP address as Host, or no Host. Browsers always send one, and a
        # page with a name cannot use the IP address: that is another origin.
        by_number = path.endswith(HEALTH) and _is_number(headers.get("host"), name)
        if name not in self._known and not by_number:
            return await _refused(_unknown(name))(scope, receive, send)
        if not self._is_own_page(headers):
            return await _refused("Pages of other sites get no answer from Soundcheck.\n")(
                scope, receive, send
            )
        if path.endswith(METRICS):
            return await PlainTextResponse("Not Found", 404)(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_own_page(self, headers: Headers) -> bool:
        origin = headers.get("origin", "").lower()
        if not origin or not self._checks_origin or origin in self._friends:
            return True
        return origin.partition("://")[2] == headers.get("host", "").lower()


def host_name(given: Iterable[str]) -> str | None:
    """The name in the Host header; None if there is not exactly one header, or no name."""
    match [HOST_HEADER.fullmatch(each) for each in given]:
        case [re.Match() as found]:
            return canonical(found[1] or found[2])
        case _:
            return None


def canonical(name: str) -> str:
    """A host name in the form that browsers send: lower case, an IPv6 address shortened."""
    name = name.lower().strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


def is_loopback(address: str) -> bool:
    """Whether this address of a page leads each computer to itself alone."""
    name = canonical(urlsplit(address).hostname or "")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _is_number(given: str | None, name: str | None) -> bool:
    """Whether the Host of a request is an IP address or missing."""
    try:
        ipaddress.ip_address(name or "")
    except ValueError:
        return given is None
    return True


def _unknown(name: str | None) -> str:
    asked = f"the name {name}" if name else "a request without a proper name"
    return (
        f"Soundcheck does not answer to {asked}.\n\n"
        "If you run it: put the name that people type into the address bar into the setting "
        "SOUNDCHECK_HOSTS, in the environment or in .streamlit/secrets.toml, and start Soundcheck "
        f'again:\n\n    SOUNDCHECK_HOSTS = "{name or "soundcheck.example.com"}"\n\n'
        "Several names are separated by commas. "
        "On its own machine it always answers to localhost.\n"
    )


def _refused(words: str) -> ASGIApp:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        http = scope["type"] == "http"
        answer = PlainTextResponse(words, 403) if http else WebSocketClose(code=1008)
        await answer(scope, receive, send)

    return refuse
