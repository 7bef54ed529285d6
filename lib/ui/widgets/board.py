"""Voices side by side, as one element of the page, since a rerun is slow with 22 elements."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from lib.ui.widgets.component import component
from lib.web.marks import Card, Marks, read_marks

_draw = component("board", "board.css", "plain_player.js", "board.js")


def marks_on(key: str, cards: Sequence[Card], *, remarks: bool = False) -> Marks:
    """Everything marked on the board with this key since its page was opened."""
    return read_marks(st.session_state[key].get("marks"), cards, remarks=remarks)


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

    _draw(
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
