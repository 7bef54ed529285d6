"""Taking a script out: its clips by name and order in one ZIP, and its words as a table."""

import io
from dataclasses import replace

import streamlit as st

from lib import export, money
from lib.script import dialogue
from lib.ui import look, rows
from lib.ui.desk import Desk
from lib.ui.house import house


def button(now: Desk) -> None:
    """The popover **Take out**."""
    with st.popover(
        "Take out", key="scripts_out", icon=":material/download:", on_change="rerun"
    ) as popover:
        if not popover.open:
            return
        ready = sum(item.state == "recorded" for item in now.items)
        if ready:
            missing = len(now.items) - ready
            if missing:
                look.facts(f"{missing} not recorded yet: without sound in the ZIP")
            st.download_button(
                f"{money.count(ready, 'clip')} as a ZIP",
                data=lambda: zip_of(now),
                file_name=_name(now, "zip"),
                mime="application/zip",
                key="scripts_out_zip",
                icon=":material/folder_zip:",
                on_click="ignore",
            )
        else:
            look.facts("Once something is recorded, its clips are here.")
        st.download_button(
            "The script as CSV",
            data=lambda: csv_of(now),
            file_name=_name(now, "csv"),
            mime="text/csv",
            key="scripts_out_csv",
            icon=":material/table:",
            on_click="ignore",
        )


def zip_of(now: Desk) -> bytes:
    """In memory: a download button takes nothing else in the end."""
    library = house().library
    places = len(str(len(now.items)))
    numbered = [
        (f"{number:0{places}} {item.unit.title}", item.clip.id)
        for number, item in enumerate(now.items, 1)
        if item.clip and item.state == "recorded"
    ]
    clips = {clip.id: clip for clip in library.listing.many([each for _, each in numbered])}
    target = io.BytesIO()
    export.zip_file(
        (
            replace(rows.entry(clips[clip_id]), title=title)
            for title, clip_id in numbered
            if clip_id in clips
        ),
        target,
    )
    return target.getvalue()


def csv_of(now: Desk) -> bytes:
    """As it can be brought in again."""
    if now.script.kind == "table":
        return export.csv_bytes(
            ("Title", "Text", "Voice", "Pause"),
            ((row.title, row.text, row.voice, row.pause_after_s) for row in now.rows),
        )
    if now.script.kind == "dialogue":
        turns = dialogue.lines(now.script.text)
        return export.csv_bytes(("Speaker", "Text"), ((line.speaker, line.text) for line in turns))
    return export.csv_bytes(
        ("Title", "Text"), ((item.unit.title, item.unit.text) for item in now.items)
    )


def _name(now: Desk, suffix: str) -> str:
    return export.file_name(now.script.title, "script", suffix)
