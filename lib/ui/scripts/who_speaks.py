"""Who speaks in a script: a card for each speaker, with a voice that can be heard and changed."""

import zlib
from collections import Counter

import streamlit as st

from lib import money
from lib.catalogue import Voice
from lib.intake.brought import named
from lib.library.scripts import Script
from lib.orders.plan import Plan
from lib.script import dialogue
from lib.script.visible import visible
from lib.scripting.state import ScriptState
from lib.ui.scripts import current, hear, keeping
from lib.ui.services import services
from lib.ui.widgets import shortlist, style
from lib.ui.widgets.voice_select import voice_line

SHOWN = 60  # each is a select of all voices; thousands would freeze the browser
GIVEN = "_scripts_given"  # (id of the script, names of whom the page says that they got a voice)


def keep(now: ScriptState) -> None:
    """Write down the voices that were chosen for new speakers, and remember to say so once."""
    if names := keeping.keep_cast(now):
        script_id, before = st.session_state.get(GIVEN, (0, []))
        told = before if script_id == now.script.id else []
        st.session_state[GIVEN] = now.script.id, list(dict.fromkeys([*told, *names]))


def forget() -> None:
    """Say no more that voices were chosen: they are accepted, or another script is opened."""
    st.session_state.pop(GIVEN, None)


def show(now: ScriptState) -> None:
    """The speakers with their voices."""
    if not now.names:
        if now.script.kind == "dialogue":
            style.facts("Write each turn as “Name: words”, one a line")
        return
    names = _shown(now)
    drawn = hear.seen()
    st.header("Who speaks", anchor=False)
    _say_chosen(now)
    ordered = shortlist.first(services().catalogue.voices(now.cast.model))
    voices = {voice.id: voice for voice in ordered}
    samples = hear.samples(now, map(now.cast.speaker, names))
    said = Counter(dialogue.same_person(line.voice or line.speaker) for line in now.turns)
    thing = "row" if now.script.kind == "table" else "turn"
    with st.container(key="grid_scripts_cast"):
        for name in names:
            person = dialogue.same_person(name)
            key = zlib.crc32(person.encode())  # the places of cards change with the script
            with st.container(key=f"card_speaker_{key}"):
                style.title(name)
                style.facts(money.count(said[person], thing))
                _voice(now, key, name, voices)
                _hear(now, f"scripts_hear_{key}", name, samples[now.cast.speaker(name)])
    hear.watch("cast", drawn, samples.values())
    if (more := len(now.names) - SHOWN) > 0:
        style.facts(
            f"and {money.count(more, 'more name')}, which come up as you choose voices for these. "
            "If these are no names, open More and read the script as a document."
        )


def _shown(now: ScriptState) -> list[str]:
    """The names that get a card: of too many those first for which nobody has chosen a voice."""
    if len(now.names) <= SHOWN:
        return now.names
    chosen = now.cast.speakers
    return sorted(now.names, key=lambda name: dialogue.same_person(name) in chosen)[:SHOWN]


def _say_chosen(now: ScriptState) -> None:
    script_id, given = st.session_state.get(GIVEN, (0, []))
    keys = {dialogue.same_person(name) for name in given} - set(now.cast.speakers)
    names = [name for name in now.names if dialogue.same_person(name) in keys]
    if script_id == now.script.id and names:
        what, them = ("A voice was", "it") if len(names) == 1 else ("Voices were", "them")
        style.facts(f"{what} chosen for {named(names)}. Change {them} here.")


def _hear(now: ScriptState, key: str, name: str, wanted: Plan) -> None:
    words = "Hear this voice"
    hear.button(words, now.script, wanted, key=key, voice=lambda then: then.cast.speaker(name))
    hear.player(key, wanted)


def _voice(now: ScriptState, key: int, name: str, voices: dict[str, Voice]) -> None:
    voice = now.cast.speaker(name)
    widget = current.choice(f"speaker_{key}", voice)
    st.selectbox(
        f"Voice of {visible(name)}",  # not drawn, only read out by screen readers
        list(voices),
        index=list(voices).index(voice),
        key=widget,
        format_func=lambda voice: voice_line(voices[voice]),
        label_visibility="collapsed",
        on_change=_choose,
        args=(now.script, name, widget),
    )


def _choose(script: Script, name: str, widget: str) -> None:
    current.choose_one(script, "speakers", dialogue.same_person(name), st.session_state[widget])
