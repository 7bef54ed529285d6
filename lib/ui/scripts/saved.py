"""The popover **Your scripts**: the saved scripts of the installation, each to be opened."""

import streamlit as st

from lib import money
from lib.library.scripts import Script
from lib.script.visible import verbatim
from lib.scripting.words import kind_of, progress_of
from lib.ui import session
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages, style

AT_ONCE = 12  # all facts of a script are read to say how far it is
SHOWN = "_scripts_saved_shown"


def button() -> None:
    """The popover with the newest scripts, and more on request."""
    with style.popover(
        "Your scripts", hidden_value.key("scripts_saved"), icon="folder_open"
    ) as is_open:
        if not is_open:
            st.session_state.pop(SHOWN, None)
            return
        st.button(
            "New script",
            key="scripts_new",
            icon=":material/add:",
            help="Type it, paste it, or bring in a file",
            on_click=_close_and_open,
            args=(None,),
        )
        found = services().library.scripts.saved(session.OWNER)
        if not found:
            style.facts("What you write here is kept, and found again here.")
        shown = st.session_state.get(SHOWN, AT_ONCE)
        for each in found[:shown]:
            _entry(each)
        if (more := len(found) - shown) > 0:
            st.button(
                f"Show {min(more, AT_ONCE)} older",
                key="scripts_saved_more",
                type="tertiary",
                on_click=_show_more,
            )


def _entry(script: Script) -> None:
    now = current.state_of(script)
    with st.container(key=f"words_scripts_saved_{script.id}", gap=None):
        st.button(
            verbatim(script.title),
            key=f"scripts_open_{script.id}",
            type="tertiary",
            on_click=_close_and_open,
            args=(script.id,),
        )
        style.facts(kind_of(now), progress_of(now), money.ago(script.changed_at_s))


def _show_more() -> None:
    messages.clear()
    st.session_state[SHOWN] = st.session_state.get(SHOWN, AT_ONCE) + AT_ONCE


def _close_and_open(script_id: int | None) -> None:
    hidden_value.close("scripts_saved")
    current.put_on_page(script_id)
