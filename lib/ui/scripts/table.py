"""A table script: its rows in a grid that can be edited, or only read."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib.library.scripts import Row, Script
from lib.script.visible import visible
from lib.scripting.cells import edited
from lib.scripting.state import ScriptState, UnitState
from lib.scripting.words import timing_of
from lib.ui.scripts import columns, current, hear
from lib.ui.scripts import rows as rows_of
from lib.ui.services import services
from lib.ui.widgets import messages, style
from lib.ui.widgets.handles import handles
from lib.web import sent

HEADER_PX, ROW_PX, LINE_PX, TABLE_MAX_PX = 37, 35, 20, 560
DRAWN = "_scripts_ticked_as_drawn"
ROWS = "_scripts_rows_as_drawn"  # (the key of the grid, the ids of its rows)
WRAPPED_PX = 66  # Streamlit wraps texts in rows of over 64 px only
LINE_CHARS, LINES_MAX = 40, 4  # of a text in its column


def live(now: ScriptState) -> None:
    """The table while it is being recorded; it cannot be edited."""
    frame = columns.frame_of(now, ()).drop(columns=["✓"])
    texts = {"Title", "Speaker", "Text", "Voice"}  # which in the editor stay as they are
    for name in texts.intersection(frame.columns):
        frame[name] = frame[name].map(visible)
    shown = {name: each for name, each in columns.columns_of(now).items() if name in frame.columns}
    st.dataframe(
        frame,
        key="scripts_live",
        hide_index=True,
        height=_height_px(now),
        row_height=_row_px(now),
        alt="The script, one clip a row",
        column_config=shown,
    )


def _height_px(now: ScriptState) -> int:
    return min(TABLE_MAX_PX, HEADER_PX + _row_px(now) * max(3, len(now.rows)) + 2)


def _row_px(now: ScriptState) -> int:
    """So high that most texts are seen whole; a longer one opens with a double click or Enter."""
    lengths = sorted(len(row.text) for row in now.rows) or [0]
    most = lengths[int(0.9 * (len(lengths) - 1))]
    more = min(LINES_MAX - 1, most // LINE_CHARS)
    return max(ROW_PX + LINE_PX * more, WRAPPED_PX) if more else ROW_PX


def show(now: ScriptState) -> None:
    """The editable table of a script, and the buttons for its rows."""
    ids = [row.id for row in now.rows]
    if not _holds(now, current.key("table"), ids):
        current.turn()
    key = current.key("table")
    st.session_state[ROWS] = key, ids
    if key not in st.session_state:  # it begins without edits, and with the ticks of before
        st.session_state.get("_scripts_edits", {}).pop(key, None)
        st.session_state[DRAWN] = rows_of.ticked()
    what = "The script, one clip a row" if columns.is_table(now) else "The dialogue, one turn a row"
    with st.container(key="rows_scripts", gap=None):
        st.data_editor(
            columns.frame_of(now, st.session_state.get(DRAWN, ())),
            key=key,
            hide_index=True,
            height=_height_px(now),
            row_height=_row_px(now),
            alt=what,
            disabled=["No.", "State", "Timing"],
            column_config=columns.columns_of(now),
            on_change=_edited,
            args=(now.script, key, ids),
        )
        handles(
            "scripts_handles",
            box=".st-key-rows_scripts",
            ids=ids,
            row_px=_row_px(now),
            on_move=partial(rows_of.drop, now.script),
        )
    if now.timings:
        style.facts(*timing_of(now), count=_times_kept(now))
    ticked = _picked(now)
    with style.row("row_scripts_rows", spread=False):
        rows_of.buttons(now.script, ticked, len(ids), has_times=bool(now.timings))
    hear.of_rows(now, ticked)


def _holds(now: ScriptState, key: str, ids: list[int]) -> bool:
    """Whether the grid shows these rows as they are stored, and not what somebody else changed.

    It keeps its edits by the places of the rows, and shows them over whatever comes to a place.
    """
    drawn_key, drawn_ids = st.session_state.get(ROWS, (key, ids))
    if drawn_key == key and drawn_ids != ids:
        return False
    edits = sent.edits(st.session_state.get(key, {}).get("edited_rows"), len(ids))
    return all(edited(now.rows[place], cells) == now.rows[place] for place, cells in edits.items())


def picked(now: ScriptState) -> list[UnitState]:
    """The states of the ticked rows."""
    ids = {f"row-{row.id}" for row in _picked(now)}
    return [item for item in now.units if item.unit.id in ids]


def _times_kept(now: ScriptState) -> str:
    return (
        "Each row begins at its time"
        if columns.all_have_times(now)
        else "A row with a time begins at it"
    )


def _edited(script: Script, widget: str, ids: list[int]) -> None:
    """Store the cells that were edited since the last call; the grid sends all its edits each time.

    ids: of the rows as this grid shows them. A grid may send once more after it was replaced.
    """
    messages.clear()
    edits = sent.edits(st.session_state[widget]["edited_rows"], len(ids))
    before = st.session_state.get("_scripts_edits", {}).get(widget, {})
    rows = {row.id: row for row in services().library.scripts.rows(script.id)}
    changed = []
    for place, cells in edits.items():
        known = before.get(place, {}).items()
        new = {name: each for name, each in cells.items() if (name, each) not in known}
        row = rows.get(ids[place])
        if row and (after := edited(row, new)) != row:
            changed.append(after)
    services().library.scripts.put_rows(script.id, changed)
    st.session_state["_scripts_edits"] = {widget: edits}  # not before they are stored
    rows_of.tick(_ticked(edits, ids))


def _picked(now: ScriptState) -> list[Row]:
    edited = st.session_state.get(current.key("table"), {}).get("edited_rows")
    ids = [row.id for row in now.rows]
    ticked = _ticked(sent.edits(edited, len(ids)), ids)
    return [row for row in now.rows if row.id in ticked]


def _ticked(edits: Mapping[int, Mapping[str, Any]], ids: Sequence[int]) -> set[int]:
    """The ids of the rows that are ticked: as the table was drawn, but for these edits."""
    before = st.session_state.get(DRAWN, ())
    return {
        row_id
        for place, row_id in enumerate(ids)
        if edits.get(place, {}).get("✓", row_id in before)
    }
