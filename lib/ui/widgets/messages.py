"""The result of the last click: a notice, an offer to undo it, or a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.errors import SpeechError
from lib.ui.widgets import style

CLIPS = "work"  # where deleted clips are offered back
DELETED = "_deleted"  # what the last click has deleted
PAGE = "_page"  # the page that is drawn
ASKED = "_question"  # the question of the last click, until a page draws it


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The result of the last click, shown until the next click: at `place`, or near the form."""

    kind: style.Kind
    strong: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that a person must answer before something is done.

    yes: the label of the button that agrees. agree: what that button does.
    """

    title: str
    facts: Sequence[str]
    yes: str
    agree: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """place: where it is offered back. words: what was deleted. restore: brings it back."""

    place: str
    words: str
    restore: Callable[[], None]


def show(page: str) -> None:
    """Draw the notice that belongs near the form, the offer to undo, and the question.

    A question is of the page that draws it first, and waits there.
    """
    if note := notice():
        style.notice(note.kind, note.strong, note.text)
    undo(CLIPS, spread=True)
    if ASKED in st.session_state:
        st.session_state[_question(page)] = st.session_state.pop(ASKED)
    if asked := st.session_state.get(_question(page)):
        with st.container(key="card_question"):
            style.title(asked.title)
            style.facts(*asked.facts)
            with style.row("row_question", spread=False):
                st.button(asked.yes, key="work_yes", on_click=_agree, args=(page,))
                st.button("Not now", key="work_no", type="tertiary", on_click=clear)


# ---- Notices ----


def notice(place: str = "") -> Notice | None:
    """The notice for this place, if there is one."""
    found = st.session_state.get("_notice")
    return found if isinstance(found, Notice) and found.place == place else None


def say(error: SpeechError, place: str = "") -> None:
    """Show an error until the next click, at `place` or near the form."""
    st.session_state["_notice"] = Notice(
        kind="failure", strong=str(error), text=error.hint, place=place
    )


def tell(strong: str, text: str, *, kind: style.Kind = "advice", place: str = "") -> None:
    """Show a notice until the next click, at `place` or near the form."""
    st.session_state["_notice"] = Notice(kind=kind, strong=strong, text=text, place=place)


def clear() -> None:
    """Remove the messages of the last click. Every click begins with this.

    A question of another page than the one of the click stays there.
    """
    st.session_state["_acted"] = True
    forget_question(st.session_state.get(PAGE, ""))
    for name in ("_notice", DELETED):
        st.session_state.pop(name, None)


def seen() -> bool:
    """Whether a click has changed more than the fragment it was made in since the last call.

    A page calls this each time it draws itself.
    """
    return bool(st.session_state.pop("_acted", False))


# ---- Questions ----


def enter(page: str) -> None:
    """Remember which page is drawn: the next click is made on it."""
    st.session_state[PAGE] = page


def ask(question: Question) -> None:
    """Show the question until it is answered, or something else is clicked on its page."""
    st.session_state[ASKED] = question


def forget_question(page: str) -> None:
    """Drop the question of this page: what it was about has changed since."""
    for name in (ASKED, _question(page)):
        st.session_state.pop(name, None)


def _agree(page: str) -> None:
    asked = st.session_state.get(_question(page))
    clear()
    if asked:
        asked.agree()


def _question(page: str) -> str:
    return f"_question_{page}"


# ---- Undo ----


def offer_undo(place: str, words: str, restore: Callable[[], None]) -> None:
    """Let `undo` offer at this place, until the next click, to bring back what was just deleted.

    words: such as "2 rows deleted". restore: kept by the session, so it holds ids.
    """
    st.session_state[DELETED] = Deleted(place=place, words=words, restore=restore)


def undo(place: str, *, spread: bool = False) -> None:
    """One line that says what was deleted at this place, with the button that brings it back."""
    gone = st.session_state.get(DELETED)
    if gone and gone.place == place:
        with style.row(f"row_{place}_deleted", spread=spread):
            style.facts(gone.words)
            st.button("Undo", key=f"{place}_undo", on_click=_restore)


def _restore() -> None:
    gone = st.session_state.get(DELETED)
    clear()
    if gone:
        gone.restore()
