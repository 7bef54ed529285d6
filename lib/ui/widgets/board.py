"""Voices side by side, as one element of the page, since a rerun is slow with 22 elements."""

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
    """A question and its stars, 1 to 5. `label` is empty if there is only one question."""

    id: str
    label: str
    stars: int | None


class Action(TypedDict):
    """spoken: the whole name of the button, for screen readers."""

    name: str
    label: str
    spoken: str


class Card(TypedDict, total=False):
    """Everything shown of one voice.

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
    """What one browser marked since its page was opened, by the ids of the cards.

    stars: by the ids of the rows, 1 to 5, or None if they were removed.
    """

    stars: dict[str, dict[str, int | None]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def read_marks(given: object, cards: Sequence[Card], *, remarks: bool) -> Marks:
    """The valid marks in the data from a browser, which may send anything.

    Unknown cards and rows and invalid stars are left out; long remarks are cut.
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
    """Everything marked on the board with this key since its page was opened."""
    return read_marks(st.session_state[key].get("marks"), cards, remarks=remarks)


def _is_stars(value: object) -> bool:
    """Whether it is a valid number of stars; True is not, although it equals 1."""
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
    """Draw cards in a grid. Number keys play them, one at a time.

    on_marks: gets everything marked in this browser since the page was opened.
    on_press: gets the name of an action, or "remove", and the id of its card.
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
