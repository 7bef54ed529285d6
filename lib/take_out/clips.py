"""Take out single clips: a list as CSV, or several clips in one ZIP."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from lib import export
from lib.catalogue import Catalogue
from lib.library import Library
from lib.library.clip import Clip
from lib.library.listing import Wanted

HEADER = ("When", "Text", "Voice", "Model", "Format", "Take", "Length (s)", "Size (bytes)",
          "Price (USD)", "Starred")  # fmt: skip


def csv_of(wanted: Wanted, *, library: Library, catalogue: Catalogue) -> bytes:
    """The complete list with the full texts, as CSV."""
    rows = (_row(clip, library, catalogue) for clip in _all(wanted, library))
    return export.csv_bytes(HEADER, rows)


def zip_of(clips: Sequence[Clip], *, library: Library, catalogue: Catalogue) -> bytes:
    """A ZIP of the clips and a manifest, in memory."""
    target = io.BytesIO()
    entries = (zip_entry(clip, library, catalogue) for clip in clips)
    export.zip_file(entries, target, pattern=library.preferences.get().file_names)
    return target.getvalue()


def zip_entry(clip: Clip, library: Library, catalogue: Catalogue) -> export.ZipEntry:
    return export.ZipEntry(
        title=clip.title,
        script=library.clips.script(clip.id),
        voice=catalogue.voices_label(clip.voices),
        model=catalogue.model_label(clip.model),
        format=clip.format,
        take=clip.take,
        length_s=clip.length_s or 0.0,
        usd=clip.usd,
        made_at_s=clip.made_at_s,
        open=lambda: library.files.open(clip.file or ""),
        suffix=suffix_of(clip),
    )


def suffix_of(clip: Clip) -> str:
    """The suffix of its file, which may differ from the format that was ordered."""
    return Path(clip.file or "").suffix.removeprefix(".")


def _all(wanted: Wanted, library: Library) -> Iterator[Clip]:
    asked: Wanted | None = wanted
    while asked:
        page = library.listing.page(asked)
        yield from page.clips
        asked = page.next


def _row(clip: Clip, library: Library, catalogue: Catalogue) -> Sequence[object]:
    return (
        f"{datetime.fromtimestamp(clip.made_at_s).astimezone():%Y-%m-%d %H:%M:%S}",
        library.clips.script(clip.id),
        catalogue.voices_label(clip.voices, most=len(clip.voices)),
        catalogue.model_label(clip.model),
        clip.format,
        clip.take,
        round(clip.length_s or 0, 3),
        clip.size_bytes,
        clip.usd,
        "yes" if clip.star else "",
    )
