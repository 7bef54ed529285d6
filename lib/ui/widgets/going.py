"""The way to another page, for presses. `router.enter` goes there from whichever page is next."""

from pathlib import Path

import streamlit as st

from lib.ui.widgets import messages, style

FOCUS_FIELD_JS = Path(__file__).with_name("focus_field.js")


def go_to(page: str) -> None:
    """Open this page after this press. page: its address, such as "studio"."""
    messages.clear()
    st.session_state["_go_to"] = page


def wanted() -> str:
    """The page that the last press opens; "" if none. Forgotten once it was asked for."""
    return str(st.session_state.pop("_go_to", ""))


def go_to_field(page: str) -> None:
    """Open Studio or Settings after this press, with the cursor in its first field."""
    go_to(page)
    st.session_state["_focus_field"] = True


def add_a_key() -> None:
    """Open Settings after this press, ready to paste a key."""
    go_to_field("settings")


def focus_field() -> None:
    """Put the cursor into the field of this page, for those whom a press has brought to it."""
    if st.session_state.pop("_focus_field", False):
        with st.container(key="script_focus_field"):
            style.script(FOCUS_FIELD_JS)
