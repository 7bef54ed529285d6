"""Begin a script: write on an empty page, bring in a file, or try a ready one."""

import streamlit as st

from lib.errors import SpeechError
from lib.library.scripts import Kind, Row
from lib.starters import SCRIPTS
from lib.ui import session
from lib.ui.scripts import bring_in, current
from lib.ui.services import services
from lib.ui.widgets import messages, style

KINDS: dict[Kind, str] = {"table": "Table", "dialogue": "Dialogue", "document": "Document"}


def empty() -> None:
    """The empty page: type, paste, drop a file, or begin with a ready script."""
    with st.container(key="writing_scripts_new", gap=None):
        st.text_area(
            "Script",
            value=services().library.drafts.get(session.browser(), current.PAGE).get("text", ""),
            key="scripts_paste",
            on_change=_keep,
            height=160,
            label_visibility="collapsed",
            placeholder="Type or paste a script: lines, a dialogue, a table from a spreadsheet…",
        )
        with style.row("row_act_scripts"):
            style.facts("Nothing is recorded before you see the price")
            st.button("Use this text", key="scripts_use", type="primary", on_click=bring_in.typed)
        bring_in.pasted()
    bring_in.dropped("new")
    st.header("Or start from one of these", anchor=False)
    for number, (name, (kind, text, rows)) in enumerate(SCRIPTS.items()):
        first = rows[0][1] if rows else text.splitlines()[-1]
        about = f"{KINDS[kind]}: “{first}”"
        style.offer(f"scripts_{number}", name, about, "Use this script", _start, name)


def _keep() -> None:
    """Save the typed text, so that it is still there after a reload or on return to the page."""
    text = st.session_state["scripts_paste"]
    try:
        bring_in.check_typed(text)
    except SpeechError as error:
        messages.say(error)
        return
    draft = {"script": None, "text": text}
    services().library.drafts.put(session.browser(), current.PAGE, draft, owner=session.OWNER)


def _start(name: str) -> None:
    kind, text, rows = SCRIPTS[name]
    stored = [
        Row(position=place, title=title, text=words) for place, (title, words) in enumerate(rows)
    ]
    current.begin(kind, name, text=text, rows=stored)
