"""The menu with its pages, and the guard at the beginning of every page."""

import logging
import secrets

import streamlit as st

from lib.errors import SpeechError
from lib.ui.services import services
from lib.ui.widgets import going, messages, style

log = logging.getLogger("soundcheck.pages")

# Address, title and icon, in the order of the menu.
PAGES = {
    "studio": ("Studio", ":material/graphic_eq:"),
    "scripts": ("Scripts", ":material/list_alt:"),
    "voices": ("Voices", ":material/record_voice_over:"),
    "compare": ("Compare", ":material/compare:"),
    "library": ("Library", ":material/library_music:"),
    "settings": ("Settings", ":material/settings:"),
}
# Pages that are reached by a link only, and have no way to other pages.
LINKED = {"listen": ("Listen", ":material/headphones:")}
GOTO = "_goto"


def run() -> None:
    """Draw the menu and the current page; called by app.py."""
    st.session_state["_router"] = True
    st.set_page_config(page_icon="static/icon.png", layout="wide")
    pages = {
        page: st.Page(
            f"pages/{page}.py",
            title=title,
            icon=icon,
            url_path=page,
            default=page == "studio",
            visibility="visible" if page in PAGES else "hidden",
        )
        for page, (title, icon) in (PAGES | LINKED).items()
    }
    current = st.navigation(list(pages.values()))
    st.set_page_config(page_title=f"{current.title} · Soundcheck")
    if current.url_path in LINKED:
        current = st.navigation(list(pages.values()), position="hidden")
    else:
        st.logo("static/logo.svg", size="large")  # a link to Studio, so not for listeners
    wanted = st.query_params.get(GOTO)
    if wanted in pages:
        rest = {name: value for name, value in st.query_params.items() if name != GOTO}
        st.switch_page(pages[wanted], query_params=rest)
    style.apply()
    try:
        services()
    except SpeechError as error:
        if current.url_path in LINKED:  # strangers must not learn about the storage
            style.notice("failure", "This page is not available right now.", "Try again later.")
        else:
            style.notice("failure", "Soundcheck cannot start.", f"{error} {error.hint}")
        st.stop()
    current.run()


def enter(page: str) -> None:
    """The guard: the first line of every page. It also goes where the last press leads.

    Until somebody has opened "/", a fresh server opens /library by running pages/library.py alone,
    without the menu. The guard sends such a visitor through app.py and back.
    """
    if "_router" not in st.session_state:
        st.switch_page("app.py", query_params={**dict(st.query_params), GOTO: page})
    wanted = going.wanted()
    if wanted in PAGES and wanted != page:
        st.switch_page(f"pages/{wanted}.py")
    messages.enter(page)


def on_error(error: Exception) -> bool:
    """Say on the page that a page or a click failed; the stack goes to the log only.

    Returns True, so that Streamlit does not show its own message too.
    """
    if isinstance(error, SpeechError):
        log.error("page: %s", error)
        style.notice("failure", str(error), error.hint)
    else:
        number = secrets.token_hex(3)
        log.error("page error %s", number, exc_info=error)
        style.notice(
            "failure",
            "Something went wrong inside Soundcheck.",
            f"Reload the page; your text is safe. If it happens again, report error {number}.",
        )
    return True
