"""Bringing a script in: typed, pasted, or as a file; seen before anything costs money."""

from dataclasses import replace

import streamlit as st

from lib import intake, money
from lib.errors import SpeechError
from lib.intake import Mapping, Sheet, Words
from lib.library.scripts import Kind, Row
from lib.script import Line, chapters, clean, dialogue, filling, title_of
from lib.ui import actions, desk, look
from lib.ui.desk import Desk
from lib.ui.visible import visible

PREVIEW_ROWS = 5
ENDINGS = ["txt", "md", "docx", "csv", "tsv", "xlsx", "srt", "vtt"]
FIELDS = {"text": "Text", "title": "Title", "voice": "Voice", "speaker": "Speaker",
          "pause": "Pause after it"}  # fmt: skip
FILL_IN = "A text with gaps to fill in"
NONE = "—"


def typed() -> None:
    """What was typed or pasted on the empty page."""
    actions.clear()
    text = st.session_state.get("scripts_paste", "")
    if not clean(text).text:
        actions.tell("There is nothing to use yet.", "Type or paste a script first.")
        return
    try:
        _take(intake.read("pasted.txt", text.encode("utf-8", "surrogatepass")), "")
    except SpeechError as error:
        actions.say(error)


def dropped(place: str) -> None:
    """The place for a file, and once there is one, what is in it."""
    file = st.file_uploader(
        "Bring in a file",
        ENDINGS,
        key=desk.key(f"file_{place}"),
        help="Text, Word, Markdown, a spreadsheet or captions",
    )
    if file is None:
        return
    try:
        found = _read(file.name, file.getvalue())
    except SpeechError as error:
        look.notice("failure", str(error), error.hint)
        return
    for note in found.notes:
        look.facts(note)
    if isinstance(found, Words):
        _words(found, file.name, place)
    else:
        _sheet(found, file.name, place)


def button(now: Desk) -> None:
    """The popover over a script that is there: a file begins another script."""
    with st.popover(
        "Bring in a file",
        key="scripts_bring_in",
        icon=":material/upload_file:",
        on_change="rerun",
    ) as popover:
        if popover.open:
            look.facts(f"It becomes a new script; “{now.script.title}” stays as it is.")
            dropped("more")


@st.cache_data(max_entries=8, show_spinner="Reading…")
def _read(name: str, data: bytes) -> Words | Sheet:
    return intake.read(name, data)


def _take(found: Words | Sheet, title: str) -> None:
    """Text as the kind that it looks like; a sheet as a table, by its most likely columns."""
    if isinstance(found, Sheet):
        _begin_rows(title, intake.lines(found, intake.guess(found)).lines)
    else:
        kind: Kind = "dialogue" if dialogue.looks_like_one(found.text) else "document"
        desk.begin(kind, title or title_of(found.text), text=found.text)


# ---- A text ----


def _words(found: Words, name: str, place: str) -> None:
    text = found.text
    kind: Kind = "dialogue" if dialogue.looks_like_one(text) else "document"
    speakers = dialogue.speakers(dialogue.lines(text)) if kind == "dialogue" else []
    heads = chapters.count(text)
    what = f"a dialogue of {', '.join(speakers[:4])}" if speakers else "a document"
    chaptered = [money.count(heads, "heading")] if heads and not speakers else []
    look.facts(f"Looks like {what}", *chaptered, count=money.count(len(text.split()), "word"))
    look.about(f"“{title_of(text)}”")
    st.button(
        "Use this script",
        key=f"scripts_words_{place}",
        on_click=_take_and_close,
        args=(found, _title(name)),
    )


def _take_and_close(found: Words | Sheet, title: str) -> None:
    _close()
    _take(found, title)


# ---- A table ----


def _sheet(found: Sheet, name: str, place: str) -> None:
    guess = intake.guess(found)
    look.facts("Choose which column is what", count=money.count(len(found.rows), "row"))
    mapping = _mapping(found, guess, place)
    template = ""
    if st.toggle(FILL_IN, key=desk.key(f"fill_{place}"), help="One text, filled in from each row"):
        template = st.text_area(
            "Text with gaps",
            key=desk.key(f"template_{place}"),
            placeholder=f"Hello {{{found.header[0]}}}, …",
            help="A column's name in braces becomes that row's words",
        )
    try:
        lines, notes = _lines(found, mapping, template)
    except SpeechError as error:
        look.notice("failure", str(error), error.hint)
        return
    for note in notes:
        look.facts(note)
    _preview(lines)
    st.button(
        f"Use {money.count(len(lines), 'row')}",
        key=f"scripts_rows_{place}",
        on_click=_begin_and_close,
        args=(_title(name), lines),
        disabled=not lines,
    )


def _mapping(found: Sheet, guess: Mapping, place: str) -> Mapping:
    """A select for each thing a row may have, the likely column first."""
    chosen: dict[str, str] = {}
    with st.container(key=f"row_scripts_map_{place}", horizontal=True):
        for field, label in FIELDS.items():
            now = getattr(guess, field)
            columns = ["", *found.header]
            chosen[field] = st.selectbox(
                label,
                columns,
                index=columns.index(now),
                key=desk.key(f"map_{field}_{place}"),
                format_func=lambda column: visible(column) or NONE,
                width=150,
            )
    return replace(guess, **chosen)


def _lines(
    found: Sheet, mapping: Mapping, template: str
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    if not template.strip():
        brought = intake.lines(found, mapping)
        return brought.lines, brought.notes
    missing = filling.missing(template, found.header)
    notes = [f"There is no column “{name}”: it stays as it is." for name in missing]
    filled = []
    for row in found.rows:
        words = dict(zip(found.header, row, strict=True))
        title, voice = words.get(mapping.title, ""), words.get(mapping.voice, "")
        filled.append(Line(text=filling.fill(template, words), title=title, voice=voice))
    return tuple(filled), tuple(notes)


def _preview(lines: tuple[Line, ...]) -> None:
    header = ("Title", "Text", "Voice")
    rows = [(line.title or "—", line.text, line.voice or line.speaker or "—") for line in lines]
    look.table(header, [[*row] for row in rows[:PREVIEW_ROWS]])
    if len(rows) > PREVIEW_ROWS:
        look.facts(f"and {len(rows) - PREVIEW_ROWS:,} more")


def _begin_and_close(title: str, lines: tuple[Line, ...]) -> None:
    _close()
    _begin_rows(title, lines)


def _begin_rows(title: str, lines: tuple[Line, ...]) -> None:
    """A table; a dialogue where the rows say who speaks, and no voices."""
    if any(line.speaker for line in lines) and not any(line.voice for line in lines):
        desk.begin("dialogue", title, text=dialogue.text_of(lines))
        return
    rows = [
        Row(
            position=place,
            title=line.title,
            voice=line.voice,
            text=clean(line.text).text,
            pause_after_s=line.pause_after_s,
        )
        for place, line in enumerate(lines)
    ]
    desk.begin("table", title or title_of(rows[0].text if rows else ""), rows=rows)


def _close() -> None:
    st.session_state["scripts_bring_in"] = False


def _title(name: str) -> str:
    """A file's name without its ending, as a title."""
    return " ".join(name.rpartition(".")[0].replace("_", " ").split()) or name
