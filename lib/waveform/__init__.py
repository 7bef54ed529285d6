"""The waveform: a sound as bars, drawn by the players of the pages and of a take-away file.

waveform.js draws it if scripts run, `waveform_svg` if they do not. player.css is its style.
"""

from collections.abc import Sequence
from pathlib import Path

BAR_PX = 3
PITCH_PX = 5
PEAK_MAX = 255
GREY = "#868b90"  # contrast 3.4:1 on white, 5.1:1 on a dark card, so that one picture is enough

_HERE = Path(__file__).parent

CSS = (_HERE / "player.css").read_text(encoding="utf-8")
# These come before the script of each component.
SHARED_JS = "".join(
    (_HERE / name).read_text(encoding="utf-8") for name in ("waveform.js", "shared.js")
)


def scaled(peaks: bytes | Sequence[int]) -> list[int]:
    """Peaks scaled so that the highest has full height: a picture, not a measure of loudness."""
    loudest = max(peaks, default=0) or 1
    return [peak * PEAK_MAX // loudest for peak in peaks]


def waveform_svg(peaks: bytes | Sequence[int], width: int, height: int) -> str:
    """The waveform as an SVG image, width and height in px.

    It has the same bars as waveform.js: one for every 5 px, as high as the highest peak there.
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
