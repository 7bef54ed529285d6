"""The texts that somebody was writing when a link, or a press, put another one into the form."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import style

MOST = 10


def keep(page: str, before: str, now: str) -> None:
    """Keep the text in the form of this page before another one comes into it.

    A text that came into the form in this way, and is still as it came, is nobody's writing.
    """
    if not now:
        return
    kept = _kept(page)
    texts = kept.get("texts", [])
    if before.strip() and before not in (now, kept.get("handed")):
        texts = [*(text for text in texts if text != before), before]
    _put(page, texts, handed=now)


def way_back(page: str, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """A line that offers the last text that was kept. read, write: the text of the form."""
    if not _kept(page).get("texts"):
        return

    def put_back() -> None:
        texts = _kept(page).get("texts", [])
        if texts:
            keep(page, read(), texts[-1])
            _put(page, [text for text in _kept(page)["texts"] if text != texts[-1]])
            write(texts[-1])

    with style.row(f"row_{page}_aside", spread=False):
        style.facts("The form has another text now. What you were writing is kept.")
        st.button("Put my text back", key=f"{page}_put_back", type="tertiary", on_click=put_back)
        st.button(
            "Not needed",
            key=f"{page}_forget_aside",
            type="tertiary",
            on_click=lambda: _put(page, []),
        )


def _kept(page: str) -> dict[str, Any]:
    """texts: the last one last. handed: the text that came into the form last."""
    return services().library.drafts.get(session.browser(), _place(page))


def _put(page: str, texts: list[str], *, handed: str = "") -> None:
    """Store the last texts, as many as there is room for."""
    drafts, texts = services().library.drafts, texts[-MOST:]
    while not drafts.put(
        session.browser(), _place(page), {"texts": texts, "handed": handed}, owner=session.OWNER
    ):
        texts = texts[1:]


def _place(page: str) -> str:
    return f"{page}-aside"
