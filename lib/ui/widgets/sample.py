"""Hear a voice before choosing it: one short sample a voice, recorded on request, then free."""

from functools import partial

import streamlit as st

from lib import money
from lib.library.recordings import Recording
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import buying, clip_card, hidden_value, messages
from lib.ui.widgets.buying import Order


def button() -> None:
    """ "Hear this voice", with its price where it still has one."""
    st.button(
        label("Hear this voice", sample()),
        key="studio_hear",
        type="tertiary",
        icon=":material/volume_up:",
        on_click=_hear,
    )


def show() -> None:
    """The sample's player, once it has been asked for; it starts by itself."""
    wanted = sample()
    said = wanted.pieces[0].utterance
    if st.session_state.get("_heard") != said.key:
        return
    recording = services().library.recordings.get(said.key)
    if recording is None:
        return
    with st.container(key="sample_studio"):
        name = f"Sample of {services().catalogue.voice_label(said.voice)}"
        play(f"studio_sample_{said.key}", recording, name)


def sample() -> Plan:
    """What the voice in the form says to be heard."""
    model, voice = hidden_value.value("studio_model"), st.session_state["studio_voice"]
    return session.plan(
        Request(
            script=services().catalogue.sample_text(model, voice),
            model=model,
            voice=voice,
            format="mp3",
        )
    )


def _hear() -> None:
    """The voice that is in the form at the click."""
    messages.clear()
    buying.spend(_order)


def _order() -> Order | None:
    wanted = sample()
    st.session_state["_heard"] = wanted.pieces[0].utterance.key
    return order(wanted, f"Sample of {services().catalogue.voice_label(wanted.request.voice)}")


# ---- Any short sample, also a word of the lexicon ----


def label(words: str, wanted: Plan) -> str:
    """What its button says: the words, and the price where it still has one."""
    is_free = not wanted.new or wanted.usd == 0
    return words if is_free else f"{words} · {money.price_before(wanted.usd)}"


def order(wanted: Plan, title: str) -> Order | None:
    """To record it; None where it is recorded already."""
    if not wanted.new:
        return None
    return Order(
        offer=session.offer(wanted.new),
        words=title,
        begin=partial(session.submit, wanted, kind="sample", title=title),
    )


def play(key: str, recording: Recording, name: str) -> None:
    """A small player that starts by itself."""
    clip_card.sound_player(
        key=key,
        file=recording.file,
        name=name,
        length_s=recording.length_s,
        peaks=recording.peaks,
        autoplay=True,
        small=True,
    )
