"""A list of clips in which each row plays. The browser draws only the rows that are in view."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

import streamlit as st

from lib.library.listing import Sort
from lib.ui.widgets.component import component

TICKS_MAX = 1_000  # more than anybody takes out at once

SCRIPTS = (
    "plain_player.js",
    "shelf_match.js",
    "shelf_row.js",
    "shelf_head.js",
    "shelf_ticks.js",
    "shelf.js",
)
_draw = component("shelf", "shelf.css", *SCRIPTS)


Presses = Mapping[str, Callable[[int], None]]  # by name; called with the id of a clip


class Take(TypedDict):
    """number: of the take. on_top: whether it is the one that the row stands for."""

    id: int
    number: int
    name: str
    address: str
    length_s: float
    peaks: list[int]
    on_top: bool


class Row(TypedDict):
    """older: how many older versions lie under it. is_older: whether it is one, found by words.

    takes: itself and the others with its words, the oldest first.
    """

    id: int
    title: str
    text: str
    voices: str
    price: str
    when: str
    at: str
    star: bool
    download: str
    takes: list[Take]
    older: int
    is_older: bool


def start(key: str) -> int:
    """The first row that the browser needs."""
    sent = _state(key).get("start")
    return sent if isinstance(sent, int) and not isinstance(sent, bool) and sent > 0 else 0


def ticked(key: str) -> list[int]:
    """The ids that are ticked, also of rows that are not in view or no longer match."""
    return list(st.session_state.get(f"_{key}_ticked", ()))


def put_ticks(key: str, ids: Sequence[int]) -> None:
    """Tick exactly these."""
    st.session_state[f"_{key}_turn"] = st.session_state.get(f"_{key}_turn", 0) + 1
    _keep_ticks(key, ids)


def shelf(
    key: str,
    rows: Sequence[Row],
    *,
    start: int,
    found: int,
    words: str,
    sort: Sort,
    chosen: int | None,
    plain: bool,
    presses: Presses,
) -> None:
    """Draw the rows from `start` on, of a list with `found` clips.

    words: what was searched for, to be marked. plain: whether to use the browser's own player.
    """
    # What the browser holds of other rows is out of date, unless it only asked for more of them.
    is_view = st.session_state.pop(f"_{key}_viewed", False)
    is_press = st.session_state.pop(f"_{key}_pressed", False)
    turn = st.session_state.get(f"_{key}_rows", 0) + (is_press or not is_view)
    st.session_state[f"_{key}_rows"] = turn

    def viewed() -> None:
        st.session_state[f"_{key}_viewed"] = True

    def ticks() -> None:
        _keep_ticks(key, _state(key).get("ticked"))

    def pressed() -> None:
        what = _state(key).get("pressed")
        if not isinstance(what, Mapping):
            return
        name, clip_id = what.get("name"), what.get("id")
        if isinstance(name, str) and name in presses and type(clip_id) is int:
            st.session_state[f"_{key}_pressed"] = True
            presses[name](clip_id)

    _draw(
        key=key,
        data={
            "key": key,
            "rows": list(rows),
            "start": start,
            "found": found,
            "turn": turn,
            "words": words.split(),
            "sort": sort,
            "chosen": chosen,
            "plain": plain,
            "ticks": {
                "turn": st.session_state.get(f"_{key}_turn", 0),
                "ids": ticked(key),
                "most": TICKS_MAX,
            },
        },
        on_start_change=viewed,
        on_ticked_change=ticks,
        on_pressed_change=pressed,
    )


def _keep_ticks(key: str, ids: object) -> None:
    """Not in the browser alone, which forgets them where the page is drawn anew."""
    sent = ids if isinstance(ids, list | tuple) else ()
    st.session_state[f"_{key}_ticked"] = [each for each in sent[:TICKS_MAX] if type(each) is int]


def _state(key: str) -> Mapping[str, Any]:
    found = st.session_state.get(key)
    return found if isinstance(found, Mapping) else {}
