"""The page Scripts: many lines at once; only changed ones are paid for."""

import streamlit as st

from lib import money
from lib.library import limits
from lib.library.scripts import Kind, Script
from lib.scripting.state import ScriptState
from lib.speech import FORMATS
from lib.ui import session
from lib.ui.scripts import (
    check_up,
    current,
    keeping,
    lexicon,
    progress,
    record,
    results,
    rows,
    saved,
    start,
    table,
    take_out,
    text,
    who_speaks,
)
from lib.ui.services import services
from lib.ui.widgets import messages, shortlist, style
from lib.ui.widgets.voice_select import model_line, retirement, voice_line


def show() -> None:
    """The page: the script, its check-up, its editor, and its results."""
    script = current.current()
    messages.undo("scripts")
    if script is None:
        if current.is_gone():
            _say_gone(current.deleted())
        with st.container(key="work_scripts"):
            messages.show(current.PAGE)
        start.empty()
        return
    current.open_page(script)
    drawn = progress.seen(script)
    now = current.state_of(script)
    progress.follow(now)
    who_speaks.keep(now)
    if keeping.keep_on_top(now):
        now = current.state_of(now.script)
    _head(now)
    _choices(now)
    check_up.show(now)
    _editor(now)
    record.show(now, drawn)
    if not now.is_running:
        results.show(now)


def _say_gone(deleted: Script | None) -> None:
    if deleted is None:
        why = "The address is not complete, or it is of another installation. Your scripts has all."
        style.notice("advice", "This script is not here.", why)
        return
    style.notice("advice", f"“{deleted.title}” was deleted.", "Its clips are still in the Library.")
    st.button(
        "Bring the script back",
        key="scripts_bring_back",
        icon=":material/undo:",
        on_click=current.restore,
        args=(deleted.id,),
    )


def beside() -> None:
    """The popovers beside the title: the scripts of the installation, and its lexicon."""
    script = current.current()
    cast = current.cast_of(script) if script else None
    model = cast.model if cast else session.default_model()
    with style.row("row_scripts_beside", spread=False, at="top", width="content"):
        saved.button()
        lexicon.button(model, cast.voice if cast else session.default_voice(model))


def _head(now: ScriptState) -> None:
    script = now.script
    with style.row("row_scripts_head"):
        with st.container(key="words_scripts_head", gap=None, width="content"):
            style.title(script.title)
            style.facts(
                start.KINDS[script.kind],
                *_size(now),
                f"saved {money.ago(script.changed_at_s)}",
            )
        with style.row("row_scripts_tools", spread=False, at="top", width="content"):
            take_out.button(now)
            _more(now)


def _size(now: ScriptState) -> list[str]:
    if now.rows:
        return [money.count(len(now.rows), "row" if now.script.kind == "table" else "turn")]
    if now.script.kind == "document":
        return [money.count(len(now.units), "clip")]
    return []


def _more(now: ScriptState) -> None:
    script = now.script
    with st.popover("More", type="tertiary", key=f"scripts_more_{script.id}"):
        field = f"scripts_title_{script.id}"
        st.text_input(
            "Name", value=script.title, key=field, on_change=_rename, args=(script, field)
        )
        if other := _other_kind(now):
            st.button(
                f"Read it as a {start.KINDS[other].lower()}",
                key="scripts_kind",
                on_click=_change_kind,
                args=(script, other),
            )
        st.button(
            "Delete script",
            key=f"scripts_delete_{script.id}",
            icon=":material/delete:",
            on_click=current.delete,
            args=(script,),
        )


def _other_kind(now: ScriptState) -> Kind | None:
    """The kind that the script can be read as instead: rows with speakers are turns, too."""
    match now.script.kind:
        case "table":
            return "dialogue" if any(row.speaker for row in now.rows) else None
        case "dialogue":
            return "table" if now.rows else "document"
        case "document":
            return "dialogue"


def _rename(script: Script, field: str) -> None:
    messages.clear()
    if words := limits.title(st.session_state[field]):
        services().library.scripts.change(script.id, title=words)


def _change_kind(script: Script, kind: Kind) -> None:
    messages.clear()
    current.turn()
    services().library.scripts.change(script.id, kind=kind)


def _choices(now: ScriptState) -> None:
    """The selects for the default voice, the model and the format."""
    catalogue = services().catalogue
    voices = {voice.id: voice for voice in shortlist.first(catalogue.voices(now.cast.model))}
    with style.row("row_cast_scripts", spread=False, at="bottom"):
        if label := _voice_label(now):
            widget = current.choice("voice", now.cast.voice)
            st.selectbox(
                label,
                list(voices),
                index=list(voices).index(now.cast.voice),
                key=widget,
                format_func=lambda voice: voice_line(voices[voice]),
                width=360,
                on_change=_chosen,
                args=(now.script, "voice", widget),
            )
        label = f"{catalogue.model_label(now.cast.model)} · {now.cast.format.upper()}"
        with style.popover(label, "scripts_quality", quiet=True) as is_open:
            if is_open:
                _quality(now)


def _voice_label(now: ScriptState) -> str:
    """What the script's own voice says; "" in a dialogue in which all speakers have theirs."""
    if now.script.kind != "dialogue":
        return "Voice"
    nameless = any(not (turn.speaker or turn.voice) for turn in now.turns)
    return "Voice of lines without a name" if nameless else ""


def _quality(now: ScriptState) -> None:
    models = list(services().catalogue.model_ids)
    widget = current.choice("model", now.cast.model)
    st.selectbox(
        "Model",
        models,
        index=models.index(now.cast.model),
        key=widget,
        format_func=model_line,
        on_change=_chosen,
        args=(now.script, "model", widget),
    )
    retirement(now.cast.model, current.PAGE, lambda model: current.choose(now.script, model=model))
    form = current.choice("format", now.cast.format)
    st.segmented_control(
        "Format",
        FORMATS,
        default=now.cast.format,
        key=form,
        format_func=str.upper,
        required=True,
        on_change=_chosen,
        args=(now.script, "format", form),
    )


def _chosen(script: Script, field: str, widget: str) -> None:
    current.choose(script, **{field: st.session_state[widget]})


def _editor(now: ScriptState) -> None:
    is_table = now.script.kind == "table"
    messages.undo(rows.place(now.script))
    if is_table and now.is_running:  # then it is part of what draws itself anew
        return
    if is_table or now.rows:
        table.show(now)
    else:
        text.show(now)
    who_speaks.show(now)
