"""Who may ask at all: browsers that call this server by a name it knows, from its own pages."""

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

HOST_HEADER = re.compile(r"(?i)(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::[0-9]{1,5})?")
LOCAL = ("localhost", "127.0.0.1", "::1")
HEALTH = "/_stcore/health"
METRICS = "/_stcore/metrics"  # how many are here, and what is kept in memory for them


class KnownHosts:
    """Answers to the names an operator gave this server, and to its own pages alone.

    A page of evil.example whose name is made to stand for this machine (DNS rebinding) is no
    stranger to the browser; only the Host it asks for still tells. HTTP and WebSocket alike.

    Streamlit's own check of Origin knows no ports, so that what else runs on this machine could
    drive Soundcheck; and for each foreign page it asks a host on the internet for our address.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: Iterable[str],
        origins: Iterable[str] = (),
        checks_origin: bool = True,
    ) -> None:
        """names: what the server is called besides localhost. origins: other sites it answers."""
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
        # A load balancer asks by the machine's number, or by none. A browser never asks without a
        # name, and a page of another name cannot ask by number: that is another origin.
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
    """The name in a request's one Host header, None where there is not just one, or no name."""
    match [HOST_HEADER.fullmatch(each) for each in given]:
        case [re.Match() as found]:
            return canonical(found[1] or found[2])
        case _:
            return None


def canonical(name: str) -> str:
    """A host's name in the one form that browsers send: lower case, an IPv6 number shortened."""
    name = name.lower().strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        return name


def _is_number(given: str | None, name: str | None) -> bool:
    """Whether a request's Host is an IP address, or there is none."""
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
