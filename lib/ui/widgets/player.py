"""The waveform player of a clip, and the browser's own player as an alternative."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import streamlit as st

from lib import money
from lib.ui.widgets import style
from lib.ui.widgets.component import component
from lib.waveform import scaled, waveform_svg

PLAIN_WIDTH_PX = 364  # fits a card when two are side by side

ONE_AT_A_TIME_JS = Path(__file__).with_name("one_at_a_time.js")

_draw = component("player", "player.js")


def player(
    *,
    key: str,
    address: str,
    name: str,
    length_s: float,
    peaks: bytes | Sequence[int],
    autoplay: int = 0,
    small: bool = False,
) -> None:
    """The player of one clip. Starting it stops every other player.

    key: must be the same on each run, so that the sound goes on through reruns.
    address: root-relative ("/clips/…?sig=…") or absolute. A new
        signature does not interrupt the sound; another path before "?" is another clip.
    name: the name of the clip, read out by screen readers ("Play …").
    peaks: loudness along the clip, 0 to 255, usually 240 of them.
    autoplay: if not 0, start by itself, once for each address and number until the page is loaded
        anew, if the browser allows it.
    """
    data = {
        "key": key,
        "address": address,
        "name": name,
        "length_s": length_s,
        "peaks": scaled(peaks),
        "autoplay": autoplay,
        "small": small,
    }
    _draw(key=key, data=data)


def plain_player(
    *,
    address: str,
    name: str,
    length_s: float,
    peaks: bytes | Sequence[int],
    autoplay: int = 0,
) -> None:
    """The waveform as a picture, with the browser's own player below it."""
    # An image, since st.html removes svg elements.
    svg = b64encode(waveform_svg(peaks, width=PLAIN_WIDTH_PX, height=52).encode()).decode()
    picture = f'<img class="waveform" alt="" src="data:image/svg+xml;base64,{svg}">'
    style.script(ONE_AT_A_TIME_JS, before=picture)
    # st.audio takes a root-relative address for a file on the server's disk. The page has no
    # address only in tests without a browser.
    st.audio(
        urljoin(st.context.url or "http://localhost", address),
        alt=f"{name}, {money.span(length_s)}",
        autoplay=bool(autoplay),
    )
