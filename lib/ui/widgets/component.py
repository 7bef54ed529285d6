"""What the browser draws by scripts of our own: their files, and how they get their data."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from lib.waveform import CSS, SHARED_JS

_HERE = Path(__file__).parent


def component(name: str, *files: str) -> Callable[..., None]:
    """Register a component; returns the function that draws it: key, data, on_…_change.

    files: its scripts and styles in this folder, which come behind those of the player.
    """

    def joined(suffix: str) -> str:
        found = (_HERE / file for file in files if file.endswith(suffix))
        return "".join(file.read_text(encoding="utf-8") for file in found)

    mount = st.components.v2.component(
        f"soundcheck_{name}",
        css=CSS + joined(".css"),
        js=SHARED_JS + joined(".js"),
        isolate_styles=False,  # the <audio> stands in the page itself; player.css says why
    )

    def draw(*, key: str, data: Mapping[str, object], **on_change: Any) -> None:
        # In a list, which shared.js opens: among the values of a dict Streamlit looks for tables,
        # and loads pandas for it, so that the first page took 0.3 s longer.
        mount(key=key, data=[data], **on_change)

    return draw
