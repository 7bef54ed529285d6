"""Scripts: many lines at once, and only what changed is paid for."""

import streamlit as st

from lib import money
from lib.library import limits
from lib.library.scripts import Kind, Script
from lib.speech import FORMATS
from lib.ui import (
    actions,
    bring_in,
    desk,
    look,
    script_check,
    script_out,
    script_results,
    script_rows,
    script_run,
    script_start,
    script_table,
    script_text,
    session,
    shortlist,
    wording,
    work,
)
from lib.ui.desk import Desk
from lib.ui.house import house
from lib.ui.writing import retirement, voice_line


def show() -> None:
    script = desk.current()
    script_start.undo_delete()
    if script is None:
        _notices()
        script_start.empty()
        return
    now = desk.look_at(script)
    _head(now)
    _choices(now)
    script_check.show(now)
    _editor(now)
    _notices()  # beside the button that leads to them: a long table is between it and the head
    script_run.show(now)
    if not now.is_running:
        script_results.show(now)


def _notices() -> None:
    with st.container(key="work_scripts"):
        work.notices()


def beside() -> None:
    """At the page's head: the scripts of the installation, and its lexicon."""
    script = desk.current()
    cast = desk.cast_of(script) if script else None
    model = cast.model if cast else session.default_model()
    with st.container(key="row_scripts_beside", horizontal=True, width="content"):
        script_start.saved()
        wording.button(model, cast.voice if cast else session.default_voice(model))


def _head(now: Desk) -> None:
    script = now.script
    with st.container(
        key="row_scripts_head",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        with st.container(key="words_scripts_head", gap=None, width="content"):
            look.title(script.title)
            look.facts(
                script_start.KINDS[script.kind],
                *_size(now),
                f"saved {money.ago(script.changed_at_s)}",
            )
        with st.container(key="row_scripts_tools", horizontal=True, width="content"):
            bring_in.button(now)
            script_out.button(now)
            _more(script)


def _size(now: Desk) -> list[str]:
    if now.script.kind == "table":
        return [money.count(len(now.rows), "row")]
    if now.script.kind == "document":
        return [money.count(len(now.items), "clip")]
    return []


def _more(script: Script) -> None:
    with st.popover("More", type="tertiary", key=f"scripts_more_{script.id}"):
        field = f"scripts_title_{script.id}"
        st.text_input(
            "Name", value=script.title, key=field, on_change=_rename, args=(script, field)
        )
        if script.kind != "table":
            other: Kind = "document" if script.kind == "dialogue" else "dialogue"
            st.button(
                f"Read it as a {script_start.KINDS[other].lower()}",
                key="scripts_kind",
                on_click=_change_kind,
                args=(script, other),
            )
        st.button(
            "Delete script",
            key=f"scripts_delete_{script.id}",
            icon=":material/delete:",
            on_click=desk.delete,
            args=(script,),
        )


def _rename(script: Script, field: str) -> None:
    actions.clear()
    if words := limits.title(st.session_state[field]):
        house().library.scripts.change(script.id, title=words)


def _change_kind(script: Script, kind: Kind) -> None:
    actions.clear()
    desk.turn()
    house().library.scripts.change(script.id, kind=kind)


def _choices(now: Desk) -> None:
    """The usual voice, the model and the format."""
    catalogue = house().catalogue
    voices = {voice.id: voice for voice in shortlist.first(catalogue.voices(now.cast.model))}
    with st.container(key="row_cast_scripts", horizontal=True, vertical_alignment="center"):
        widget = desk.key("voice")
        st.selectbox(
            "Voice",
            list(voices),
            index=list(voices).index(now.cast.voice),
            key=widget,
            format_func=lambda voice: voice_line(voices[voice]),
            label_visibility="collapsed",
            width=360,
            on_change=_chosen,
            args=(now.script, "voice", widget),
        )
        label = f"{catalogue.model_label(now.cast.model)} · {now.cast.format.upper()}"
        with st.popover(
            label, type="tertiary", key="scripts_quality", on_change="rerun"
        ) as quality:
            if quality.open:
                _quality(now)


def _quality(now: Desk) -> None:
    models = list(house().catalogue.model_ids)
    widget = desk.key("model")
    st.selectbox(
        "Model",
        models,
        index=models.index(now.cast.model),
        key=widget,
        format_func=house().catalogue.model_label,
        on_change=_chosen,
        args=(now.script, "model", widget),
    )
    retirement(now.cast.model, desk.PAGE, lambda model: desk.choose(now.script, model=model))
    form = desk.key("format")
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
    desk.choose(script, **{field: st.session_state[widget]})


def _editor(now: Desk) -> None:
    if now.script.kind == "table":
        script_rows.deleted(now.script)
        if not now.is_running:  # then it is part of what draws itself anew
            script_table.show(now)
    else:
        script_text.show(now)
