"""The middleware of every request, with the facts about Streamlit that it needs."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.types import ASGIApp
from streamlit import config, file_util
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from lib import settings
from lib.settings import Settings, SettingsError
from lib.ui.router import LINKED
from lib.ui.server.messages import is_for_staff, is_wanted, without_machine
from lib.ui.widgets.style import CSS
from lib.web.at_once import SendAtOnce
from lib.web.browsers import NameBrowsers
from lib.web.compressed import Compressed
from lib.web.headers import SafeHeaders
from lib.web.hosts import KnownHosts
from lib.web.naming import NamePage
from lib.web.uploads import LimitUploads
from lib.web.websockets import FewMessages, LimitListeners

_WIDGETS = Path(__file__).parents[1] / "widgets"
# Our inline scripts, which st.html puts into a page.
INLINE_JS = [
    _WIDGETS / name
    for name in (
        "menu.js",
        "escape.js",
        "search.js",
        "one_at_a_time.js",
        "focus_field.js",
    )
]

EARLY_CSS, LINKED_CSS = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("early.css", "linked.css")
)


def chosen() -> Settings:
    """The operator's settings, or the strictest ones if they cannot be read; every page says so."""
    try:
        return settings.read()
    except SettingsError:
        return Settings()


def safe_headers(app: ASGIApp) -> SafeHeaders:
    return SafeHeaders(
        app,
        page=Path(file_util.get_static_dir(), "index.html"),
        scripts=INLINE_JS,
        frame_ancestors=chosen().frame_ancestors,
    )


def known_hosts(app: ASGIApp) -> KnownHosts:
    return KnownHosts(
        app,
        names=chosen().hosts,
        origins=[str(each) for each in config.get_option("server.corsAllowedOrigins")],
        checks_origin=bool(config.get_option("server.enableCORS")),
    )


def limit_listeners(app: ASGIApp) -> LimitListeners:
    max_bytes = int(config.get_option("server.maxWidgetStateSize")) * 1_000_000
    kind = BackMsg.DESCRIPTOR
    return LimitListeners(app, max_bytes=max_bytes, kind=kind, is_for_staff=is_for_staff)


def limit_uploads(app: ASGIApp) -> LimitUploads:
    file_max_bytes = int(config.get_option("server.maxUploadSize")) * 1_048_576
    return LimitUploads(app, file_max_bytes=file_max_bytes, held_bytes=_held_bytes)


def style_at(path: str) -> str:
    """The stylesheet, and a place for the menu on pages that have one, or none for listeners."""
    is_linked = path.rstrip("/").rpartition("/")[2] in LINKED
    return (LINKED_CSS if is_linked else EARLY_CSS) + CSS


def _held_bytes() -> int:
    """The size of all files that Streamlit holds in memory for open pages."""
    files = get_instance().uploaded_file_mgr
    assert isinstance(files, MemoryUploadedFileManager)
    sessions = list(files.file_storage.values())
    return sum(len(file.data) for session in sessions for file in list(session.values()))


MIDDLEWARE = [
    Middleware(SendAtOnce),
    Middleware(safe_headers),
    Middleware(known_hosts),
    Middleware(limit_listeners),  # before anybody reads the messages
    Middleware(FewMessages, is_wanted=is_wanted, told=without_machine),
    Middleware(limit_uploads),
    Middleware(NameBrowsers),
    Middleware(Compressed),  # also what NamePage changes
    Middleware(
        NamePage,
        title="Soundcheck",
        description="Turn text into spoken clips.",
        icon="./app/static/icon.png",
        font="./app/static/inter.woff2",
        style=style_at,
    ),
]
