"""Work in the background, drawn while it goes on. All pages that wait for a task wait here."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lib.tasks import Task

POLL_S = 0.5


def watch(task: Task[Any], draw: Callable[[], None]) -> None:
    """Calls `draw`, and again as the task goes on. Once it is over, the page is drawn instead."""
    st.fragment(_drawn, run_every=POLL_S)(task, draw)


def _drawn(task: Task[Any], draw: Callable[[], None]) -> None:
    if task.is_over:
        st.rerun()
    draw()


def bar(task: Task[Any], words: str) -> None:
    """How far it is. words: over the bar."""
    st.progress(min(1.0, task.done / task.total) if task.total else 0.0, text=words)
