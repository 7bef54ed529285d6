"""Hear the voice that is chosen in Studio, before it says anything of one's own."""

import streamlit as st

from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.ui.services import services
from lib.ui.widgets import hidden_value, sample

PLACE = "studio"


def button() -> None:
    """ "Hear this voice", with its price where it still has one."""
    sample.button("Hear this voice", wanted(), key="studio_hear", on_click=_hear)


def show() -> None:
    """The sample's player, once it has been asked for; it starts by itself."""
    said = wanted().first
    recording = services().library.recordings.get(said.key)
    if recording and sample.is_asked(PLACE, said.key):
        with st.container(key="sample_studio"):
            sample.play(f"studio_sample_{said.key}", recording, _title(wanted()), autoplay=True)


def wanted() -> Plan:
    """What the voice in the form says to be heard."""
    model, voice = hidden_value.value("studio_model"), hidden_value.shown("studio_voice")
    script = services().catalogue.sample_text(model, voice)
    return services().orders.plan(Request(script=script, model=model, voice=voice, format="mp3"))


def _hear() -> None:
    """The voice that is in the form at the click."""
    sample.hear(PLACE, wanted, _title)


def _title(plan: Plan) -> str:
    return f"Sample of {services().catalogue.voice_label(plan.request.voice)}"
