"""Buttons that write a pause mark into a text area, at the cursor."""

from pathlib import Path

import streamlit as st

from lib.script import pauses
from lib.waveform import SHARED_JS

PAUSES_S = (0.5, 1.0, 2.0)

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "soundcheck_pauses",
    css=(_HERE / "pause.css").read_text(encoding="utf-8"),
    js=SHARED_JS + (_HERE / "pause.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def buttons(key: str, *, box: str) -> None:
    """Draw the buttons. box: the CSS selector of their text area."""
    marks = [[f"{seconds:g} s", pauses.mark(seconds)] for seconds in PAUSES_S]
    _mount(key=key, data={"box": box, "marks": marks})
