"""A file that is being brought in, and the choices for its table, kept until they are used.

They outlast a reload, too: the choices come back with a file of the same columns, the text with
gaps with any file.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lib.ui import session
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, style

DRAFT = "scripts-file"
FOR_ANY_FILE = ("fill", "template")


def uploader(place: str, endings: Sequence[str]) -> UploadedFile | None:
    """The uploader, and its file, which stays when another page is visited meanwhile."""
    widget = current.key(f"file_{place}")

    def changed() -> None:
        # Streamlit has these bytes in memory anyway, and forgets them with the page.
        st.session_state[_held(place)] = st.session_state[widget]

    file = st.file_uploader(
        "Bring in a file",
        endings,
        key=widget,
        help="Text, Word, Markdown, a spreadsheet or captions",
        on_change=changed,
    )
    held: UploadedFile | None = st.session_state.get(_held(place))
    line = st.empty()  # what follows keeps its place on the page, with this line and without
    if file is None and held:
        with line, style.row(f"row_scripts_file_{place}", spread=False):
            style.facts("kept until it is used", count=held.name)
            st.button(
                "Remove",
                key=f"scripts_remove_{place}",
                type="tertiary",
                on_click=_remove,
                args=(place,),
            )
    return file or held


def _remove(place: str) -> None:
    messages.clear()
    forget(place)


def forget(place: str) -> None:
    """The file has become a script, or is not wanted any more."""
    st.session_state.pop(_held(place), None)
    _save({})


def choices(header: Sequence[str]) -> dict[str, Any]:
    """What was chosen for a table with these columns, and the text with gaps, by their names."""
    kept = services().library.drafts.get(session.browser(), DRAFT)
    if kept.get("header") == list(header):
        return kept
    return {name: kept[name] for name in FOR_ANY_FILE if name in kept}


def choose(header: Sequence[str], name: str, value: Any) -> None:
    """Keep one choice. name: of a field of a row, or "times", "fill" or "template"."""
    _save(choices(header) | {"header": list(header), name: value})


def _save(kept: dict[str, Any]) -> None:
    services().library.drafts.put(session.browser(), DRAFT, kept, owner=session.OWNER)


def _held(place: str) -> str:
    return f"_scripts_file_{place}"
