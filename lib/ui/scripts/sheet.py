"""A table that is brought in: which column is what, and a preview of its rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from lib import intake, money
from lib.errors import SpeechError
from lib.intake import Mapping, Sheet
from lib.script import Line, clock
from lib.script.visible import visible
from lib.scripting.brought import kind_of
from lib.ui.scripts import current, kept_file, read_as
from lib.ui.scripts.read_as import File
from lib.ui.widgets import messages, style

PREVIEW_ROWS = 5
FIELDS = {"text": "Text", "title": "Title", "voice": "Voice", "speaker": "Speaker",
          "pause": "Pause after it"}  # fmt: skip
FILL_IN = "A text with gaps to fill in"
NONE = "—"


def show(found: Sheet, brought: File, *, use: Callable[[File, tuple[Line, ...]], None]) -> None:
    """Which column is what, a preview, and the button that calls `use`."""
    guess, place = intake.guess(found), brought.place
    head = st.container()
    style.facts("Choose which column is what", count=money.count(len(found.rows), "row"))
    _first_row(found, brought)
    kept = kept_file.choices(found.header)
    mapping = _mapping(found, guess, place, kept)
    if mapping.start and not st.toggle(
        "Keep the times of the captions" if found.read_as.kind == "captions" else "Keep the times",
        value=kept.get("times", True),
        help="Each row starts at its time in the joined sound; the pauses are made to fit",
        **_kept("times", found, place),
    ):
        mapping = replace(mapping, start="", end="")
    if st.toggle(
        FILL_IN,
        value=kept.get("fill", False),
        help="One text, filled in from each row",
        **_kept("fill", found, place),
    ):
        st.text_area(
            "Text with gaps",
            value=kept.get("template", ""),
            placeholder=f"Hello {{{found.header[0]}}}, …",
            help="A column's name in braces becomes that row's words",
            **_kept("template", found, place),
        )
    try:
        lines, notes = _lines(found, mapping, place)
    except SpeechError as error:
        style.notice("failure", str(error), error.hint)
        return
    for note in notes:
        style.facts(note)
    left = [] if _template(place) else intake.unused(found, mapping)
    if left and found.read_as.kind == "table":
        style.facts(f"Left out: {money.listed('column', list(left))}")
    words = "\n".join(line.text for line in lines)
    with head:
        read_as.show(found, brought, brought.wanted.kind or kind_of(lines), words)
    _preview(lines)
    st.button(
        f"Use {money.count(len(lines), 'row')}",
        key=f"scripts_rows_{place}",
        on_click=_use,
        args=(found, mapping, brought, use),
        disabled=not lines,
    )


def _first_row(found: Sheet, brought: File) -> None:
    """Ask whether the first row names the columns: in some languages that cannot be told."""
    first = next((number for number, _ in found.read_as.top), 0)
    if found.header_number not in (0, first) or found.read_as.kind != "table":
        return
    widget = current.key(f"first_row_{brought.place}_{found.header_number}")
    st.toggle(
        "The first row has the names of the columns",
        value=found.header_number == first,
        key=widget,
        on_change=lambda: read_as.change(
            brought, "header", first if st.session_state[widget] else 0
        ),
    )


def _use(
    found: Sheet, mapping: Mapping, brought: File, use: Callable[[File, tuple[Line, ...]], None]
) -> None:
    """Use the rows, filled in with the text with gaps as it is at the press."""
    messages.clear()
    try:
        lines, _ = _lines(found, mapping, brought.place)
    except SpeechError as error:
        messages.say(error)
        return
    use(brought, lines)


def _lines(found: Sheet, mapping: Mapping, place: str) -> intake.Brought:
    if template := _template(place):
        return intake.filled(found, mapping, template)
    return intake.lines(found, mapping)


def _template(place: str) -> str:
    """The text with gaps; "" if there is none."""
    is_wanted = st.session_state.get(current.key(f"fill_{place}"))
    text = st.session_state.get(current.key(f"template_{place}")) or ""
    return text if is_wanted and text.strip() else ""


def _mapping(found: Sheet, guess: Mapping, place: str, kept: dict[str, Any]) -> Mapping:
    """A select for each field of a row; at first the likely column, or the one chosen before."""
    chosen: dict[str, str] = {}
    with style.row(f"row_scripts_map_{place}", spread=False, at="top"):
        for field, label in FIELDS.items():
            columns = ["", *found.header]
            now = kept.get(field)
            if now not in columns:  # a browser can send anything
                now = getattr(guess, field)
            chosen[field] = st.selectbox(
                label,
                columns,
                index=columns.index(now),
                format_func=lambda column: visible(column) or NONE,
                width=150,
                **_kept(field, found, place),
            )
    return replace(guess, **chosen)


def _kept(name: str, found: Sheet, place: str) -> dict[str, Any]:
    """The key of a widget whose value is kept, and what keeps it."""
    widget = current.key(f"{name}_{place}")

    def keep() -> None:
        kept_file.choose(found.header, name, st.session_state[widget])

    return {"key": widget, "on_change": keep}


def _preview(lines: tuple[Line, ...]) -> None:
    """The first lines, with the columns that any line uses."""
    fields = {"Title": "title", "Speaker": "speaker", "Text": "text", "Voice": "voice"}
    used = {
        name: field
        for name, field in fields.items()
        if field == "text" or any(getattr(line, field) for line in lines)
    }
    rows = [
        [getattr(line, field) or NONE for field in used.values()] for line in lines[:PREVIEW_ROWS]
    ]
    if any(line.start_s is not None for line in lines):
        starts = (NONE if line.start_s is None else clock.short(line.start_s) for line in lines)
        rows = [[start, *cells] for start, cells in zip(starts, rows, strict=False)]
        used = {"Start": "start_s", **used}
    style.table(list(used), rows)
    if len(lines) > PREVIEW_ROWS:
        style.facts(f"and {len(lines) - PREVIEW_ROWS:,} more")
