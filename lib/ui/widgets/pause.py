"""Buttons that write a pause mark into a text area, at the cursor."""

from lib.script import pauses
from lib.ui.widgets.component import component

PAUSES_S = (0.5, 1.0, 2.0)

_draw = component("pauses", "pause.css", "pause.js")


def buttons(key: str, *, box: str) -> None:
    """Draw the buttons. box: the CSS selector of their text area."""
    marks = [[f"{seconds:g} s", pauses.mark(seconds)] for seconds in PAUSES_S]
    _draw(key=key, data={"box": box, "marks": marks})
