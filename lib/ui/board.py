"""Voices side by side, as one element of the page: 22 players cost a rerun no more than one."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypedDict

import streamlit as st

from lib.ui.player import CSS, SHARED_JS

_HERE = Path(__file__).parent

Marks = dict[str, dict[str, Any]]  # card's id -> row's id or "remark" -> what was marked

_mount = st.components.v2.component(
    "soundcheck_board",
    css=CSS + (_HERE / "board.css").read_text(encoding="utf-8"),
    js=SHARED_JS + (_HERE / "board.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # as the player: a document then sees every "play"
)


class Row(TypedDict):
    """A question and its stars, 1 to 5; `label` is empty where there is only one."""

    id: str
    label: str
    stars: int | None


class Action(TypedDict):
    """spoken: the button's whole name, for those who do not see its card."""

    name: str
    label: str
    spoken: str


class Card(TypedDict, total=False):
    """One voice, with all that is shown of it.

    spoken: its name in "Play …". removable: the name of the button that takes it away.
    """

    id: str
    name: str
    spoken: str
    about: str
    number: int
    address: str
    length_s: float
    peaks: list[int]
    gain_db: float
    facts: str
    file_name: str
    rows: list[Row]
    remark: str
    state: dict[str, str]
    actions: list[Action]
    removable: str


def board(
    key: str,
    cards: Sequence[Card],
    *,
    on_marks: Callable[[Marks], None],
    on_press: Callable[[str, str], None] = lambda _name, _id: None,
    remarks: bool = False,
    keys: bool = True,
    plain: bool = False,
) -> None:
    """Cards in a grid; number keys play them, and one sounds at a time.

    on_marks: gets all that was marked in this browser since the page was opened.
    on_press: gets an action's name and its card's id.
    """

    def marked() -> None:
        on_marks(st.session_state[key].get("marks") or {})

    def pressed() -> None:
        if what := st.session_state[key].get("pressed"):
            on_press(str(what["name"]), str(what["id"]))

    _mount(
        key=key,
        data={
            "key": key,
            "cards": list(cards),
            "keys": keys,
            "remarks": remarks,
            "plain": plain,
        },
        on_marks_change=marked,
        on_pressed_change=pressed,
    )
