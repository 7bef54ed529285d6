"""The preferences of the whole installation: what new work begins with, what may be spent."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from lib import export
from lib.engines import OFFLINE
from lib.library import choices
from lib.speech import FORMATS
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import messages, shortlist, studio_draft, style, voice_select

WORK, COST, FILES, PLAYER = (
    "settings_work", "settings_cost", "settings_files", "settings_player",
)  # fmt: skip
FILE_NAMES = {
    export.PATTERN: "Title and voice, with a number in a ZIP of a script",
    "{title}_{voice}_{take}": "Title and voice, never a number",
    "{number}-{title}": "Title, with a number in a ZIP of a script",
    "{title as typed}": "The title exactly as typed, as telephone systems need it",
}
EXAMPLE = export.Named(title="Welcome to our store", voice="Ashley", number="07")
LABELS = {
    "voice": "Voice",
    "model": "Model",
    "format": "Format",
    "confirm_above_usd": "Ask first when a click costs more than",
    "usd_per_million": "Price of 1,000 characters, for estimates",
    "pace": "Parts of a text recorded at once",
    "file_names": "Files are named by",
    "plain_player": "Play with the browser’s own player",
}
PLACES = {"voice": WORK, "model": WORK, "format": WORK, "file_names": FILES, "plain_player": PLAYER}


def show() -> None:
    """The sections that hold for everybody. Each change is saved at once, and says so."""
    _new_work()
    _cost()
    _files()
    _player()


def _new_work() -> None:
    the = services()
    now, catalogue = the.library.preferences.get(), the.catalogue
    st.header("New work begins with", anchor=False)
    style.about("For everybody here. Clips and scripts that are already made stay as they are.")
    if session.key() is None:
        built_in = catalogue.voice_label(session.default_voice(OFFLINE))
        style.facts(f"As long as there is no key, it begins with {built_in}, a built-in voice")
    models = [model.id for model in catalogue.models]
    model = now.model if now.model in models else models[0]
    voices = {voice.id: voice for voice in shortlist.first(catalogue.voices(model))}
    voice = now.voice if now.voice in voices else catalogue.default_voice(model)
    _choice("voice", list(voices), voice, lambda each: voice_select.voice_line(voices[each]))
    _choice("model", models, model, voice_select.model_line)
    style.facts(voice_select.model_price(model))
    _choice("format", list(FORMATS), now.format, str.upper)
    _saved(WORK)


def _cost() -> None:
    the = services()
    now = the.library.preferences.get()
    st.header("Cost and limits", anchor=False)
    style.about("For everybody here.")
    asked_usd = float(the.orders.confirm_above_usd)
    st.number_input(
        LABELS["confirm_above_usd"],
        0.0,
        max(1000.0, asked_usd),
        asked_usd,
        step=0.1,
        icon=":material/attach_money:",
        key="settings_confirm_above_usd",
        help="In US dollars. What costs less starts at once.",
        on_change=_keep,
        args=("confirm_above_usd",),
    )
    model = now.model or the.catalogue.models[0].id
    assumed_usd = float(the.prices.assumed_usd_per_million(model) or Decimal(0)) / 1000
    st.number_input(
        LABELS["usd_per_million"],
        0.0,
        max(10.0, assumed_usd),
        assumed_usd,
        step=0.001,
        format="%.4f",
        icon=":material/attach_money:",
        key="settings_usd_per_thousand",
        help="In US dollars. Used only while the voice service does not say its own price.",
        on_change=_keep_price,
    )
    st.slider(
        LABELS["pace"],
        1,
        the.settings.pace_max,
        min(now.pace or the.settings.pace, the.settings.pace_max),
        key="settings_pace",
        help="More is faster for long texts, until the service asks to slow down.",
        on_change=_keep,
        args=("pace",),
    )
    _saved(COST)


def _files() -> None:
    now = services().library.preferences.get().file_names or export.PATTERN
    st.header("File names", anchor=False)
    style.about("For everybody here, in downloads and in ZIPs.")
    st.selectbox(
        LABELS["file_names"],
        list(dict.fromkeys([*FILE_NAMES, now])),
        index=list(dict.fromkeys([*FILE_NAMES, now])).index(now),
        format_func=lambda pattern: FILE_NAMES.get(pattern, pattern),
        accept_new_options=True,
        key="settings_file_names",
        help="Or type your own, of " + ", ".join(f"{{{field}}}" for field in export.FIELDS),
        on_change=_keep_file_names,
    )
    names = [export.file_name(replace(EXAMPLE, take=take), "mp3", pattern=now) for take in (1, 2)]
    style.facts(names[0], f"another take {names[1]}", count="For example")
    _saved(FILES)


def _player() -> None:
    st.header("Player", anchor=False)
    st.toggle(
        LABELS["plain_player"],
        services().library.preferences.get().plain_player,
        key="settings_plain_player",
        help="For everybody here, in place of the waveform.",
        on_change=_keep,
        args=("plain_player",),
    )
    _saved(PLAYER)


def whereabouts() -> None:
    """Facts for the operator of this installation."""
    the = services()
    st.header("Where everything is kept", anchor=False)
    style.about("Clips, texts and the record of what was spent stay with this Soundcheck.")
    style.facts(str(the.settings.data_dir), count="Data folder")
    style.facts(the.library.database.version, the.library.database.place, count="Library")
    style.facts(the.library.files.place, count="Sound files")
    if the.library.held_back:
        style.notice("advice", "No old sound file is put away.", the.library.held_back)
    style.facts(the.settings.base_url, count="Voice service")


def _choice(name: str, options: list[str], now: str, words: Callable[[str], str]) -> None:
    st.selectbox(
        LABELS[name],
        options,
        index=options.index(now),
        format_func=words,
        key=f"settings_{name}",
        on_change=_keep,
        args=(name,),
    )


def _saved(place: str) -> None:
    """Below the section, so that none of its fields moves."""
    if note := messages.notice(place):
        style.notice(note.kind, note.strong, note.text)


def _keep(name: str) -> None:
    _store(name, st.session_state[f"settings_{name}"])


def _keep_price() -> None:
    _store("usd_per_million", round(st.session_state["settings_usd_per_thousand"] * 1000, 6))


def _keep_file_names() -> None:
    pattern = st.session_state["settings_file_names"]
    if not isinstance(pattern, str):
        return
    if problem := export.problem_of(pattern):
        messages.clear()
        messages.tell("Files keep the names they had.", problem, kind="failure", place=FILES)
        return
    _store("file_names", pattern)


def _store(name: str, value: object) -> None:
    """Save this preference only: another person may be changing another one."""
    messages.clear()
    the = services()
    if not _is_offered(name, value):
        return  # not an option of the select: the old value stays, and the page shows it
    the.library.preferences.remember({name: value})
    if name == "pace" and isinstance(value, int):
        the.engines.pace.ceiling = min(value, the.settings.pace_max)
    if name in studio_draft.FIELDS:
        studio_draft.take_defaults()
    place = PLACES.get(name, COST)
    messages.tell(f"{LABELS[name]}:", "saved for everybody.", kind="success", place=place)


def _is_offered(name: str, value: object) -> bool:
    if name == "model" and value == OFFLINE:
        return False  # the built-in voices are used when nothing is chosen
    return services().catalogue.offers(name, value) and choices.PREFERENCES[name](value)
