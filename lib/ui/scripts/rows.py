"""Add, move, delete and restore the rows of a script."""

from dataclasses import replace
from functools import partial

import streamlit as st

from lib import money
from lib.library.scripts import Row, Script
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import messages, style

MORE_ROWS = 5


def buttons(script: Script, picked: list[Row]) -> None:
    """The buttons for the table, and for its ticked rows."""
    st.button(
        "Add rows",
        key="scripts_add",
        type="tertiary",
        icon=":material/add:",
        on_click=_add,
        args=(script,),
    )
    if picked:
        _with_picked(script, picked)
    else:
        hear = ", delete or hear" if script.kind == "table" else " or delete"
        style.facts(f"Tick rows to move{hear} them")


def _with_picked(script: Script, picked: list[Row]) -> None:
    for label, name, do in (("Move up", "up", -1), ("Move down", "down", 1)):
        st.button(
            label,
            key=f"scripts_{name}",
            type="tertiary",
            on_click=_move,
            args=(script, [row.id for row in picked], do),
        )
    st.button(
        f"Delete {money.count(len(picked), 'row')}",
        key="scripts_delete_rows",
        type="tertiary",
        icon=":material/delete:",
        on_click=_delete,
        args=(script, picked),
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


def _move(script: Script, ids: list[int], by: int) -> None:
    """Move the ticked rows one place up or down. Times belong to places, and stay in order."""
    messages.clear()
    rows = services().library.scripts.rows(script.id)
    order = rows[:] if by < 0 else rows[::-1]
    for place in range(1, len(order)):
        if order[place].id in ids and order[place - 1].id not in ids:
            order[place - 1], order[place] = order[place], order[place - 1]
    order = order if by < 0 else order[::-1]
    moved = [
        replace(row, position=place.position, start_s=place.start_s, end_s=place.end_s)
        for row, place in zip(order, rows, strict=True)
        if row.id != place.id
    ]
    services().library.scripts.put_rows(script.id, moved)
    current.turn()


def _delete(script: Script, rows: list[Row]) -> None:
    messages.clear()
    services().library.scripts.put_rows(script.id, [], gone=[row.id for row in rows])
    words = f"{money.count(len(rows), 'row')} deleted"
    messages.offer_undo(place(script), words, partial(_restore, script.id, rows))
    current.turn()


def place(script: Script) -> str:
    """The place where its deleted rows are offered back."""
    return f"scripts_rows_{script.id}"


def _restore(script_id: int, rows: list[Row]) -> None:
    services().library.scripts.put_rows(script_id, [replace(row, id=0) for row in rows])
    current.turn()
