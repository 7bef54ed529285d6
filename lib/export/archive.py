"""Write many clips and a list of them into one ZIP on disk."""

import csv
import io
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, BinaryIO

from lib.export.names import PATTERN, Named, file_name, folded
from lib.export.tables import cell

CHUNK_BYTES = 1 << 20
DIGITS_MIN = 2
MANIFEST = "manifest.csv"
MANIFEST_HEADER = ("File", "Title", "Text", "Voice", "Model", "Format", "Take", "Length (s)",
                   "Price (USD)", "When")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipEntry:
    """One clip for a ZIP. usd: None if unknown. suffix: the one of its file, such as "mp3".

    beside: returns more files of the same name, such as captions, by their suffix.
    """

    title: str
    script: str
    voice: str
    model: str
    format: str
    take: int
    length_s: float
    usd: Decimal | None
    made_at_s: float
    open: Callable[[], IO[bytes]]
    suffix: str
    beside: Callable[[], Mapping[str, bytes]] = dict


def zip_file(
    entries: Iterable[ZipEntry],
    target: BinaryIO,
    *,
    count: int = 0,
    files: Sequence[tuple[str, bytes]] = (),
    pattern: str = PATTERN,
) -> None:
    """Write all clips, and a manifest with their texts, into `target`; any number of gigabytes.

    The files of the clips are copied unchanged, one after the other, and never all in memory.
    count: the number of clips, if each has a number: "07" of 12; else 0. pattern: of the names.
    files: (name, bytes) of other files, such as the script; their names are safe and different.
    Raises the errors of an entry's `open` and `beside`.
    """
    taken = {folded(name) for name in (MANIFEST, *(name for name, _ in files))}
    digits = max(DIGITS_MIN, len(str(count)))
    with (
        tempfile.TemporaryFile() as file,
        io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="") as lines,
        zipfile.ZipFile(target, "w") as archive,
    ):
        table = csv.writer(lines)
        table.writerow(MANIFEST_HEADER)
        for place, entry in enumerate(entries, start=1):
            number = f"{place:0{digits}}" if count else ""
            name = _add_entry(archive, entry, taken, number, pattern)
            table.writerow(map(cell, _manifest_row(name, entry)))
        for name, data in files:
            _add(archive, name, io.BytesIO(data), time.time(), zipfile.ZIP_DEFLATED)
        lines.flush()
        file.seek(0)
        _add(archive, MANIFEST, file, time.time(), zipfile.ZIP_DEFLATED)


def _add_entry(
    archive: zipfile.ZipFile, entry: ZipEntry, taken: set[str], number: str, pattern: str
) -> str:
    named = Named(
        title=entry.title,
        voice=entry.voice,
        number=number,
        take=1 if number else entry.take,  # a row of a script has one file, whatever its take
        made_at_s=entry.made_at_s,
    )
    name = file_name(named, entry.suffix, taken, pattern=pattern)
    with entry.open() as sound:
        _add(archive, name, sound, entry.made_at_s, zipfile.ZIP_STORED)
    for suffix, data in entry.beside().items():
        other = file_name(named, suffix, taken, pattern=pattern)
        _add(archive, other, io.BytesIO(data), entry.made_at_s, zipfile.ZIP_DEFLATED)
    return name


def _manifest_row(name: str, entry: ZipEntry) -> Sequence[object]:
    return (
        name,
        entry.title,
        entry.script,
        entry.voice,
        entry.model,
        entry.format,
        entry.take,
        round(entry.length_s, 3),
        entry.usd,
        f"{datetime.fromtimestamp(entry.made_at_s):%Y-%m-%d %H:%M:%S}",
    )


def _add(
    archive: zipfile.ZipFile, name: str, source: IO[bytes], made_at_s: float, compression: int
) -> None:
    # ZIP has local times, and no year before 1980.
    made = max(datetime.fromtimestamp(made_at_s), datetime(1980, 1, 1))
    member = zipfile.ZipInfo(name, made.timetuple()[:6])
    member.compress_type = compression
    member.external_attr = 0o644 << 16
    with archive.open(member, "w", force_zip64=True) as copy:
        shutil.copyfileobj(source, copy, CHUNK_BYTES)
