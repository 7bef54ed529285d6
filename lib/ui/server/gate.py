"""Who may ask at all, and what: names of this server, and the messages that pages need."""

import ipaddress
import re
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib import settings
from lib.settings import Settings, SettingsError

HOST_HEADER = re.compile(r"(?i)(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::[0-9]{1,5})?")
LOCAL = ("localhost", "127.0.0.1", "::1")
HEALTH = "/_stcore/health"
METRICS = "/_stcore/metrics"  # how many are here, and what is kept in memory for them

# What Streamlit's page sends for our pages. The rest is for developers, and Streamlit takes it from
# anybody: it tells the repository's state, empties the caches of all, writes files, logs.
ASKED = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
FETCHED = {"deferred_file", "dataframe_chunk"}
NEW_SESSION_MAX_BYTES = 65_536  # most are 6,000


def chosen() -> Settings:
    """The operator's settings, or the strictest where they cannot be read: every page says so."""
    try:
        return settings.read()
    except SettingsError:
        return Settings()


class KnownHosts:
    """Answers to the names an operator gave this server, and to its own pages alone.

    A page of evil.example whose name is made to stand for this machine (DNS rebinding) is no
    stranger to the browser; only the Host it asks for still tells. HTTP and WebSocket alike.

    Streamlit's own check of Origin knows no ports, so that what else runs on this machine could
    drive Soundcheck; and for each foreign page it asks a host on the internet for our address.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known = {canonical(name) for name in (*LOCAL, *chosen().hosts)}
        self._checks_origin = bool(config.get_option("server.enableCORS"))
        self._friends = {
            str(each).lower() for each in config.get_option("server.corsAllowedOrigins")
        }

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


class FewMessages:
    """Lets through the messages that pages need; says nothing of the machine in the answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self._app(scope, receive, send)

        async def asked() -> Message:
            while True:
                message = await receive()
                if _is_wanted(message):
                    return message

        async def told(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message["bytes"] = without_machine(message["bytes"])
            await send(message)

        return await self._app(scope, asked, told)


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


def without_machine(data: bytes) -> bytes:
    """A message to the page: without paths, versions and numbers that tell this machine."""
    if len(data) > NEW_SESSION_MAX_BYTES:
        return data
    message = ForwardMsg.FromString(data)
    if not message.HasField("new_session"):
        return data
    session = message.new_session
    session.main_script_path = "app.py"  # the page wants some name that stays
    user, machine = session.initialize.user_info, session.initialize.environment_info
    user.installation_id = user.installation_id_v3 = user.installation_id_v4 = "soundcheck"
    # Streamlit's own version stays: a page of an older one reloads itself by it.
    machine.python_version = machine.server_os = ""
    machine.has_display = False
    return bytes(message.SerializeToString())


def _is_wanted(message: Message) -> bool:
    if message["type"] != "websocket.receive" or message.get("bytes") is None:
        return True
    asked = BackMsg()
    try:
        asked.ParseFromString(message["bytes"])
    except Exception:  # google's DecodeError or another: Streamlit closes the connection
        return True
    kind = asked.WhichOneof("type")
    if kind == "backend_operation_request":
        return asked.backend_operation_request.WhichOneof("payload") in FETCHED
    return kind in ASKED


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
