"""Texts beside a select of voices: a voice in one line, notices about the model and the key."""

from collections.abc import Callable

import streamlit as st

from lib import money
from lib.catalogue import Voice
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import going, messages, style

AWAY = "offline_line"  # kept as a draft of this browser


def offline_line() -> None:
    """Say to a visitor without a key that only the built-in voices can be used.

    Once put away, it stays away in this browser.
    """
    if session.key() is not None or services().library.drafts.get(session.browser(), AWAY):
        return
    voices = len(services().catalogue.voices(services().catalogue.models[0].id))
    key_line(
        "You are on the built-in voices.",
        f"They are free and work without internet. Add a key to hear the {voices} cloud voices.",
        can_be_hidden=True,
    )


def key_line(strong: str, text: str, *, can_be_hidden: bool = False) -> None:
    """Say what a key would make possible, with a button to Settings."""
    with style.row("notice_offline"):
        style.notice("info", strong, text)
        st.button("Add a key", key="studio_add_key", on_click=going.add_a_key)
        if can_be_hidden:
            st.button("Hide", key="studio_hide_offline", type="tertiary", on_click=_put_away)


def _put_away() -> None:
    messages.clear()
    services().library.drafts.put(session.browser(), AWAY, {"away": True}, owner=session.OWNER)


def voice_line(voice: Voice) -> str:
    """Such as "Ashley · warm, natural · woman, English"; typing in the select finds each word."""
    return voice.line


def model_line(model_id: str) -> str:
    """Such as "TTS-1.5 Mini · quicker, half the price"."""
    model = services().catalogue.model(model_id)
    label = services().catalogue.model_label(model_id)
    return f"{label} · {model.about}" if model else label


def model_price(model_id: str) -> str:
    """Such as "$0.013 per 1,000 characters"."""
    return money.rate(services().prices.usd_per_million(model_id))


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
