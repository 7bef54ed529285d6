"""The columns of a table script: which there are, and what their cells say."""

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import streamlit as st

from lib.library.scripts import Row
from lib.orders.parts import LINE_GAP_S
from lib.script import clock
from lib.script.pauses import PAUSE_MAX_S
from lib.scripting.cells import TEXTS
from lib.scripting.state import ScriptState
from lib.scripting.words import state_in_short, timing_words
from lib.ui.services import services

if TYPE_CHECKING:
    import pandas as pd

PAST_THE_CELL = " " * 30


def frame_of(now: ScriptState, ticked: Collection[int]) -> "pd.DataFrame":
    """A row for each of the script, with the columns that mean something in it. ticked: ids."""
    import pandas as pd  # here, so that the first page need not wait 0.3 s for it

    words = {item.unit.id: state_in_short(item, services().jobs) for item in now.units}
    rows, label = now.rows, services().catalogue.voice_label
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
    if is_table(now):
        without.discard("Voice")
        if not now.timings:
            without.discard("Title")
    else:
        without.add("State")
    if not now.timings:
        without |= {"Start", "Timing"}
    elif all_have_times(now):
        without.add("Pause, s")
    return without


def all_have_times(now: ScriptState) -> bool:
    return all(row.start_s is not None for row in now.rows)


def is_table(now: ScriptState) -> bool:
    return now.script.kind == "table"


def _pause_s(row: Row) -> float:
    return LINE_GAP_S if row.pause_after_s is None else row.pause_after_s


def columns_of(now: ScriptState) -> dict[str, Any]:
    """How each column is drawn and edited, by its name."""
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

    The language of most voices is left out, to have room for more. The cell shows the name alone:
    its canvas draws each blank, and the list of all voices draws many of them as one.
    """
    voices = services().catalogue.voices(model)
    languages = Counter(voice.language_name for voice in voices)
    usual = max(languages, key=languages.__getitem__, default="")
    return {
        voice.label: voice.label
        + PAST_THE_CELL
        + " · ".join(
            [
                "",
                *([voice.language_name] if voice.language_name != usual else []),
                voice.description,
            ]
        )
        for voice in voices
    }
