"""A dialogue or a document: its text."""

import streamlit as st

from lib.library.scripts import Script
from lib.script import clean
from lib.scripting.state import ScriptState
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, pause, style

TEXT_PX = 280

PLACEHOLDERS = {
    "dialogue": "Ashley: Good morning!\nCraig: Good morning. How can I help?",
    "document": "# First chapter\n\nWhat is said in it…",
}


def show(now: ScriptState) -> None:
    """The editor of a dialogue or a document, with its pauses."""
    with st.container(key="writing_scripts", gap=None):
        st.text_area(
            "Script",
            value=now.script.text,
            key=current.key("text"),
            height=TEXT_PX,
            label_visibility="collapsed",
            placeholder=PLACEHOLDERS[now.script.kind],
            on_change=_written,
            args=(now.script, current.key("text")),
        )
        with style.row("row_choices_scripts", spread=False):
            if now.script.kind == "document":
                _in_one(now.script)
            pause.buttons("scripts_pauses", box=".st-key-writing_scripts textarea")


def _written(script: Script, widget: str) -> None:
    messages.clear()
    services().library.scripts.change(script.id, text=clean(st.session_state[widget]).text)


def _in_one(script: Script) -> None:
    widget = current.key("joined")

    def chosen() -> None:
        current.choose(script, joined=st.session_state[widget] == "One clip in all")

    options = ["A clip for each chapter", "One clip in all"]
    st.segmented_control(
        "Clips",
        options,
        default=options[1] if script.form.get("joined") else options[0],
        key=widget,
        label_visibility="collapsed",
        required=True,
        on_change=chosen,
    )
