"""Work in the background, drawn while it goes on. All pages that wait for a task wait here."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib import events
from lib.tasks import Task, numbers_of
from lib.ui.widgets import live


def watch(task: Task[Any], draw: Callable[[], None], *, each_step: bool = False) -> None:
    """Calls `draw`, and has the page run once the task is over.

    each_step: also after each of its steps, where `draw` shows what it has made so far.
    """
    steps = [events.steps(task.id)] if each_step else []
    drawn = live.seen(events.task(task.id), *steps)
    if task.is_over:  # since the page has looked
        st.rerun()
    live.watch(f"task_{task.id}", drawn, poll=True)
    draw()


def bar(task: Task[Any], beginning: str, words: str) -> None:
    """How far it is. words: over the bar, with the fields {done} and {total}, once these are known;
    `beginning` before.
    """
    live.progress(
        f"task_bar_{task.id}",
        events.task(task.id),
        numbers_of(task),
        beginning,
        words,
        shares={"done": 1},
    )
