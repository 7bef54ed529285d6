"""The rows of a shelf: what the browser draws of each clip, with the takes that lie under it."""

from collections.abc import Sequence

from lib.library.clip import Clip
from lib.library.folds import Folded
from lib.script.around import around
from lib.script.visible import visible
from lib.ui.services import services
from lib.ui.widgets import clip_card, clip_frame
from lib.ui.widgets.shelf import Row, Take
from lib.waveform import scaled

PEAKS = 60  # bars of a row; a clip has four times as many
TAKES_MAX = 20  # of one row, the newest
REST = " .,;:…"  # which a title that was cut leaves behind


def rows_of(clips: Sequence[Clip], words: str) -> list[Row]:
    """words: what was searched for."""
    if not clips:
        return []
    folds, ids = services().library.folds, [clip.id for clip in clips]
    takes = folds.under(ids, Folded.ON_TOP, Folded.TAKE)
    older = folds.under(ids, Folded.OLDER)
    pattern = clip_card.names_pattern()
    table = clip_frame.frame_of(clips).to_dict("records")
    return [
        {
            "id": clip.id,
            "title": cells["Name"],
            "text": visible(_text(clip, words)),
            "voices": cells["Voices"],
            "price": cells["Price"],
            "when": f"{cells['When']:%-d %b}",
            "at": f"{cells['When']:%-d %B %Y, %H:%M}",
            "star": clip.star,
            "download": clip_card.download_of(clip, clip.title, pattern),
            "takes": _takes(clip, takes.get(clip.id, [])),
            "older": len(older.get(clip.id, [])),
            "is_older": clip.id in [each.id for each in older.get(clip.id, [])],
        }
        for clip, cells in zip(clips, table, strict=True)
    ]


def _text(clip: Clip, words: str) -> str:
    """The second line: the piece with the match, or else what the title does not say."""
    if words:
        found = around(clip.excerpt, words)
        if not found and around(clip.title, words) is None:
            found = around(services().library.clips.script(clip.id), words)
        if found and found.startswith("…"):
            return found
    if clip_frame.is_named(clip):
        return clip.excerpt
    said = clip.title.removesuffix("…")
    return f"… {clip.excerpt[len(said) :].lstrip(REST)}" if clip.title.endswith("…") else ""


def _takes(clip: Clip, takes: Sequence[Clip]) -> list[Take]:
    """The takes that may be compared in the row, the one on top among them."""
    if clip.id not in [each.id for each in takes]:
        takes = [clip]  # an older version
    shown = list(takes[-TAKES_MAX:])
    if clip.id not in [each.id for each in shown]:
        shown[0] = clip
    return [
        {
            "id": each.id,
            "number": each.take,
            "name": visible(f"{clip.title}, take {each.take}" if len(takes) > 1 else clip.title),
            "address": services().links.to_clip(each.file or ""),
            "length_s": each.length_s or 0.0,
            "peaks": _fewer(scaled(each.peaks or b"")),
            "on_top": each.id == clip.id,
        }
        for each in shown
    ]


def _fewer(peaks: list[int]) -> list[int]:
    """The loudest of each few: a row's waveform is narrow."""
    size = max(1, -(-len(peaks) // PEAKS))
    return [max(peaks[start : start + size]) for start in range(0, len(peaks), size)]
