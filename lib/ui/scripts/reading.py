"""Read a brought-in file in another process, while the page says that it is being read."""

from typing import cast

import streamlit as st

from lib.apart import Task
from lib.apart.found import Found, Text
from lib.intake import GUESSED, Choices, Sheet
from lib.lexicon.files import Read
from lib.ui.services import services
from lib.ui.widgets import style

TICK_S = 0.2


def script(name: str, data: bytes, choices: Choices = GUESSED) -> Text | Sheet:
    """The content of a script file. Raises InvalidRequestError."""
    return cast(Text | Sheet, _read("script", name, data, choices))


def lexicon(name: str, data: bytes) -> Read:
    """The content of a lexicon file. Raises InvalidRequestError."""
    return cast(Read, _read("lexicon", name, data))


def _read(task: Task, name: str, data: bytes, choices: Choices = GUESSED) -> Found:
    reading = services().readings.begin(task, name, data, choices)
    place = st.empty()
    # Streamlit can end this run at each line drawn, after a click or when the tab is closed. The
    # reading is given up soon after, unless the next run of the page waits for it again.
    while not reading.wait(TICK_S):
        with place:
            style.facts("Reading…" if reading.is_begun else "Waiting for another file to be read…")
    place.empty()
    if reading.was_left:  # given up, since this run asked too late on a busy machine
        return _read(task, name, data, choices)
    return reading.result()
