"""The preferences of the whole installation, and where its data is stored."""

from decimal import Decimal
from typing import Any

import streamlit as st

from lib.engines import OFFLINE
from lib.library import choices
from lib.speech import FORMATS
from lib.ui.services import services
from lib.ui.widgets import shortlist, studio_draft, style


def show() -> None:
    """The sections for the defaults, for money and pace, and for the player."""
    the = services()
    now = the.library.preferences.get()
    catalogue = the.catalogue
    st.header("Defaults", anchor=False)
    style.about("For everybody who uses this Soundcheck. Each change is kept at once.")
    models = [model.id for model in catalogue.models]
    model = now.model if now.model in models else models[0]
    _choice("Model", "model", models, model, catalogue.model_label)
    voices = [voice.id for voice in shortlist.first(catalogue.voices(model))]
    voice = now.voice if now.voice in voices else catalogue.default_voice(model)
    _choice("Voice", "voice", voices, voice, lambda each: catalogue.voice_label(each))
    _choice("Format", "format", list(FORMATS), now.format, str.upper)
    st.header("Money and pace", anchor=False)
    _number(
        "Ask once more above",
        "confirm_above_usd",
        float(the.orders.confirm_above_usd),
        "US dollars for one click. Below it, Generate starts at once.",
        most=1000.0,
        step=0.1,
    )
    _number(
        "Price of a million characters, if the service does not say",
        "usd_per_million",
        float(the.prices.assumed_usd_per_million(model) or Decimal(0)),
        "US dollars, for the estimates beside Generate. What the service charges is what counts.",
        most=10_000.0,
        step=1.0,
    )
    st.slider(
        "Parts recorded at once",
        1,
        the.settings.pace_max,
        min(now.pace or the.settings.pace, the.settings.pace_max),
        key="settings_pace",
        help="More is faster for long texts, until the service asks to slow down.",
        on_change=_keep,
        args=("pace",),
    )
    st.toggle(
        "Use the browser's own player",
        now.plain_player,
        key="settings_plain_player",
        help="In place of the waveform, if that does not work for you.",
        on_change=_keep,
        args=("plain_player",),
    )


def whereabouts() -> None:
    """Facts for the operator of this installation."""
    the = services()
    st.header("Where your data lives", anchor=False)
    style.about("Clips, texts and the record of what was spent stay on this installation.")
    style.facts(str(the.settings.data_dir), count="Data folder")
    style.facts(the.library.database.version, the.library.database.place, count="Library")
    style.facts(the.library.files.place, count="Sound files")
    if the.library.held_back:
        style.notice("advice", "No old sound file is put away.", the.library.held_back)
    style.facts(the.settings.base_url, count="Voice service")


def _choice(label: str, name: str, options: list[str], now: str, words: Any) -> None:
    st.selectbox(
        label,
        options,
        index=options.index(now),
        format_func=words,
        key=f"settings_{name}",
        on_change=_keep,
        args=(name,),
    )


def _number(label: str, name: str, now: float, help: str, *, most: float, step: float) -> None:
    st.number_input(
        label,
        0.0,
        max(most, now),
        now,
        step=step,
        key=f"settings_{name}",
        help=help,
        on_change=_keep,
        args=(name,),
    )


def _keep(name: str) -> None:
    """Save this preference only: another person may be changing another one."""
    the = services()
    value = st.session_state[f"settings_{name}"]
    if not _is_offered(name, value):
        return  # not an option of the select: the old value stays, and the page shows it
    the.library.preferences.remember({name: value})
    if name == "pace":
        the.engines.pace.ceiling = min(value, the.settings.pace_max)
    if name in studio_draft.FIELDS:
        studio_draft.take_defaults()


def _is_offered(name: str, value: object) -> bool:
    if name == "model" and value == OFFLINE:
        return False  # the offline voice is used when nothing is chosen
    return services().catalogue.offers(name, value) and choices.PREFERENCES[name](value)
