"""Scripts: many lines at once, and only what changed is paid for."""

import streamlit as st

from lib import money
from lib.library.scripts import Kind, Row, Script
from lib.speech import FORMATS
from lib.ui import (
    actions,
    bring_in,
    desk,
    look,
    script_check,
    script_out,
    script_results,
    script_run,
    script_table,
    script_text,
    session,
    shortlist,
    wording,
)
from lib.ui.desk import Desk
from lib.ui.house import house
from lib.ui.writing import retirement, voice_line

KINDS: dict[Kind, str] = {"table": "Table", "dialogue": "Dialogue", "document": "Document"}

STARTERS: dict[str, tuple[Kind, str, tuple[tuple[str, str], ...]]] = {
    "Phone prompts": (
        "table",
        "",
        (
            ("01 Welcome", "Welcome to Northwind. Please listen to the options."),
            ("02 Hours", "We are open from nine to six, Monday to Friday."),
            ("03 Orders", "To ask about an order, have your number ready."),
            ("04 Hold", "Please hold. We will be right with you."),
        ),
    ),
    "A conversation": (
        "dialogue",
        "Ashley: Welcome aboard! Is this your first trip with us?\n"
        "Craig: It is. I have never been this far north.\n"
        "Ashley: Then you are in for a treat. [pause 0.5 s] Look, over there!",
        (),
    ),
    "A training chapter": (
        "document",
        "# Before you start\n\nCheck that the guard is closed. Wear your gloves.\n\n"
        "# If the red light stays on\n\nStop. Step back, and call your supervisor. "
        "Never open the guard yourself.",
        (),
    ),
}


def show() -> None:
    script = desk.current()
    _undo_delete()
    if script is None:
        _empty()
        return
    now = desk.look_at(script)
    _head(now)
    _choices(now)
    script_check.show(now)
    _editor(now)
    script_run.show(now)
    if not script_run.is_running(script):
        script_results.show(now)


def beside() -> None:
    """At the page's head: the scripts of the installation, and its lexicon."""
    script = desk.current()
    cast = desk.cast_of(script) if script else None
    model = cast.model if cast else session.default_model()
    with st.container(key="row_scripts_beside", horizontal=True, width="content"):
        _saved()
        wording.button(model, cast.voice if cast else session.default_voice(model))


def _saved() -> None:
    """The scripts of the installation, to be opened again."""
    with st.popover(
        "Your scripts", key="scripts_saved", icon=":material/folder_open:", on_change="rerun"
    ) as popover:
        if not popover.open:
            return
        st.button(
            "New script",
            key="scripts_new",
            icon=":material/add:",
            on_click=_close_and_open,
            args=(None,),
        )
        found = house().library.scripts.saved(session.OWNER)
        if not found:
            look.facts("What you write here is kept, and found again here.")
        for each in found:
            with st.container(key=f"row_scripts_saved_{each.id}", horizontal=True):
                st.button(
                    look.verbatim(each.title),
                    key=f"scripts_open_{each.id}",
                    type="tertiary",
                    help=f"{KINDS[each.kind]} · changed {money.ago(each.changed_at_s)}",
                    on_click=_close_and_open,
                    args=(each.id,),
                )


def _close_and_open(script_id: int | None) -> None:
    st.session_state["scripts_saved"] = False
    desk.put_on_page(script_id)


def _undo_delete() -> None:
    gone = st.session_state.get("_script_deleted")
    if gone:
        with st.container(key="row_scripts_deleted", horizontal=True, vertical_alignment="center"):
            look.facts(f"“{gone.title}” deleted")
            st.button("Undo", key="scripts_undo", on_click=desk.undo_delete, args=(gone,))


# ---- An empty page ----


def _empty() -> None:
    """Type, paste, drop a file, or begin with something ready."""
    with st.container(key="writing_scripts_new", gap=None):
        st.text_area(
            "Script",
            key="scripts_paste",
            height=160,
            label_visibility="collapsed",
            placeholder="Type or paste a script: lines, a dialogue, a table from a spreadsheet…",
        )
        with st.container(
            key="row_act_scripts",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            look.facts("Nothing is recorded before you see the price")
            st.button("Use this text", key="scripts_use", type="primary", on_click=bring_in.typed)
    bring_in.dropped("new")
    st.header("Or start from one of these", anchor=False)
    for number, (name, (kind, text, rows)) in enumerate(STARTERS.items()):
        with st.container(
            key=f"card_starter_scripts_{number}",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            with st.container(key=f"words_scripts_{number}", gap=None):
                look.title(name)
                first = rows[0][1] if rows else text.splitlines()[-1]
                look.about(f"{KINDS[kind]}: “{first}”")
            st.button(
                "Use this script",
                key=f"scripts_starter_{number}",
                on_click=_start,
                args=(name,),
            )


def _start(name: str) -> None:
    kind, text, rows = STARTERS[name]
    stored = [
        Row(position=place, title=title, text=words) for place, (title, words) in enumerate(rows)
    ]
    desk.begin(kind, name, text=text, rows=stored)


# ---- A script on the page ----


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
                KINDS[script.kind],
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
                f"Read it as a {KINDS[other].lower()}",
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
    if words := " ".join(st.session_state[field].split()):
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
        script_table.deleted(now.script)
        if not script_run.is_running(now.script):  # then it is part of what draws itself anew
            script_table.show(now)
    else:
        script_text.show(now)
