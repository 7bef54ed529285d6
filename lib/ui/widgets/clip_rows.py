"""Clips as rows and files to take out: the CSV of a list, the ZIP of several clips."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from lib import export
from lib.library.clip import Clip
from lib.library.listing import Wanted
from lib.ui.services import services

HEADER = ("When", "Text", "Voice", "Model", "Format", "Take", "Length (s)", "Size (bytes)",
          "Price (USD)", "Starred")  # fmt: skip


def csv_of(wanted: Wanted) -> bytes:
    """The whole list, every page of it, with the full texts."""
    return export.csv_bytes(HEADER, (_row(clip) for clip in _all(wanted)))


def zip_of(clips: Sequence[Clip]) -> bytes:
    """The clips and a manifest. In memory: a download button takes nothing else in the end."""
    target = io.BytesIO()
    export.zip_file((entry(clip) for clip in clips), target)
    return target.getvalue()


def _all(wanted: Wanted) -> Iterator[Clip]:
    asked: Wanted | None = wanted
    while asked:
        page = services().library.listing.page(asked)
        yield from page.clips
        asked = page.next


def _row(clip: Clip) -> Sequence[object]:
    the = services()
    return (
        f"{datetime.fromtimestamp(clip.made_at_s).astimezone():%Y-%m-%d %H:%M:%S}",
        the.library.clips.script(clip.id),
        the.catalogue.voice_label(clip.voice),
        the.catalogue.model_label(clip.model),
        clip.format,
        clip.take,
        round(clip.length_s or 0, 3),
        clip.size_bytes,
        clip.usd,
        "yes" if clip.star else "",
    )


def entry(clip: Clip) -> export.Entry:
    the = services()
    return export.Entry(
        title=clip.title,
        script=the.library.clips.script(clip.id),
        voice=the.catalogue.voice_label(clip.voice),
        model=the.catalogue.model_label(clip.model),
        format=clip.format,
        take=clip.take,
        length_s=clip.length_s or 0.0,
        usd=clip.usd,
        made_at_s=clip.made_at_s,
        open=lambda: the.library.files.open(clip.file or ""),
        suffix=suffix_of(clip),
    )


def suffix_of(clip: Clip) -> str:
    """What the file really is, which the service may have decided otherwise than it was asked."""
    return Path(clip.file or "").suffix.removeprefix(".")
