"""The waveform that is a clip's player, and the browser's own player for those who prefer it."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urljoin

import streamlit as st

from lib.ui.widgets import style

BAR_PX = 3
PITCH_PX = 5
PEAK_MAX = 255
GREY = "#868b90"  # 3.4:1 on white, 5.1:1 on a dark card: one picture serves both
PLAIN_WIDTH_PX = 364  # what a card of two side by side has room for

_HERE = Path(__file__).parent
ONE_AT_A_TIME_JS = _HERE / "one_at_a_time.js"

CSS = (_HERE / "player.css").read_text(encoding="utf-8")
# In front of each of our scripts.
SHARED_JS = "".join(
    (_HERE / name).read_text(encoding="utf-8") for name in ("waveform.js", "shared.js")
)

# isolate_styles=False keeps the <audio> in the page itself: player.css says why.
_mount = st.components.v2.component(
    "soundcheck_player",
    css=CSS,
    js=SHARED_JS + (_HERE / "player.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def player(
    *,
    key: str,
    address: str,
    name: str,
    length_s: float,
    peaks: bytes | Sequence[int],
    autoplay: bool = False,
    small: bool = False,
) -> None:
    """Play button, waveform and time of one clip; starting it stops every other player.

    key: the same on each run, so that the sound goes on through reruns.
    address: root-relative ("/clips/…?sig=…") or absolute. While the part before "?" stays, a new
        signature never interrupts what sounds; another path is another clip.
    name: what the clip is called, said by screen readers ("Play …").
    peaks: loudness along the clip, 0 to 255, usually 240 of them.
    autoplay: start by itself, once per address and page load, if the browser allows it.
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
    _mount(key=key, data=data)


def plain_player(
    *,
    address: str,
    name: str,
    length_s: float,
    peaks: bytes | Sequence[int],
    autoplay: bool = False,
) -> None:
    """The browser's own player under the same picture, for those who prefer its controls."""
    # As an image: st.html drops svg elements.
    svg = b64encode(waveform_svg(peaks, width=PLAIN_WIDTH_PX, height=52).encode()).decode()
    picture = f'<img class="waveform" alt="" src="data:image/svg+xml;base64,{svg}">'
    style.script(ONE_AT_A_TIME_JS, before=picture)
    # st.audio takes a root-relative address for a file on the server's disk. Only where there is
    # no browser has the page no address of its own.
    st.audio(
        urljoin(st.context.url or "http://localhost", address),
        alt=f"{name}, {length_s:.0f} seconds",
        autoplay=autoplay,
    )


def scaled(peaks: bytes | Sequence[int]) -> list[int]:
    """The loudest as high as can be: a picture of this clip, not a measure of its loudness."""
    loudest = max(peaks, default=0) or 1
    return [peak * PEAK_MAX // loudest for peak in peaks]


def waveform_svg(peaks: bytes | Sequence[int], width: int, height: int) -> str:
    """The waveform as a still picture of its own, width and height in px.

    The same bars as waveform.js draws: one each 5 px, as high as the loudest peak of its slice.
    """
    peaks = scaled(peaks)
    count = max((width + PITCH_PX - BAR_PX) // PITCH_PX, 1)
    reach = (height - BAR_PX) / 2
    bars = []
    for bar in range(count):
        start = bar * len(peaks) // count
        stop = max((bar + 1) * len(peaks) // count, start + 1)
        half = max(peaks[start:stop], default=0) / PEAK_MAX * reach
        bars.append(f"M{bar * PITCH_PX + BAR_PX / 2} {height / 2 - half:.2f}v{2 * half + 0.01:.2f}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><path d="{"".join(bars)}" fill="none" stroke="{GREY}" '
        f'stroke-width="{BAR_PX}" stroke-linecap="round"/></svg>'
    )
