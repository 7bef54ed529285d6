"""A dialogue or a document: its text, the whole of it or one chapter."""

from collections import Counter

import streamlit as st

from lib.library.scripts import Script
from lib.script import clean
from lib.script.sections import Section, changed, sections, titled
from lib.script.visible import visible
from lib.scripting.state import ScriptState
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, pause, style

TEXT_PX = 280
HEADING_MAX_CHARS = 300
WHOLE, ALL_OF_IT = -1, "The whole text"  # instead of the number and the name of a chapter
CHAPTER = "_scripts_chapter"  # (id of the script, number and heading of the chapter written)
WROTE = "_scripts_wrote"  # (the script as it is drawn, its text as typed since)

PLACEHOLDERS = {
    "dialogue": "Ashley: Good morning!\nCraig: Good morning. How can I help?",
    "document": "# First chapter\n\nWhat is said in it…",
}


def show(now: ScriptState) -> None:
    """The editor of a dialogue or a document, with its pauses."""
    st.session_state.pop(WROTE, None)
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
    number = _last(script, found) if script.form.get("by_chapter") else WHOLE
    _remember(script, found, number)
    names = _names(found)
    # Its key outlives a new heading: who types one and presses the list at once has it open.
    widget = current.key("chapter")
    if st.session_state.get(widget, number) != number:
        st.session_state[widget] = number  # somebody has put other chapters before it

    def choose() -> None:
        # The browser sends a name, which may be one that no chapter has any more.
        if (wanted := st.session_state[widget]) in names:
            current.choose(script, by_chapter=wanted != WHOLE)
            _remember(script, found, wanted)

    st.selectbox(
        "Chapter",
        list(names),
        index=list(names).index(number),
        key=widget,
        format_func=names.__getitem__,
        width=360,
        on_change=choose,
    )
    return number


def _last(script: Script, found: list[Section]) -> int:
    """The chapter that was written last, though somebody may have put others before it."""
    first = next((place for place, section in enumerate(found) if section.body), 0)
    script_id, number, heading = st.session_state.get(CHAPTER, (0, first, ""))
    if script_id != script.id:
        return first
    named = [place for place, section in enumerate(found) if section.heading == heading]
    if named:
        return min(named, key=lambda place: abs(place - number))
    return number if number < len(found) else first


def _remember(script: Script, found: list[Section], number: int) -> None:
    if number != WHOLE:
        st.session_state[CHAPTER] = script.id, number, found[number].heading


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


def _text(script: Script) -> None:
    if _typed(current.key("text"), script.text) != clean(script.text).text:
        current.turn()  # somebody else has changed it, or what was typed has been merged
    widget = current.key("text")
    st.text_area(
        "Script",
        value=script.text,
        key=widget,
        height=TEXT_PX,
        label_visibility="collapsed",
        placeholder=PLACEHOLDERS[script.kind],
        on_change=lambda: _write(script, _typed(widget, script.text)),
    )


def _chapter(script: Script, section: Section, number: int) -> None:
    def write() -> None:
        title = titled(section, _typed(heading, section.heading))
        st.session_state[CHAPTER] = script.id, number, title
        _write(
            script, changed(script.text, section, heading=title, body=_typed(body, section.body))
        )

    names = f"heading_{number}", f"body_{number}"
    if not _holds(section, *map(current.key, names)):
        current.turn()
    heading, body = map(current.key, names)
    if section.level:
        st.text_input(
            "Heading",
            value=section.heading,
            key=heading,
            max_chars=max(HEADING_MAX_CHARS, len(section.heading)),
            label_visibility="collapsed",
            placeholder=section.heading,  # it stays, where the field is left empty
            on_change=write,
        )
    st.text_area(
        "Text of this chapter",
        value=section.body,
        key=body,
        height=TEXT_PX,
        label_visibility="collapsed",
        placeholder="What is said in it…",
        on_change=write,
    )


def _holds(section: Section, heading: str, body: str) -> bool:
    """Whether the fields that the browser has show this section, and not what was there before."""
    cleaned = section._replace(heading=clean(section.heading).text)
    title = titled(cleaned, _typed(heading, section.heading))
    words = _typed(body, section.body).strip("\n")
    return (title, words) == (cleaned.heading, clean(section.body).text.strip("\n"))


def _typed(widget: str, otherwise: str) -> str:
    """otherwise: what it shows at first."""
    return clean(st.session_state.get(widget, otherwise)).text


def _write(script: Script, text: str) -> None:
    """Store the text of the page, and let stand what somebody else has changed since it was drawn.

    It may be called twice for one drawing: where both fields were changed, or somebody types on.
    """
    messages.clear()
    drawn = script.id, script.text
    last, before = st.session_state.get(WROTE, (drawn, script.text))
    before = before if last == drawn else script.text
    if services().library.scripts.write(script.id, text, before=before):
        messages.tell(
            "Somebody else has just changed the same lines.",
            "Both versions are in the text: take out the one that is not wanted.",
        )
    st.session_state[WROTE] = drawn, text


def _in_one(script: Script) -> None:
    options = ["A clip for each chapter", "One clip in all"]
    is_joined = bool(script.form.get("joined"))
    widget = current.choice("joined", is_joined)

    def chosen() -> None:
        current.choose(script, joined=st.session_state[widget] == options[1])

    st.segmented_control(
        "Clips",
        options,
        default=options[is_joined],
        key=widget,
        label_visibility="collapsed",
        required=True,
        on_change=chosen,
    )
