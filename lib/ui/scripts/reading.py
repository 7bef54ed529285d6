"""A file that was brought in, read beside the server while the page says so."""

from typing import cast

import streamlit as st

from lib.apart import Task
from lib.apart.found import Found, Text
from lib.intake import Sheet
from lib.lexicon.files import Read
from lib.ui.services import services
from lib.ui.widgets import style

TICK_S = 0.2


def script(name: str, data: bytes) -> Text | Sheet:
    """What is in the file of a script. Raises InvalidRequestError."""
    return cast(Text | Sheet, _read("script", name, data))


def lexicon(name: str, data: bytes) -> Read:
    """What is in the file of a lexicon. Raises InvalidRequestError."""
    return cast(Read, _read("lexicon", name, data))


def _read(task: Task, name: str, data: bytes) -> Found:
    reading = services().readings.begin(task, name, data)
    place = st.empty()
    # Each line on the page is where a click, or a tab that is closed, ends this run; the file's
    # reading ends soon after, as nobody asks for it any more. The next run of the page goes on.
    while not reading.wait(TICK_S):
        with place:
            style.facts("Reading…" if reading.is_begun else "Waiting for another file to be read…")
    place.empty()
    if reading.was_left:  # the machine was so busy that this run did not come to ask for it
        return _read(task, name, data)
    return reading.result()
