"""Bring in a script: typed, pasted, or as a file. It is shown before anything costs money."""

import streamlit as st

from lib import intake, money
from lib.apart.found import Text
from lib.errors import InvalidRequestError, SpeechError
from lib.intake import Sheet
from lib.intake.brought import named
from lib.library.scripts import Kind
from lib.script import Line, clean, dialogue, title_of
from lib.scripting.brought import kind_of, rows_of
from lib.ui.scripts import current, kept_file, read_as, reading, sheet
from lib.ui.services import services
from lib.ui.widgets import messages, style

PREVIEW_CHARS = 20_000
SPEAKERS_SHOWN = 4
ENDINGS = ["txt", "md", "docx", "csv", "tsv", "xlsx", "srt", "vtt"]


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
            _take(reading.script("pasted.txt", text.encode("utf-8", "surrogatepass")))
            current.forget_typed()
        except SpeechError as error:
            messages.say(error)
    del st.session_state["_scripts_typed"]
    st.rerun()


def dropped(place: str) -> None:
    """The uploader, and the content of the file once there is one."""
    file = kept_file.uploader(place, ENDINGS)
    if file is None:
        return
    now = read_as.wanted(place, file.file_id)
    try:
        found = reading.script(file.name, file.getvalue(), now.choices)
    except SpeechError as error:
        style.notice("failure", str(error), error.hint)
        if now.choices != intake.GUESSED:
            st.button(
                "Read it as it looks",
                key=f"scripts_as_it_looks_{place}",
                on_click=read_as.reset,
                args=(place,),
            )
        return
    for note in found.words.notes if isinstance(found, Text) else found.notes:
        style.facts(note)
    brought = read_as.File(name=_title(file.name), place=place, id=file.file_id, wanted=now)
    if isinstance(found, Text):
        _text(found, brought)
    else:
        sheet.show(found, brought, use=_use_rows)


def _take(found: Text | Sheet) -> None:
    """Begin a script: text of the kind that it looks like, or a table with its likely columns.

    What was left out of a table is said.
    """
    if isinstance(found, Text):
        kind: Kind = "dialogue" if found.speakers else "document"
        current.begin(kind, found.title, text=found.words.text)
        return
    mapping = intake.guess(found)
    lines, notes = intake.lines(found, mapping)
    left = intake.unused(found, mapping) if found.read_as.kind == "table" else ()
    said = [f"Left out: {money.listed('column', left)}."] if left else []
    _begin_rows("", lines, read_as.Wanted())
    if said := [*found.notes, *notes, *said]:
        messages.tell(
            f"It was read as {read_as.FILES[found.read_as.kind].lower()}.", " ".join(said)
        )


# ---- A text ----


def _text(found: Text, brought: read_as.File) -> None:
    kind: Kind = brought.wanted.kind or ("dialogue" if found.speakers else "document")
    known = services().catalogue.voice_names
    text = found.words.text[:PREVIEW_CHARS]
    turns = dialogue.lines(text, known) if kind == "dialogue" else ()
    names = dialogue.speakers(turns)[:SPEAKERS_SHOWN]
    what = f"A dialogue of {', '.join(names)}" if names else f"A {kind}"
    heads = 0 if kind == "dialogue" else found.headings
    chaptered = [money.count(heads, "heading")] if heads else []
    style.facts(what, *chaptered, count=money.count(found.count, "word"))
    read_as.show(found, brought, kind, found.words.text)
    if turns:
        rows = [[turn.speaker or "—", turn.text] for turn in turns[: sheet.PREVIEW_ROWS]]
        style.table(("Speaker", "Words"), rows)
    else:
        style.about(f"“{found.title}”")
    st.button(
        "Use this script",
        key=f"scripts_words_{brought.place}",
        on_click=_use,
        args=(found, kind, brought),
    )


def _use(found: Text, kind: Kind, brought: read_as.File) -> None:
    language = brought.wanted.language
    current.begin(kind, brought.name, text=found.words.text, language=language)
    kept_file.forget(brought.place)


def _use_rows(brought: read_as.File, lines: tuple[Line, ...]) -> None:
    _begin_rows(brought.name, lines, brought.wanted)
    kept_file.forget(brought.place)


def _begin_rows(title: str, lines: tuple[Line, ...], wanted: read_as.Wanted) -> None:
    rows, kind = rows_of(lines), wanted.kind or kind_of(lines)
    speakers = dialogue.speakers(lines) if kind == "dialogue" else []
    current.begin(
        kind,
        title or title_of(named(speakers) if speakers else rows[0].text),
        rows=rows,
        language=wanted.language,
    )


def _title(name: str) -> str:
    """A title made of the file's name without its ending."""
    return " ".join(name.rpartition(".")[0].replace("_", " ").split()) or name
