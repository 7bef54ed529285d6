"""Files that take a while to prepare: made beside the page, watched from it, fetched by links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from lib.tasks import Progress, Task
from lib.ui.services import services
from lib.ui.widgets import style
from lib.ui.widgets.task import bar, watch


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """On the shelf by this name; saved by the browser as `save_as`. label: of its link."""

    name: str
    save_as: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What was asked for, and who makes it. asked: equal for the same files."""

    asked: object
    task: Task[Sequence[File]]


def show(place: str, asked: object, label: str, pack: Callable[[Progress], Sequence[File]]) -> None:
    """The button `label`, then how far it is, then links to the files.

    pack: makes them, as `Tasks.begin` runs it.
    """
    parcel: Parcel | None = st.session_state.get(_key(place))
    if parcel and parcel.asked == asked:
        task = parcel.task
        if not task.is_over:
            watch(task, partial(_progress, place, task))
            return
        if task.made:
            for file in task.made:
                address = services().links.to_take_out(file.name, file.save_as)
                style.download(file.label, address)
            return
        if task.error:
            style.notice("failure", str(task.error), task.error.hint)
    st.button(label, key=f"{place}_pack", on_click=_begin, args=(place, asked, pack))


def _key(place: str) -> str:
    return f"_{place}_parcel"


def _begin(place: str, asked: object, pack: Callable[[Progress], Sequence[File]]) -> None:
    _stop(place)
    task = services().tasks.begin("take-out", pack)
    st.session_state[_key(place)] = Parcel(asked=asked, task=task)


def _stop(place: str) -> None:
    if parcel := st.session_state.pop(_key(place), None):
        parcel.task.stop()


def _progress(place: str, task: Task[Sequence[File]]) -> None:
    bar(task, f"Preparing {task.done:,} of {task.total:,}" if task.total else "Preparing")
    st.button(
        "Cancel", key=f"{place}_pack_cancel", icon=":material/close:", on_click=_stop, args=(place,)
    )
