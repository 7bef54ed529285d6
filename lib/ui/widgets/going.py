"""The way to another page, for presses. `router.enter` goes there from whichever page is next."""

import streamlit as st

from lib.ui.widgets import messages


def go_to(page: str) -> None:
    """Open this page after this press. page: its address, such as "studio"."""
    messages.clear()
    st.session_state["_go_to"] = page


def wanted() -> str:
    """The page that the last press opens; "" if none. Forgotten once it was asked for."""
    return str(st.session_state.pop("_go_to", ""))
