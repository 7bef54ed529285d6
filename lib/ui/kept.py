"""Values of widgets that a popover may hide.

The browser keeps what a hidden widget last had, and sends it with the next click: what the program
set in between would be undone. So a value that the program sets gives its widget a new key.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st


def put(name: str, value: Any) -> None:
    """Set a value from the program."""
    if st.session_state.get(key(name), value) != value:
        st.session_state[f"_{name}_turn"] = _turn(name) + 1
    st.session_state[f"_{name}"] = value


def value(name: str) -> Any:
    return st.session_state[f"_{name}"]


def key(name: str) -> str:
    """The widget's key: `name` itself until the program has changed its value."""
    turn = _turn(name)
    return f"{name}_{turn}" if turn else name


def taken(name: str, then: Callable[[], None]) -> Callable[[], None]:
    """The widget's on_change: a person has chosen; remember it, then do the rest."""
    widget = key(name)

    def take() -> None:
        st.session_state[f"_{name}"] = st.session_state[widget]
        then()

    return take


def _turn(name: str) -> int:
    return int(st.session_state.get(f"_{name}_turn", 0))
