"""A dialogue or a document: its text and its voices."""

from collections import Counter

import streamlit as st

from lib import money
from lib.library.scripts import Script
from lib.script import clean, dialogue
from lib.script.visible import visible
from lib.scripting.state import ScriptState
from lib.scripting.units import turns_of
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, pause, shortlist, style
from lib.ui.widgets.voice_select import voice_line

TEXT_PX = 280
SPEAKERS_SHOWN = 60  # each is a select of all voices; thousands would freeze the browser

PLACEHOLDERS = {
    "dialogue": "Ashley: Good morning!\nCraig: Good morning. How can I help?",
    "document": "# First chapter\n\nWhat is said in it…",
}


def show(now: ScriptState) -> None:
    """The editor of a dialogue or a document, with its pauses and the cast of a dialogue."""
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
    if now.script.kind == "dialogue":
        cast(now)


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


def cast(now: ScriptState) -> None:
    """A voice for each speaker."""
    turns = turns_of(now.script, now.rows, now.cast)
    names = dialogue.speakers(turns)
    if not names:
        style.facts("Write each turn as “Name: words”, one a line")
        return
    more = len(names) - SPEAKERS_SHOWN
    if more > 0:  # speakers without a voice come first, so that all are shown in time
        names = sorted(names, key=lambda name: now.cast.speaker(name) is not None)[:SPEAKERS_SHOWN]
    voices = {
        voice.id: voice for voice in shortlist.first(services().catalogue.voices(now.cast.model))
    }
    st.header("Who speaks", anchor=False)
    said = Counter(dialogue.same_person(turn.speaker) for turn in turns)
    with st.container(key="grid_scripts_cast"):
        for number, name in enumerate(names):
            chosen = now.cast.speaker(name)
            widget = current.key(f"speaker_{number}")
            with st.container(key=f"card_speaker_{number}"):
                style.title(name)
                style.facts(money.count(said[dialogue.same_person(name)], "turn"))
                st.selectbox(
                    f"Voice of {visible(name)}",  # not drawn, only read out by screen readers
                    list(voices),
                    index=list(voices).index(chosen) if chosen in voices else None,
                    key=widget,
                    format_func=lambda voice: voice_line(voices[voice]),
                    placeholder="Choose a voice",
                    label_visibility="collapsed",
                    on_change=_speaks,
                    args=(now.script, name, widget),
                )
    if more > 0:
        style.facts(
            f"and {money.count(more, 'more name')}, once these have a voice. "
            "If these are no names, open More and read the script as a document."
        )


def _speaks(script: Script, name: str, widget: str) -> None:
    chosen = st.session_state[widget]
    current.choose_one(script, "speakers", dialogue.same_person(name), chosen)
