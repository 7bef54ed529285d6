"""Files that take a while to prepare: a task makes them, the page shows progress, then links."""

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
    """A prepared file. save_as: the name that the browser saves it under. label: of its link."""

    name: str
    save_as: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """The task that makes the files. asked: what was asked for, equal for the same files."""

    asked: object
    task: Task[Sequence[File]]


def show(
    place: str, asked: object, label: str, prepare: Callable[[Progress], Sequence[File]]
) -> None:
    """Draw the button `label`; after a click the progress, then links to the files.

    asked: equal for the same files. prepare: makes them; `Tasks.begin` runs it.
    """
    wanted: Preparation | None = st.session_state.get(_key(place))
    if wanted and wanted.asked == asked:
        task = wanted.task
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
    st.button(label, key=f"{place}_pack", on_click=_begin, args=(place, asked, prepare))


def _key(place: str) -> str:
    return f"_{place}_preparation"


def _begin(place: str, asked: object, prepare: Callable[[Progress], Sequence[File]]) -> None:
    _stop(place)
    task = services().tasks.begin("take-out", prepare)
    st.session_state[_key(place)] = Preparation(asked=asked, task=task)


def _stop(place: str) -> None:
    if wanted := st.session_state.pop(_key(place), None):
        wanted.task.stop()


def _progress(place: str, task: Task[Sequence[File]]) -> None:
    bar(task, "Preparing", "Preparing {done} of {total}")
    st.button(
        "Cancel", key=f"{place}_pack_cancel", icon=":material/close:", on_click=_stop, args=(place,)
    )
