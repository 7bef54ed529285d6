"""A dialogue or a document: its text, the whole of it or one chapter."""

import zlib
from collections import Counter

import streamlit as st

from lib.library.scripts import Script
from lib.script import clean
from lib.script.sections import Section, changed, same, sections
from lib.script.visible import visible
from lib.scripting.state import ScriptState
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, pause, style

TEXT_PX = 280
HEADING_MAX_CHARS = 300
WHOLE, ALL_OF_IT = -1, "The whole text"  # instead of the number and the name of a chapter
CHAPTER = "_scripts_chapter"  # (id of the script, number of the chapter that is written)
WROTE = "_scripts_wrote"  # the keys and values of a chapter's fields that were stored last

PLACEHOLDERS = {
    "dialogue": "Ashley: Good morning!\nCraig: Good morning. How can I help?",
    "document": "# First chapter\n\nWhat is said in it…",
}


def show(now: ScriptState) -> None:
    """The editor of a dialogue or a document, with its pauses."""
    found = sections(now.script.text) if now.script.kind == "document" else []
    number = _choice(now.script, found) if len(found) > 1 else WHOLE
    with st.container(key="writing_scripts", gap=None):
        if number == WHOLE:
            _text(now.script)
        else:
            _chapter(now.script, found[number], number)
        with style.row("row_choices_scripts", spread=False):
            if now.script.kind == "document":
                _in_one(now.script)
            pause.buttons("scripts_pauses", box=".st-key-writing_scripts textarea")


def _choice(script: Script, found: list[Section]) -> int:
    """Which chapter is written; WHOLE for all in one text, where headings are lines with "#"."""
    first = next((place for place, section in enumerate(found) if section.body), 0)
    script_id, last = st.session_state.get(CHAPTER, (script.id, first))
    number: int = last if script_id == script.id and last < len(found) else first
    if not script.form.get("by_chapter"):
        number = WHOLE
    names = _names(found)
    options = list(names)
    # A browser sends the name of a choice: with other names there is another widget.
    widget = current.key(f"chapter_{zlib.crc32(repr(names).encode())}")

    def choose() -> None:
        if (wanted := st.session_state[widget]) in names:
            _open(script, wanted)

    st.selectbox(
        "Chapter",
        options,
        index=options.index(number),
        key=widget,
        format_func=names.__getitem__,
        width=360,
        on_change=choose,
    )
    return number


def _names(found: list[Section]) -> dict[int, str]:
    """What the choices are called, no two alike."""
    names: dict[int, str] = {}
    taken, alike = {ALL_OF_IT}, Counter[str]()
    for place, section in enumerate(found):
        name = label = visible(section.heading) if section.level else "Before the first chapter"
        while label in taken:
            alike[name] += 1
            label = f"{name} ({alike[name] + 1})"
        taken.add(label)
        names[place] = label
    return names | {WHOLE: ALL_OF_IT}


def _open(script: Script, number: int) -> None:
    if number != WHOLE:
        st.session_state[CHAPTER] = script.id, number
    current.choose(script, by_chapter=number != WHOLE)


def _text(script: Script) -> None:
    st.text_area(
        "Script",
        value=script.text,
        key=current.key("text"),
        height=TEXT_PX,
        label_visibility="collapsed",
        placeholder=PLACEHOLDERS[script.kind],
        on_change=_written,
        args=(script, current.key("text")),
    )


def _chapter(script: Script, section: Section, number: int) -> None:
    heading, body = (current.key(f"{name}_{number}") for name in ("heading", "body"))
    if section.level:
        st.text_input(
            "Heading",
            value=section.heading,
            key=heading,
            max_chars=HEADING_MAX_CHARS,
            label_visibility="collapsed",
            placeholder=section.heading,  # it stays, where the field is left empty
            on_change=_chapter_written,
            args=(script, section, heading, body),
        )
    st.text_area(
        "Text of this chapter",
        value=section.body,
        key=body,
        height=TEXT_PX,
        label_visibility="collapsed",
        placeholder="What is said in it…",
        on_change=_chapter_written,
        args=(script, section, heading, body),
    )


def _written(script: Script, widget: str) -> None:
    messages.clear()
    services().library.scripts.change(script.id, text=clean(st.session_state[widget]).text)


def _chapter_written(script: Script, drawn: Section, heading: str, body: str) -> None:
    """Store what was changed of the chapter as it was drawn, and nothing else.

    heading, body: the keys of the fields.
    """
    messages.clear()
    fresh = services().library.scripts.get(script.id)
    if fresh is None:
        return
    title, words = (clean(st.session_state.get(key, "")).text for key in (heading, body))
    wrote = (heading, title, body, words)
    if st.session_state.get(WROTE) == wrote:
        return  # both fields were changed at once: each calls this
    before = same(drawn, script.text, fresh.text)
    if before is None:  # somebody has taken chapters away meanwhile: nothing typed is lost
        text = f"{fresh.text.rstrip()}\n\n# {title or drawn.heading}\n\n{words}"
    else:
        text = changed(
            fresh.text,
            before,
            heading=before.heading if title == drawn.heading else title,
            body=before.body if words == drawn.body else words,
        )
    services().library.scripts.change(script.id, text=text)
    st.session_state[WROTE] = wrote
    if len(sections(text)) != len(sections(script.text)):
        current.turn()  # what stands in the fields now is elsewhere


def _in_one(script: Script) -> None:
    widget = current.key("joined")

    def chosen() -> None:
        current.choose(script, joined=st.session_state[widget] == "One clip in all")

    options = ["A clip for each chapter", "One clip in all"]
    st.segmented_control(
        "Clips",
        options,
        default=options[1] if script.form.get("joined") else options[0],
        key=widget,
        label_visibility="collapsed",
        required=True,
        on_change=chosen,
    )
