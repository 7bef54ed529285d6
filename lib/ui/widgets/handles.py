"""Handles beside the rows of a grid, by which a row is dragged to another place with the mouse."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lib.ui.widgets.component import component

_draw = component("handles", "handles.css", "handles.js")


def handles(
    key: str, *, box: str, ids: Sequence[int], row_px: int, on_move: Callable[[int, int], None]
) -> None:
    """Draw the handles. They are for the mouse alone: keys and touch need another way.

    box: the CSS selector of what has the grid in it, whose left edge they stand at.
    ids: of the rows in their order. on_move: called with the id of the row that was dragged and
        the id of the one that it was dropped above; 0 for the end.
    """

    def moved() -> None:
        state = st.session_state.get(key)
        what = state.get("moved") if isinstance(state, Mapping) else None
        if isinstance(what, Mapping):
            row_id, before = what.get("id"), what.get("before")
            if type(row_id) is int and type(before) is int:
                on_move(row_id, before)

    _draw(key=key, data={"box": box, "ids": list(ids), "row_px": row_px}, on_moved_change=moved)
