"""Present: voices or clips as big tiles on the whole screen, which can only be played."""

from collections.abc import Sequence
from typing import TypedDict

from lib import money
from lib.library.clip import Clip
from lib.script.visible import visible
from lib.ui.services import services
from lib.ui.widgets.component import component
from lib.waveform import scaled

TEXT_MAX_CHARS = 2_000  # more than fits on a screen in large letters

_draw = component("present", "present.css", "present.js")


class Tile(TypedDict):
    id: str
    name: str
    about: str
    text: str
    address: str
    length_s: float
    peaks: list[int]
    gain_db: float


def present(key: str, *, title: str, tiles: Sequence[Tile]) -> None:
    """The button **Present**. A click fetches all sounds and shows the tiles."""
    _draw(key=key, data={"key": key, "title": visible(title), "cards": list(tiles)})


def tile(clip: Clip, *, name: str, about: str, text: str, gain_db: float = 0.0) -> Tile:
    return {
        "id": str(clip.id),
        "name": visible(name),
        "about": about,
        "text": visible(text if len(text) <= TEXT_MAX_CHARS else f"{text[:TEXT_MAX_CHARS]}…"),
        "address": services().links.to_clip(clip.file or ""),
        "length_s": clip.length_s or 0.0,
        "peaks": scaled(clip.peaks or b""),
        "gain_db": gain_db,
    }


def clips(key: str, chosen: Sequence[Clip]) -> None:
    """Present these clips, each under its title."""
    catalogue = services().catalogue
    tiles = [
        tile(
            clip,
            name=clip.title,
            about=catalogue.voices_label(clip.voices),
            text=services().library.clips.script(clip.id),
        )
        for clip in chosen
    ]
    present(key, title=money.count(len(chosen), "clip"), tiles=tiles)
