"""Taking a script out: its clips in one ZIP, all of them as one sound, or its words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st

from lib import export, money
from lib.export.scripts import script_csv, script_docx
from lib.orders.parts import LINE_GAP_S
from lib.script import Line, chapters, dialogue
from lib.scripting.state import ScriptState
from lib.speech import FORMATS, Format
from lib.take_out import Item, Shelf, TakeOut, caption_files
from lib.ui.services import services
from lib.ui.widgets import clip_rows, preparing, style
from lib.ui.widgets.preparing import File, Progress

CLIPS, ONE, WORDS = "Clips", "One file", "Script"
CAPTIONS = {"srt": "Captions as SRT", "vtt": "Captions as WebVTT"}


def button(now: ScriptState) -> None:
    """The popover **Take out**."""
    with st.popover(
        "Take out", key="scripts_out", icon=":material/download:", on_change="rerun"
    ) as popover:
        if popover.open:
            _choices(now)


def _choices(now: ScriptState) -> None:
    ready = sum(item.state == "recorded" for item in now.units)
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
        (CLIPS, now.script, *_heard(now), with_captions),
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
        (ONE, now.script, *_heard(now), format),
        "Prepare one file",
        lambda progress: joined_of(now, progress, format=format),
    )


def _words(now: ScriptState) -> None:
    for label, suffix, icon, make in (
        ("The script as CSV", "csv", ":material/table:", csv_of),
        ("The script for Word", "docx", ":material/description:", docx_of),
    ):
        st.download_button(
            label,
            data=lambda make=make: make(now),  # type: ignore[misc]
            file_name=_name(now, suffix),
            key=f"scripts_out_{suffix}",
            icon=icon,
            on_click="ignore",
        )


def zip_of(now: ScriptState, progress: Progress, *, with_captions: bool) -> File:
    """Onto the shelf: clips by number and name, their captions, a list of them, and the script."""
    out, items = _out(), _items(now)
    words = (
        ("script.csv", csv_of(now)) if now.script.kind == "table" else ("script.docx", docx_of(now))
    )

    def entries() -> Iterator[export.Entry]:
        for done, item in enumerate(items):
            progress(done, len(items))
            yield _entry(out, item, with_captions=with_captions)

    name = out.zip(
        entries(),
        count=len(items),
        files=[words],
        expected_bytes=sum(item.clip.size_bytes or 0 for item in items),
    )
    return File(name=name, save_as=_name(now, "zip"), label=f"Download ZIP, {_size(name)}")


def _entry(out: TakeOut, item: Item, *, with_captions: bool) -> export.Entry:
    return replace(
        clip_rows.entry(item.clip),
        title=item.title,
        open=lambda: out.sound(item),
        beside=lambda: caption_files(out.captions(item)) if with_captions else {},
    )


def joined_of(now: ScriptState, progress: Progress, *, format: Format) -> list[File]:
    """Onto the shelf: one sound of all clips, and captions with its times."""
    made = _out().joined(_items(now), title=now.script.title, format=format, progress=progress)
    who = made.voices[0] if len(made.voices) == 1 else money.count(len(made.voices), "voice")
    label = f"Download {format.upper()}, {money.length(made.length_s)}, {_size(made.name)}"
    files = [File(name=made.name, save_as=_name(now, format, who), label=label)]
    stem, _, _ = made.name.partition(".")
    for suffix, words in caption_files(made.cues).items():
        _shelf().put(f"{stem}.{suffix}", words)
        files.append(
            File(name=f"{stem}.{suffix}", save_as=_name(now, suffix, who), label=CAPTIONS[suffix])
        )
    return files


def csv_of(now: ScriptState) -> bytes:
    """As it can be brought in again."""
    return script_csv(_lines(now))


def docx_of(now: ScriptState) -> bytes:
    """As typed; of a table each row with its title as a heading."""
    text = now.script.text
    if now.script.kind == "table":
        text = "\n".join(
            f"# {' '.join(line.title.split())}\n{line.text}" if line.title.strip() else line.text
            for line in _lines(now)
        )
    return script_docx(now.script.title, text)


def _lines(now: ScriptState) -> Sequence[Line]:
    if now.script.kind == "table":
        return [
            Line(text=row.text, title=row.title, voice=row.voice, pause_after_s=row.pause_after_s)
            for row in now.rows
        ]
    if now.script.kind == "dialogue":
        return dialogue.lines(now.script.text)
    return chapters.lines(now.script.text)


def _heard(now: ScriptState) -> Iterator[object]:
    """What can be taken out, in order: with another order or another sound it is made anew."""
    for item in now.units:
        if item.clip and item.state == "recorded":
            yield item.clip.id, item.unit.title, item.unit.pause_after_s


def _items(now: ScriptState) -> list[Item]:
    heard = [item for item in now.units if item.clip and item.state == "recorded"]
    ids = [item.clip.id for item in heard if item.clip]
    clips = {clip.id: clip for clip in services().library.listing.many(ids)}
    return [
        Item(
            clip=clips[clip_id],
            title=item.unit.title,
            lines=item.unit.request.lines if item.unit.request else (),
            pause_after_s=LINE_GAP_S
            if item.unit.pause_after_s is None
            else item.unit.pause_after_s,
        )
        for item, clip_id in zip(heard, ids, strict=True)
        if clip_id in clips
    ]


def _out() -> TakeOut:
    the = services()
    return TakeOut(the.library, _shelf(), voice_label=the.catalogue.voice_label)


def _shelf() -> Shelf:
    return Shelf(services().settings)


def _size(name: str) -> str:
    path = _shelf().local(name)
    return money.size(path.stat().st_size if path else 0)


def _name(now: ScriptState, suffix: str, who: str = "script") -> str:
    return export.file_name(now.script.title, who, suffix)
