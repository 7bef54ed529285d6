"""Bring in a script: typed, pasted, or as a file. It is shown before anything costs money."""

from dataclasses import replace

import streamlit as st

from lib import intake, money
from lib.apart.found import Text
from lib.errors import InvalidRequestError, SpeechError
from lib.intake import Mapping, Sheet
from lib.library.scripts import Kind, Row
from lib.script import Line, clean, title_of
from lib.script.visible import visible
from lib.scripting.state import ScriptState
from lib.ui.scripts import current, reading
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages, style

PREVIEW_ROWS = 5
ENDINGS = ["txt", "md", "docx", "csv", "tsv", "xlsx", "srt", "vtt"]
FIELDS = {"text": "Text", "title": "Title", "voice": "Voice", "speaker": "Speaker",
          "pause": "Pause after it"}  # fmt: skip
FILL_IN = "A text with gaps to fill in"
NONE = "—"


def typed() -> None:
    """Use the text typed or pasted on the empty page; `pasted` then reads it."""
    messages.clear()
    text = st.session_state.get("scripts_paste", "")
    try:
        check_typed(text)
    except SpeechError as error:
        messages.say(error)
        return
    if not clean(text).text:
        messages.tell("There is nothing to use yet.", "Type or paste a script first.")
        return
    st.session_state["_scripts_typed"] = text


def check_typed(text: str) -> None:
    """Raises InvalidRequestError if the text is too long for the page."""
    most = services().settings.text_max_chars
    if len(text) > most:
        raise InvalidRequestError(
            f"This text has {len(text):,} characters; {most:,} is the most that can be pasted.",
            hint="Save it as a text, and bring that file in; or paste a part of it.",
        )


def pasted() -> None:
    """Read the pasted text and show it as a script. A long text takes a moment."""
    text = st.session_state.get("_scripts_typed")
    if text is None:
        return
    if text == st.session_state.get("scripts_paste"):  # otherwise it was changed in the meantime
        try:
            _take(reading.script("pasted.txt", text.encode("utf-8", "surrogatepass")), "")
        except SpeechError as error:
            messages.say(error)
    del st.session_state["_scripts_typed"]
    st.rerun()


def dropped(place: str) -> None:
    """The uploader, and the content of the file once there is one."""
    file = st.file_uploader(
        "Bring in a file",
        ENDINGS,
        key=current.key(f"file_{place}"),
        help="Text, Word, Markdown, a spreadsheet or captions",
    )
    if file is None:
        return
    try:
        found = reading.script(file.name, file.getvalue())
    except SpeechError as error:
        style.notice("failure", str(error), error.hint)
        return
    for note in found.words.notes if isinstance(found, Text) else found.notes:
        style.facts(note)
    if isinstance(found, Text):
        _text(found, file.name, place)
    else:
        _sheet(found, file.name, place)


def button(now: ScriptState) -> None:
    """The popover beside a script; a file brought in there becomes another script."""
    with style.popover(
        "Bring in a file", hidden_value.key("scripts_bring_in"), icon="upload_file"
    ) as is_open:
        if is_open:
            style.facts(f"It becomes a new script; “{now.script.title}” stays as it is.")
            dropped("more")


def _take(found: Text | Sheet, title: str) -> None:
    """Begin a script: text of the kind that it looks like, or a table with its likely columns."""
    if isinstance(found, Sheet):
        _begin_rows(title, intake.lines(found, intake.guess(found)).lines)
    else:
        kind: Kind = "dialogue" if found.speakers else "document"
        current.begin(kind, title or found.title, text=found.words.text)


# ---- A text ----


def _text(found: Text, name: str, place: str) -> None:
    what = f"a dialogue of {', '.join(found.speakers)}" if found.speakers else "a document"
    heads = 0 if found.speakers else found.headings
    chaptered = [money.count(heads, "heading")] if heads else []
    style.facts(f"Looks like {what}", *chaptered, count=money.count(found.count, "word"))
    style.about(f"“{found.title}”")
    st.button(
        "Use this script",
        key=f"scripts_words_{place}",
        on_click=_take_and_close,
        args=(found, _title(name)),
    )


def _take_and_close(found: Text | Sheet, title: str) -> None:
    _close()
    _take(found, title)


# ---- A table ----


def _sheet(found: Sheet, name: str, place: str) -> None:
    guess = intake.guess(found)
    style.facts("Choose which column is what", count=money.count(len(found.rows), "row"))
    mapping = _mapping(found, guess, place)
    template = ""
    if st.toggle(
        FILL_IN, key=current.key(f"fill_{place}"), help="One text, filled in from each row"
    ):
        template = st.text_area(
            "Text with gaps",
            key=current.key(f"template_{place}"),
            placeholder=f"Hello {{{found.header[0]}}}, …",
            help="A column's name in braces becomes that row's words",
        )
    try:
        lines, notes = (
            intake.filled(found, mapping, template)
            if template.strip()
            else intake.lines(found, mapping)
        )
    except SpeechError as error:
        style.notice("failure", str(error), error.hint)
        return
    for note in notes:
        style.facts(note)
    _preview(lines)
    st.button(
        f"Use {money.count(len(lines), 'row')}",
        key=f"scripts_rows_{place}",
        on_click=_begin_and_close,
        args=(_title(name), lines),
        disabled=not lines,
    )


def _mapping(found: Sheet, guess: Mapping, place: str) -> Mapping:
    """A select for each field of a row; the likely column is chosen at first."""
    chosen: dict[str, str] = {}
    with style.row(f"row_scripts_map_{place}", spread=False, at="top"):
        for field, label in FIELDS.items():
            now = getattr(guess, field)
            columns = ["", *found.header]
            chosen[field] = st.selectbox(
                label,
                columns,
                index=columns.index(now),
                key=current.key(f"map_{field}_{place}"),
                format_func=lambda column: visible(column) or NONE,
                width=150,
            )
    return replace(guess, **chosen)


def _preview(lines: tuple[Line, ...]) -> None:
    header = ("Title", "Text", "Voice")
    rows = [(line.title or "—", line.text, line.voice or line.speaker or "—") for line in lines]
    style.table(header, [[*row] for row in rows[:PREVIEW_ROWS]])
    if len(rows) > PREVIEW_ROWS:
        style.facts(f"and {len(rows) - PREVIEW_ROWS:,} more")


def _begin_and_close(title: str, lines: tuple[Line, ...]) -> None:
    _close()
    _begin_rows(title, lines)


def _begin_rows(title: str, lines: tuple[Line, ...]) -> None:
    """Begin a table, or a dialogue if the rows have speakers but no voices."""
    is_dialogue = any(line.speaker for line in lines) and not any(line.voice for line in lines)
    rows = [
        Row(
            position=place,
            title=line.title,
            speaker=clean(line.speaker).text,
            voice=line.voice,
            text=clean(line.text).text,
            pause_after_s=line.pause_after_s,
        )
        for place, line in enumerate(lines)
    ]
    kind: Kind = "dialogue" if is_dialogue else "table"
    current.begin(kind, title or title_of(rows[0].text if rows else ""), rows=rows)


def _close() -> None:
    hidden_value.close("scripts_bring_in")


def _title(name: str) -> str:
    """A title made of the file's name without its ending."""
    return " ".join(name.rpartition(".")[0].replace("_", " ").split()) or name
