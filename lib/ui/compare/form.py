"""Compare's form: the script and the chosen voices. It is saved as a draft, as Studio's form is."""

from typing import Any

import streamlit as st

from lib import money
from lib.catalogue import Voice
from lib.engines import OFFLINE
from lib.orders.parts import Request
from lib.script import clean
from lib.starters import COMPARE
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import (
    hidden_value,
    messages,
    set_aside,
    share_link,
    shortlist,
    style,
    voice_select,
)

PAGE = "compare"
CAST = ("models", "voices", "offline")
FIRST_VOICES = 4  # chosen at first if there is no shortlist


def prepare() -> None:
    """Fill the widgets that are about to be drawn for the first time on this visit."""
    asked = share_link.given("text", "models", "voices")
    if not asked and "compare_script" in st.session_state:
        return
    before = services().library.drafts.get(session.browser(), PAGE)
    set_aside.keep(PAGE, before.get("script", ""), asked.get("text", ""))
    draft = before | _asked(asked)
    with_key = session.key() is not None
    models = [model for model in draft.get("models", []) if model in cloud_models()]
    usual = [session.default_model()] if with_key else []
    voices = [voice.id for voice in cloud_voices()]
    usual_voices = [voice for voice in voices if voice in shortlist.shortlisted()]
    first_voices = usual_voices or voices[:FIRST_VOICES]
    chosen = [voice for voice in draft.get("voices", first_voices) if voice in voices]
    built_in = [voice.id for voice in services().catalogue.voices(OFFLINE)]
    first = [] if with_key else built_in[:FIRST_VOICES]
    offline = [voice for voice in draft.get("offline", first) if voice in built_in] or first
    fill(draft.get("script", ""), models or usual, chosen if with_key else [], offline)


def fill(script: str, models: list[str], voices: list[str], offline: list[str]) -> None:
    """Put these values into the form. offline: the chosen built-in voices."""
    st.session_state["compare_script"] = script
    for field, chosen in zip(CAST, (models, voices, offline), strict=True):
        hidden_value.put(f"compare_{field}", chosen)
    save()


def _asked(address: dict[str, str]) -> dict[str, Any]:
    """The values of a shared address as a draft. The address lists built-in voices as voices."""
    found: dict[str, Any] = {}
    if "text" in address:
        found["script"] = address["text"]
    if "models" in address:
        found["models"] = address["models"].split(",")
    if "voices" in address:
        names = address["voices"].split(",")
        built_in = {voice.id for voice in services().catalogue.voices(OFFLINE)}
        found["voices"] = [name for name in names if name not in built_in]
        found["offline"] = [name for name in names if name in built_in]
    return found


def save(**more: Any) -> None:
    """Save the draft. more: other values to save with it, such as the audition on the page."""
    before = services().library.drafts.get(session.browser(), PAGE)
    now = {field: hidden_value.value(f"compare_{field}") for field in CAST}
    now["script"] = clean(st.session_state["compare_script"]).text
    after = before | now | more
    if after == before:
        return
    messages.forget_question(PAGE)  # it was about the form as it stood before
    services().library.drafts.put(session.browser(), PAGE, after, owner=session.OWNER)


def script() -> str:
    """The script as it was saved last."""
    draft = services().library.drafts.get(session.browser(), PAGE)
    return str(draft.get("script", ""))


def write(script: str) -> None:
    st.session_state["compare_script"] = script
    save()


def choose(voices: list[str]) -> None:
    hidden_value.put("compare_voices", voices)
    save()


def requests() -> list[Request]:
    """One request for each voice of each chosen model, in the order of the catalogue."""
    catalogue, wording = services().catalogue, services().library.lexicon.entries()
    asked = [(model, hidden_value.value("compare_voices")) for model in chosen_models()]
    asked.append((OFFLINE, hidden_value.value("compare_offline")))
    return [
        Request(
            script=st.session_state["compare_script"],
            model=model,
            voice=voice.id,
            format=services().library.preferences.get().format,
            wording=wording,
        )
        for model, wanted in asked
        for voice in catalogue.voices(model)
        if voice.id in wanted
    ]


def cloud_models() -> list[str]:
    return [model.id for model in services().catalogue.models]


def cloud_voices() -> list[Voice]:
    """The voices of all cloud models, each once; the shortlist first."""
    known: dict[str, Voice] = {}
    for model in services().catalogue.models:
        known |= {voice.id: voice for voice in model.voices if voice.id not in known}
    return shortlist.first(known.values())


def chosen_models() -> list[str]:
    """The chosen cloud models in the catalogue's order; none without a key."""
    if session.key() is None:
        return []
    return [model for model in cloud_models() if model in hidden_value.value("compare_models")]


def picker() -> None:
    """A popover to choose voices and models; its label says what is chosen."""
    built_in = [voice.id for voice in services().catalogue.voices(OFFLINE)]
    with st.popover(_label(), key="compare_cast", icon=":material/record_voice_over:"):
        if session.key() is not None:
            _pills("Voices", "voices", [voice.id for voice in cloud_voices()])
            with style.row("row_compare_quick", spread=False, at="top"):
                _quick("All of them", "all", [voice.id for voice in cloud_voices()])
                _quick("None", "none", [])
            _pills("Models", "models", cloud_models())
        else:
            style.facts("The cloud voices can be compared once a key is in Settings.")
        _pills("Built-in voices, free", "offline", built_in)


def starters() -> None:
    """Ready scripts, shown on an empty page."""
    st.header("Or start from one of these", anchor=False)
    for number, (name, script) in enumerate(COMPARE.items()):
        style.offer(f"compare_{number}", name, f"“{script}”", "Use this script", write, script)


def share() -> None:
    values = {
        "text": st.session_state["compare_script"],
        "models": ",".join(chosen_models()),
        "voices": ",".join(
            [*hidden_value.value("compare_voices"), *hidden_value.value("compare_offline")]
        ),
    }
    share_link.link("compare", values, label="Link")


def _pills(label: str, field: str, options: list[str]) -> None:
    built_in = services().catalogue.voices(OFFLINE)
    brief = {voice.id: voice.brief for voice in (*cloud_voices(), *built_in)}
    name = f"compare_{field}"
    st.pills(
        label,
        options,
        selection_mode="multi",
        default=[each for each in hidden_value.value(name) if each in options],
        key=hidden_value.key(name),
        format_func=voice_select.model_line if field == "models" else brief.__getitem__,
        on_change=hidden_value.taken(name, options, save),
    )


def _quick(label: str, name: str, voices: list[str]) -> None:
    st.button(label, key=f"compare_{name}", type="tertiary", on_click=choose, args=(voices,))


def _label() -> str:
    chosen = hidden_value.value("compare_voices") + hidden_value.value("compare_offline")
    labels = [services().catalogue.voice_label(each) for each in chosen]
    return money.listed("voice", labels) if labels else "Choose voices"
