"""Add, move, delete and restore the rows of a script."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from lib import money
from lib.library.scripts import Row, Script
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, style

MORE_ROWS = 5
TICKED = "_scripts_ticked"


def ticked() -> Collection[int]:
    """The ids of the rows that a new table shows as ticked."""
    found: Collection[int] = st.session_state.get(TICKED, ())
    return found


def tick(ids: Collection[int]) -> None:
    """Let these rows, and no others, be ticked in the next new table."""
    st.session_state[TICKED] = frozenset(ids)


def buttons(script: Script, picked: Sequence[Row], count: int, *, has_times: bool = False) -> None:
    """The buttons for the table, or for its ticked rows. count: of all rows."""
    ids = [row.id for row in picked]
    _button("Add rows", "add", _add, script, icon="add")
    if not picked:
        if has_times:
            _button(
                "Drop the times",
                "drop_times",
                _drop_times,
                script,
                icon="timer_off",
                help="The rows then follow each other, with a pause after each",
            )
        hear = ", delete or hear" if script.kind == "table" else " or delete"
        style.facts(f"Tick rows to move{hear} them")
        return
    _button("Insert below", "insert", _insert, script, ids, icon="add_row_below")
    _button("Move up", "up", _move, script, ids, -1, icon="arrow_upward", shortcut="Alt+Up")
    _button("Move down", "down", _move, script, ids, 1, icon="arrow_downward", shortcut="Alt+Down")
    widget = current.key("move_to")
    st.number_input(
        "Move to row",
        min_value=1,
        max_value=count,
        value=None,
        key=widget,
        placeholder="Move to row…",
        label_visibility="collapsed",
        width=190,
        on_change=lambda: _move_to(script, ids, st.session_state[widget]),
    )
    label = f"Delete {money.count(len(picked), 'row')}"
    _button(label, "delete_rows", _delete, script, ids, icon="delete")


def _button(
    label: str,
    name: str,
    do: Callable[..., None],
    *args: Any,
    icon: str,
    shortcut: str | None = None,
    help: str | None = None,
) -> None:
    st.button(
        label,
        key=f"scripts_{name}",
        type="tertiary",
        icon=f":material/{icon}:",
        shortcut=shortcut,
        help=help,
        on_click=do,
        args=args,
    )


def _add(script: Script) -> None:
    """Add empty rows at the end."""
    messages.clear()
    there = services().library.scripts.rows(script.id)
    last = there[-1].position if there else 0.0
    services().library.scripts.put_rows(
        script.id, [Row(position=last + 1 + number) for number in range(MORE_ROWS)]
    )
    current.turn()


def _insert(script: Script, ids: Sequence[int]) -> None:
    """Add an empty row below the last ticked one."""
    messages.clear()
    rows = services().library.scripts.rows(script.id)
    place = max((place for place, row in enumerate(rows, 1) if row.id in ids), default=len(rows))
    rows.insert(place, Row(position=0.0))
    numbered = [replace(row, position=float(number)) for number, row in enumerate(rows)]
    services().library.scripts.put_rows(script.id, numbered)
    tick(ids)
    current.turn()


def _move(script: Script, ids: Sequence[int], by: int) -> None:
    """Move the ticked rows one place up or down."""
    rows = services().library.scripts.rows(script.id)
    order = rows[:] if by < 0 else rows[::-1]
    for place in range(1, len(order)):
        if order[place].id in ids and order[place - 1].id not in ids:
            order[place - 1], order[place] = order[place], order[place - 1]
    _put_in_order(script, rows, order if by < 0 else order[::-1], ids)


def _move_to(script: Script, ids: Sequence[int], number: int | None) -> None:
    """Move the ticked rows together, so that the first of them gets this number."""
    if number is None:
        return
    rows = services().library.scripts.rows(script.id)
    moved = [row for row in rows if row.id in ids]
    others = [row for row in rows if row.id not in ids]
    place = max(0, min(number - 1, len(others)))
    _put_in_order(script, rows, [*others[:place], *moved, *others[place:]], ids)


def drop(script: Script, row_id: int, before: int) -> None:
    """Move a row that was dragged, with all that are ticked if it is. before: an id; 0: the end."""
    ids = ticked() if row_id in ticked() else (row_id,)
    rows = services().library.scripts.rows(script.id)
    places = {row.id: place for place, row in enumerate(rows)} | {0: len(rows)}
    if before not in places:
        return  # somebody has deleted it since
    moved = [row for row in rows if row.id in ids]
    above = [row for row in rows[: places[before]] if row.id not in ids]
    below = [row for row in rows[places[before] :] if row.id not in ids]
    _put_in_order(script, rows, [*above, *moved, *below], ticked())


def _put_in_order(
    script: Script, rows: Sequence[Row], order: Sequence[Row], ids: Collection[int]
) -> None:
    """Store the rows in this order. Times belong to places, and stay in order. ids: ticked ones."""
    messages.clear()
    moved = [
        replace(row, position=float(number), start_s=place.start_s, end_s=place.end_s)
        for number, (row, place) in enumerate(zip(order, rows, strict=True))
        if row.id != place.id or row.position != number
    ]
    services().library.scripts.put_rows(script.id, moved)
    tick(ids)
    current.turn()


def _delete(script: Script, ids: Sequence[int]) -> None:
    messages.clear()
    rows = [row for row in services().library.scripts.rows(script.id) if row.id in ids]
    services().library.scripts.put_rows(script.id, [], gone=ids)
    tick(())
    words = f"{money.count(len(rows), 'row')} deleted"
    messages.offer_undo(place(script), words, partial(_restore, script.id, rows))
    current.turn()


def _drop_times(script: Script) -> None:
    messages.clear()
    rows = services().library.scripts.rows(script.id)
    times = {row.id: (row.start_s, row.end_s) for row in rows}
    _set_times(script.id, dict.fromkeys(times, (None, None)))
    messages.offer_undo(place(script), "Times dropped", partial(_set_times, script.id, times))


def _set_times(script_id: int, times: Mapping[int, tuple[float | None, float | None]]) -> None:
    """times: start and end of each row, by its id."""
    rows = services().library.scripts.rows(script_id)
    changed = [
        replace(row, start_s=times[row.id][0], end_s=times[row.id][1])
        for row in rows
        if row.id in times
    ]
    services().library.scripts.put_rows(script_id, changed)
    current.turn()


def place(script: Script) -> str:
    """The place where its deleted rows and dropped times are offered back."""
    return f"scripts_rows_{script.id}"


def _restore(script_id: int, rows: list[Row]) -> None:
    services().library.scripts.put_rows(script_id, [replace(row, id=0) for row in rows])
    current.turn()
