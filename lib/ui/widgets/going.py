"""The way to another page, for presses. `router.enter` goes there from whichever page is next."""

from pathlib import Path

import streamlit as st

from lib.ui.widgets import messages, style

FOCUS_KEY_JS = Path(__file__).with_name("focus_key.js")


def go_to(page: str) -> None:
    """Open this page after this press. page: its address, such as "studio"."""
    messages.clear()
    st.session_state["_go_to"] = page


def wanted() -> str:
    """The page that the last press opens; "" if none. Forgotten once it was asked for."""
    return str(st.session_state.pop("_go_to", ""))


def add_a_key() -> None:
    """Open Settings after this press, ready to paste a key."""
    go_to("settings")
    st.session_state["_focus_key"] = True


def focus_key() -> None:
    """Put the cursor into the field for the key, for those who came to add one."""
    if st.session_state.pop("_focus_key", False):
        with st.container(key="script_focus_key"):
            style.script(FOCUS_KEY_JS)
