"""A table script: its rows in a grid that can be edited, or only read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.library.scripts import Row, Script
from lib.orders.parts import LINE_GAP_S
from lib.script import clock
from lib.script.pauses import PAUSE_MAX_S
from lib.script.visible import visible
from lib.scripting.cells import TEXTS, edited
from lib.scripting.state import ScriptState, UnitState
from lib.scripting.words import state_in_short, timing_of, timing_words
from lib.ui.scripts import current, hear
from lib.ui.scripts import rows as rows_of
from lib.ui.services import services
from lib.ui.widgets import messages, style
from lib.web import sent

if TYPE_CHECKING:
    import pandas as pd

HEADER_PX, ROW_PX, LINE_PX, TABLE_MAX_PX = 37, 35, 20, 560
DRAWN = "_scripts_ticked_as_drawn"
LINE_CHARS, LINES_MAX = 40, 4  # of a text in its column


def live(now: ScriptState) -> None:
    """The table while it is being recorded; it cannot be edited."""
    frame = _frame(now).drop(columns=["✓"])
    for name in {"Title", "Speaker", "Text", "Voice"}.intersection(
        frame.columns
    ):  # in the editor they stay as they are
        frame[name] = frame[name].map(visible)
    columns = {name: each for name, each in _columns(now).items() if name in frame.columns}
    st.dataframe(
        frame,
        key="scripts_live",
        hide_index=True,
        height=_height_px(now),
        row_height=_row_px(now),
        alt="The script, one clip a row",
        column_config=columns,
    )


def _height_px(now: ScriptState) -> int:
    return min(TABLE_MAX_PX, HEADER_PX + _row_px(now) * max(3, len(now.rows)) + 2)


def _row_px(now: ScriptState) -> int:
    """So high that most texts are seen whole; a longer one opens with a double click or Enter."""
    lengths = sorted(len(row.text) for row in now.rows) or [0]
    most = lengths[int(0.9 * (len(lengths) - 1))]
    return ROW_PX + LINE_PX * min(LINES_MAX - 1, most // LINE_CHARS)


def show(now: ScriptState) -> None:
    """The editable table of a script, and the buttons for its rows."""
    ids, key = [row.id for row in now.rows], current.key("table")
    if key not in st.session_state:  # it begins without edits, and with the ticks of before
        st.session_state.get("_scripts_edits", {}).pop(key, None)
        st.session_state[DRAWN] = rows_of.ticked()
    st.data_editor(
        _frame(now),
        key=key,
        hide_index=True,
        height=_height_px(now),
        row_height=_row_px(now),
        alt="The script, one clip a row" if _is_table(now) else "The dialogue, one turn a row",
        disabled=["No.", "State", "Timing"],
        column_config=_columns(now),
        on_change=_edited,
        args=(now.script, key, ids),
    )
    if now.timings:
        style.facts(*timing_of(now), count=_times_kept(now))
    ticked = _picked(now)
    with style.row("row_scripts_rows", spread=False):
        rows_of.buttons(now.script, ticked, len(ids), has_times=bool(now.timings))
    hear.of_rows(now, ticked)


def picked(now: ScriptState) -> list[UnitState]:
    """The states of the ticked rows."""
    ids = {f"row-{row.id}" for row in _picked(now)}
    return [item for item in now.units if item.unit.id in ids]


def _frame(now: ScriptState) -> "pd.DataFrame":
    import pandas as pd  # here, so that the first page need not wait 0.3 s for it

    words = {item.unit.id: state_in_short(item, services().jobs) for item in now.units}
    rows, label = now.rows, services().catalogue.voice_label
    ticked = st.session_state.get(DRAWN, ())
    frame = pd.DataFrame(  # a phone shows the first columns
        {
            "✓": [row.id in ticked for row in rows],
            "No.": range(1, len(rows) + 1),
            "State": [words.get(f"row-{row.id}", "") for row in rows],
            "Voice": [label(now.cast.of(row)) for row in rows],
            "Start": ["" if row.start_s is None else clock.short(row.start_s) for row in rows],
            "Title": [row.title for row in rows],
            "Speaker": [row.speaker for row in rows],
            "Text": [row.text for row in rows],
            "Timing": [timing_words(now.timings.get(row.id)) for row in rows],
            "Pause, s": [_pause_s(row) for row in rows],
        }
    )
    return frame.drop(columns=list(_unused(now)))


def _unused(now: ScriptState) -> set[str]:
    """The columns without a meaning: speakers in a table without any, the clips of a dialogue."""
    used = {name: any(getattr(row, TEXTS[name]) for row in now.rows) for name in TEXTS}
    without = {name for name in ("Title", "Speaker", "Voice") if not used[name]}
    if _is_table(now):
        without.discard("Voice")
        if not now.timings:
            without.discard("Title")
    else:
        without.add("State")
    if not now.timings:
        without |= {"Start", "Timing"}
    elif _all_have_times(now):
        without.add("Pause, s")
    return without


def _times_kept(now: ScriptState) -> str:
    return (
        "Each row begins at its time" if _all_have_times(now) else "A row with a time begins at it"
    )


def _all_have_times(now: ScriptState) -> bool:
    return all(row.start_s is not None for row in now.rows)


def _is_table(now: ScriptState) -> bool:
    return now.script.kind == "table"


def _pause_s(row: Row) -> float:
    return LINE_GAP_S if row.pause_after_s is None else row.pause_after_s


def _columns(now: ScriptState) -> dict[str, Any]:
    lines = _voice_lines(now.cast.model)
    return {
        "✓": st.column_config.CheckboxColumn(width=44, help="Tick rows to do something with them"),
        "No.": st.column_config.NumberColumn(width=44),
        "Title": st.column_config.TextColumn(width=104),
        "Speaker": st.column_config.TextColumn(width=100),
        "Text": st.column_config.TextColumn(width=234 if now.timings else 288),
        "Voice": st.column_config.SelectboxColumn(
            options=list(lines),
            format_func=lambda label: lines[str(label)],
            width=100,
            required=True,
        ),
        "Pause, s": st.column_config.NumberColumn(
            width=88,
            min_value=0.0,
            max_value=PAUSE_MAX_S,
            format="%.1f",
            help="Silence after it, where all rows are one file",
        ),
        "Start": st.column_config.TextColumn(
            width=70,
            validate=r"^\s*((\d+:)?\d+:)?\d+([.,]\d+)?\s*$",
            help="When it is heard where all rows are one file, such as 1:02.5. A row that you "
            "move takes the time of its new place.",
        ),
        "Timing": st.column_config.TextColumn(
            width=200, help="How its sound fits the time of the caption"
        ),
        "State": st.column_config.TextColumn(width=105),
    }


def _voice_lines(model: str) -> dict[str, str]:
    """A line for each voice by its name, such as "Ashley · woman, warm, natural".

    The cell shows its beginning; the language of most voices is left out, to have room for more.
    """
    voices = services().catalogue.voices(model)
    languages = Counter(voice.language_name for voice in voices)
    usual = max(languages, key=languages.__getitem__, default="")
    return {
        voice.label: " · ".join(
            [
                voice.label,
                *([voice.language_name] if voice.language_name != usual else []),
                voice.description,
            ]
        )
        for voice in voices
    }


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
