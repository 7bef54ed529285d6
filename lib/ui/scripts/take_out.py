"""The popover **Take out**: a script's clips in a ZIP, as one sound, or its text."""

import streamlit as st

from lib import export, money
from lib.scripting.state import ScriptState
from lib.speech import FORMATS, Format
from lib.take_out import PreparedFiles
from lib.take_out.script import ScriptFiles, Taken, heard_in
from lib.tasks import Progress
from lib.ui.services import services
from lib.ui.widgets import preparing, style
from lib.ui.widgets.preparing import File

CLIPS, ONE, WORDS = "Clips", "One file", "Script"
CAPTIONS = {"srt": "Captions as SRT", "vtt": "Captions as WebVTT"}


def button(now: ScriptState) -> None:
    """The popover **Take out**."""
    with style.popover("Take out", "scripts_out", icon="download") as is_open:
        if is_open:
            _choices(now)


def _choices(now: ScriptState) -> None:
    ready = len(now.recorded)
    if not ready:
        style.facts("Once something is recorded, its clips are here.")
        _words(now)
        return
    what = st.segmented_control(
        "What to take out",
        (CLIPS, ONE, WORDS),
        default=CLIPS if len(now.units) > 1 else ONE,
        key=f"scripts_out_what_{now.script.id}",
        required=True,
        label_visibility="collapsed",
    )
    if what == WORDS:
        _words(now)
        return
    if missing := len(now.units) - ready:
        style.facts(f"{missing:,} not recorded yet: left out")
    if what == CLIPS:
        _clips(now, ready)
    else:
        _one(now, ready)


def _clips(now: ScriptState, ready: int) -> None:
    style.facts("One ZIP: clips by number and name, a list of them, and the script")
    with_captions = st.checkbox("With captions", value=True, key="scripts_out_captions")
    preparing.show(
        "scripts_out",
        (CLIPS, now.script, *heard_in(now), with_captions),
        f"Prepare {money.count(ready, 'clip')}",
        lambda progress: [zip_of(now, progress, with_captions=with_captions)],
    )


def _one(now: ScriptState, ready: int) -> None:
    if ready > 1:
        style.facts("One sound, a chapter for each clip, with captions that follow it")
    else:
        style.facts("The sound with its title and voices written into it, and captions")
    chosen: Format | None = st.segmented_control(
        "Format",
        FORMATS,
        default=now.cast.format,
        key="scripts_out_format",
        format_func=str.upper,
        required=True,
    )
    format = chosen or now.cast.format
    preparing.show(
        "scripts_out",
        (ONE, now.script, *heard_in(now), format),
        "Prepare one file",
        lambda progress: joined_of(now, progress, format=format),
    )


def _words(now: ScriptState) -> None:
    files = files_of(now)
    for label, suffix, icon, make in (
        ("The script as CSV", "csv", ":material/table:", files.csv),
        ("The script for Word", "docx", ":material/description:", files.docx),
    ):
        st.download_button(
            label,
            data=make,
            file_name=_name(now, suffix),
            key=f"scripts_out_{suffix}",
            icon=icon,
            on_click="ignore",
        )


def zip_of(now: ScriptState, progress: Progress, *, with_captions: bool) -> File:
    """Prepare a ZIP of its clips; returns the link to it."""
    made = files_of(now).zip(progress, with_captions=with_captions)
    label = f"Download ZIP, {money.size(made.size_bytes)}"
    return File(name=made.name, save_as=_name(now, made.suffix), label=label)


def joined_of(now: ScriptState, progress: Progress, *, format: Format) -> list[File]:
    """Prepare one sound of all clips, and its captions; returns the links to them."""
    return [_file(now, made) for made in files_of(now).joined(progress, format=format)]


def _file(now: ScriptState, made: Taken) -> File:
    who = made.voices[0] if len(made.voices) == 1 else money.count(len(made.voices), "voice")
    length, size = money.length(made.length_s), money.size(made.size_bytes)
    label = CAPTIONS.get(made.suffix, f"Download {made.suffix.upper()}, {length}, {size}")
    return File(name=made.name, save_as=_name(now, made.suffix, who), label=label)


def files_of(now: ScriptState) -> ScriptFiles:
    the = services()
    prepared = PreparedFiles(the.settings)
    return ScriptFiles(state=now, library=the.library, catalogue=the.catalogue, prepared=prepared)


def _name(now: ScriptState, suffix: str, who: str = "script") -> str:
    return export.file_name(export.Named(title=now.script.title, voice=who), suffix)
