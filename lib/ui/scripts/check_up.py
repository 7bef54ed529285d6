"""The check-up of a script: what may be misread, and a mend for each place."""

from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from lib import money
from lib.intake.brought import named
from lib.library.scripts import Script
from lib.script.language import NAMES
from lib.script.visible import verbatim
from lib.scripting.check_up import Note, language_in, notes_of
from lib.scripting.state import ScriptState
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import style

AT_ONCE_CHARS = 50_000  # about 0.5 s of work; longer scripts are checked on request
SHOWN_AT_ONCE = 30
SAID_CHARS = 40


def show(now: ScriptState) -> None:
    """A line with the first notes; all notes, and those of a long script, only on request."""
    mends: dict[str, str] = now.script.form.get("mends", {})
    short = sum(len(item.unit.text) for item in now.units) <= AT_ONCE_CHARS
    is_open = bool(st.session_state.get("scripts_checkup"))
    with st.spinner("Checking…", show_time=True) if not short else nullcontext():
        notes = _notes(now) if short or is_open else []
    if short and not notes and not mends:
        return
    if notes:
        words = named([_words(note) for note in notes])
        style.notice("advice", f"{money.count(len(notes), 'place')} may be misread.", f"{words}.")
    label = f"Check-up: {money.count(len(mends), 'mend')}" if mends and not notes else "Check-up"
    with st.expander(label, key="scripts_checkup", on_change="rerun") as expander:
        if expander.open:
            style.facts("A mend changes what is said. Your script stays as you typed it.")
            _language(now)
            if not notes:
                style.facts("Nothing else to mend was found")
            _offers(now.script, notes)
            _mended(now.script, mends)


def _words(note: Note) -> str:
    """Such as "“Dr. Smith” (row 3)"; what is wrong with it is said in the check-up."""
    if note.finding is None:
        return f"{note.place[0].lower()}{note.place[1:]}"
    return f"“{note.finding.said[:SAID_CHARS]}” ({note.place[0].lower()}{note.place[1:]})"


def _notes(now: ScriptState) -> list[Note]:
    words = {entry.word for entry in services().library.lexicon.entries()}
    return notes_of(
        now,
        known=words,
        row_max_chars=services().settings.text_max_chars,
        catalogue=services().catalogue,
    )


def _language(now: ScriptState) -> None:
    """The language of the script, which can be chosen: only in English, words are offered."""
    looks = language_in(replace(now, script=replace(now.script, form={})), services().catalogue)
    seen = NAMES.get(looks, "another language") if looks else "not certain"
    widget = current.key("language")
    st.selectbox(
        "Language",
        ["", *NAMES],
        index=["", *NAMES].index(now.script.form.get("language", "")),
        key=widget,
        format_func=lambda code: NAMES.get(code, f"As it looks: {seen}"),
        width=240,
        on_change=lambda: current.choose(now.script, language=st.session_state[widget]),
    )
    if language_in(now, services().catalogue) != "en":
        style.facts("Words are offered for English only; here, places are only shown.")


def _offers(script: Script, notes: list[Note]) -> None:
    for number, note in enumerate(notes[:SHOWN_AT_ONCE]):
        with style.row(f"row_scripts_check_{number}"):
            said = f"“{note.finding.said[:SAID_CHARS]}”" if note.finding else note.place
            around = [f"{note.place}: “{note.around}”"] if note.around else []
            style.facts(note.message, *around, count=said)
            if note.finding and note.finding.mend is not None:
                st.button(
                    verbatim(_offer(note.finding.mend)),
                    key=current.key(f"mend_{number}"),
                    type="tertiary",
                    icon=":material/auto_fix_high:",
                    on_click=current.choose_one,
                    args=(script, "mends", note.finding.said, note.finding.mend),
                )
    everything = {
        note.finding.said: note.finding.mend
        for note in notes
        if note.finding and note.finding.mend is not None
    }
    if len(everything) > 1:
        st.button(
            f"Mend all {len(everything)}",
            key=current.key("mend_all"),
            on_click=current.choose_some,
            args=(script, "mends", everything),
        )
    if (more := len(notes) - SHOWN_AT_ONCE) > 0:
        style.facts(f"and {money.count(more, 'place')} more, once these are done")


def _offer(mend: str) -> str:
    return f"Say “{mend}”" if mend else "Leave it out"


def _mended(script: Script, mends: dict[str, str]) -> None:
    for number, (said, mend) in enumerate(mends.items()):
        with style.row(f"row_scripts_mended_{number}"):
            style.facts(f"is said “{mend}”" if mend else "is left out", count=f"“{said}”")
            st.button(
                "As typed",
                key=current.key(f"unmend_{number}"),
                type="tertiary",
                icon=":material/undo:",
                on_click=current.choose_one,
                args=(script, "mends", said, None),
            )
