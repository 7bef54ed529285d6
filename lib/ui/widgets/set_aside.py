"""The text of a form that a link, or a press, has put another one in the place of."""

from collections.abc import Callable

import streamlit as st

from lib.ui.widgets import style


def keep(page: str, before: str, now: str) -> None:
    """Remember what stood in the form of this page, if the text that comes is another one."""
    if now and before.strip() and before != now:
        st.session_state[f"_{page}_aside"] = before


def way_back(page: str, write: Callable[[str], None]) -> None:
    """A line that offers the text that was replaced. write: puts it into the form."""
    name = f"_{page}_aside"
    if name not in st.session_state:
        return

    def put_back() -> None:
        write(st.session_state.pop(name))

    with style.row(f"row_{page}_aside", spread=False):
        style.facts("The form has another text now. What you were writing is kept.")
        st.button("Put my text back", key=f"{page}_put_back", type="tertiary", on_click=put_back)
        st.button(
            "Not needed",
            key=f"{page}_forget_aside",
            type="tertiary",
            on_click=st.session_state.pop,
            args=(name, None),
        )
