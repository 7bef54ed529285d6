"""Voices side by side, as one element of the page: 22 players cost a rerun no more than one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import streamlit as st

from lib.library.limits import REMARK_MAX_CHARS
from lib.waveform import CSS, SHARED_JS

_HERE = Path(__file__).parent

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
    download: str
    rows: list[Row]
    remark: str
    state: dict[str, str]
    actions: list[Action]
    removable: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked in one browser since its page was opened, by the cards' ids.

    stars: by the rows' ids, 1 to 5, None where they were taken back.
    """

    stars: dict[str, dict[str, int | None]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def read_marks(given: object, cards: Sequence[Card], *, remarks: bool) -> Marks:
    """The marks among what a browser sent, which may be anything of any shape and size.

    Cards and rows that are not on this board, and what is no star, are left out; long remarks
    are cut.
    """
    marks = Marks()
    for card in cards:
        mine = given.get(card["id"]) if isinstance(given, Mapping) else None
        if not isinstance(mine, Mapping):
            continue
        rows = [row["id"] for row in card["rows"] if row["id"] in mine]
        marks.stars[card["id"]] = {row: mine[row] for row in rows if _is_stars(mine[row])}
        if remarks and isinstance(remark := mine.get("remark"), str):
            marks.remarks[card["id"]] = remark[:REMARK_MAX_CHARS]
    return marks


def marks_on(key: str, cards: Sequence[Card], *, remarks: bool = False) -> Marks:
    """All that was marked on the board of that key since its page was opened."""
    return read_marks(st.session_state[key].get("marks"), cards, remarks=remarks)


def _is_stars(value: object) -> bool:
    """True is 1 for Python, and no star."""
    return value is None or (type(value) is int and 1 <= value <= 5)


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
    on_press: gets an action's name, or "remove", and its card's id.
    """

    def marked() -> None:
        on_marks(marks_on(key, cards, remarks=remarks))

    def pressed() -> None:
        what = st.session_state[key].get("pressed")
        if not isinstance(what, Mapping):
            return
        name, card_id = what.get("name"), what.get("id")
        if isinstance(name, str) and card_id in [card["id"] for card in cards]:
            on_press(name, card_id)

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
