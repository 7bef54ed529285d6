"""The writing card: the text, its voice, and the expected cost."""

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.orders.plan import Plan
from lib.speech import FORMATS
from lib.ui.services import services
from lib.ui.studio import form, voice_sample
from lib.ui.widgets import hidden_value, shortlist, style, voice_select


def show() -> None:
    """The card. Each widget also gets its value as its default: the browser shows the default if a
    newer run of the page begins before the browser has drawn the value."""
    if hidden_value.value("studio_model") == OFFLINE:
        services().engines.warm()  # loads the voice while the text is typed
    with st.container(key="writing", gap=None):
        st.text_area(
            "Text",
            value=hidden_value.shown("studio_text"),
            key=hidden_value.key("studio_text"),
            height=128,
            label_visibility="collapsed",
            placeholder="Type or paste what should be said…",
            on_change=form.save,
        )
        with style.row("row_choices", spread=False):
            _choices()
        voice_sample.show()
        with style.row("row_act"):
            _expectation()
            st.button(
                "Generate",
                key="studio_generate",
                type="primary",
                icon=":material/graphic_eq:",
                shortcut="Mod+Enter",
                on_click=form.generate,
            )


def _choices() -> None:
    catalogue = services().catalogue
    model = hidden_value.value("studio_model")
    voices = {voice.id: voice for voice in shortlist.first(catalogue.voices(model))}
    st.selectbox(
        "Voice",
        list(voices),
        index=list(voices).index(hidden_value.shown("studio_voice")),
        key=hidden_value.key("studio_voice"),
        format_func=lambda voice: voice_select.voice_line(voices[voice]),
        label_visibility="collapsed",
        width=404,
        on_change=form.save,
    )
    voice_sample.button()
    format_label = hidden_value.value("studio_format").upper()
    with st.popover(
        f"{catalogue.model_label(model)} · {format_label}",
        type="tertiary",
        icon=":material/tune:",  # on a phone it stands for the words
        key="studio_quality",
    ):
        models = list(catalogue.model_ids)
        st.selectbox(
            "Model",
            models,
            index=models.index(model),
            key=hidden_value.key("studio_model"),
            format_func=voice_select.model_line,
            on_change=hidden_value.taken("studio_model", models, form.follow_model),
        )
        style.facts(voice_select.model_price(model))
        voice_select.retirement(model, form.PAGE, form.change_model)
        st.segmented_control(
            "Format",
            FORMATS,
            default=hidden_value.value("studio_format"),
            key=hidden_value.key("studio_format"),
            format_func=str.upper,
            required=True,
            on_change=hidden_value.taken("studio_format", FORMATS, form.save),
        )


def _expectation() -> None:
    """Show the number of characters, the length and the price before anything is bought."""
    if not hidden_value.shown("studio_text").strip():
        style.facts("Nothing to say yet", "the price appears here")
        return
    try:
        plan = services().orders.plan(form.request())
    except SpeechError as error:
        style.facts(str(error))
        return
    style.facts(
        *([f"{money.count(len(plan.pieces), 'part')}"] if len(plan.pieces) > 1 else []),
        money.spoken_length(plan.length_s),
        _price(plan),
        *plan.removed,
        count=money.count(len(plan.text), "character"),
    )


def _price(plan: Plan) -> str:
    """Such as "about $0.002", "free", "already made: free" or "3 parts new, about $0.001"."""
    if plan.request.model == OFFLINE:
        return "free"
    if not plan.new:
        return "already made: free"
    price = money.price_before(plan.usd)
    reused = len(plan.pieces) > len(plan.new)
    return f"{money.count(len(plan.new), 'part')} new, {price}" if reused else price
