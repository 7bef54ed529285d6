"""Values that the program sets in a widget, and popovers that it closes.

The browser sends the value of every widget with each click. A click from before the browser has
shown what the program set, or while a popover hides it, brings the old value, which would undo the
new one. So a widget gets a new key with each value that the program sets: the old value then
belongs to no widget.

A popover that is told to close stays open if the page is drawn twice before the browser shows it,
since the second drawing does not say so again. A popover with a new key begins closed.
"""

from collections.abc import Callable, Collection
from typing import Any

import streamlit as st


def put(name: str, value: Any) -> None:
    """Set a value by program."""
    if st.session_state.get(key(name), value) != value:
        turn(name)
    st.session_state[f"_{name}"] = value


def turn(name: str) -> None:
    """Give a new key to the widget `key(name)`, or to all widgets of this group."""
    st.session_state[f"_{name}_turn"] = _turn(name) + 1


def close(popover: str) -> None:
    """Close a popover whose key is `key(popover)`."""
    turn(popover)


def value(name: str) -> Any:
    return st.session_state[f"_{name}"]


def shown(name: str) -> Any:
    """Of a widget that is not hidden: what it shows, or will once it is drawn."""
    return st.session_state.get(key(name), st.session_state[f"_{name}"])


def is_drawn(name: str) -> bool:
    return key(name) in st.session_state


def key(name: str) -> str:
    """The widget's key: `name` itself until the program has changed its value."""
    number = _turn(name)
    return f"{name}_{number}" if number else name


def key_in(group: str, name: str) -> str:
    """The key of one widget of a group whose values the program changes all at once."""
    return f"{group}_{name}_{_turn(group)}"


def taken(name: str, options: Collection[str], then: Callable[[], None]) -> Callable[[], None]:
    """The on_change of the widget: save the choice, then call `then`.

    Call it while the widget is drawn. Two values that a browser may send are ignored: one that is
    not an option, and one of a widget that has been replaced, if it comes after the new widget was
    drawn. Streamlit calls on_change for such a late value too.
    """
    widget = st.session_state[f"_{name}_drawn"] = key(name)

    def take() -> None:
        sent = st.session_state[widget]
        if widget != st.session_state[f"_{name}_drawn"]:
            return
        if isinstance(sent, list):
            st.session_state[f"_{name}"] = [each for each in sent if each in options]
        elif sent in options:
            st.session_state[f"_{name}"] = sent
        else:
            turn(name)  # shows what it was
        then()

    return take


def _turn(name: str) -> int:
    return int(st.session_state.get(f"_{name}_turn", 0))
