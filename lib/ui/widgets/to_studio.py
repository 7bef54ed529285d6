"""The way from any page to Studio, for a press that has filled its form."""

import streamlit as st


def go() -> None:
    """Open Studio after this press."""
    st.session_state["_to_studio"] = True


def is_wanted() -> bool:
    """Whether the last press opens Studio. Asked once a run, by the router."""
    return bool(st.session_state.pop("_to_studio", False))
