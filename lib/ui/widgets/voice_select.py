"""Texts beside a select of voices: a voice in one line, notices about the model and the key."""

from collections.abc import Callable

import streamlit as st

from lib.catalogue import Voice
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import going, style


def offline_line() -> None:
    """Say to a visitor without a key that only the built-in voices can be used."""
    if session.key() is not None:
        return
    voices = len(services().catalogue.voices(services().catalogue.models[0].id))
    key_line(
        "You are on the built-in voices.",
        f"They are free and work without internet. Add a key to hear the {voices} cloud voices.",
    )


def key_line(strong: str, text: str) -> None:
    """Say what a key would make possible, with a button to Settings."""
    with style.row("notice_offline"):
        style.notice("advice", strong, text)
        st.button("Add a key", key="studio_add_key", on_click=going.go_to, args=("settings",))


def voice_line(voice: Voice) -> str:
    """Such as "Ashley · English — woman, warm, natural"; a phone cuts the least important part."""
    return f"{voice.label} · {voice.language_name} — {voice.description}"


def retirement(model_id: str, place: str, change: Callable[[str], None]) -> None:
    """Say that a model will be retired, and offer its successor.

    place: the beginning of the button's key. change: called with the successor.
    """
    model = services().catalogue.model(model_id)
    if model is None or not model.notice:
        return
    style.facts(model.notice)
    if model.replaced_by:
        st.button(
            f"Use {services().catalogue.model_label(model.replaced_by)}",
            key=f"{place}_successor",
            type="tertiary",
            on_click=change,
            args=(model.replaced_by,),
        )
