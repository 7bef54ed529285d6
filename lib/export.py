"""Clips to take out: names for their files, tables for a spreadsheet, many clips in one ZIP."""

import csv
import io
import shutil
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import IO, BinaryIO

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script

NAME_MAX_BYTES = 120  # of UTF-8; file systems allow 255, folders and copies need some of it
VOICE_MAX_BYTES = 40
NO_TITLE, NO_VOICE = "clip", "voice"
CHUNK_BYTES = 1 << 20
MANIFEST = "manifest.csv"
MANIFEST_HEADER = ("File", "Title", "Text", "Voice", "Model", "Format", "Take", "Length (s)",
                   "Price (USD)", "When")  # fmt: skip

UNSEEN = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?<=\p{L})['’](?=\p{L})")
NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
GRAPHEME = regex.compile(r"\X")

# What a spreadsheet takes for a formula, also after blanks and in full width; and our own mark.
FORMULA = regex.compile(r"[\s\p{Cf}\p{Cc}]*[=+\-@−＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One clip for a ZIP. usd: None where nobody knows. suffix: of its file, such as "mp3"."""

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


def file_name(title: str, voice: str, suffix: str, taken: set[str] | None = None) -> str:
    """Such as "welcome-to-our-store_Ashley.mp3": letters, digits and dashes of any script.

    Safe on Windows, macOS and Linux, never empty, at most 120 bytes of UTF-8.
    taken: the names of one folder so far, kept by this function; pass the same set, empty at
    first, and no two names are equal for a file system that ignores case.
    """
    words = _slug(title).lower() or NO_TITLE
    spoken_by = _cut(_slug(voice), VOICE_MAX_BYTES) or NO_VOICE
    for number in count(1):
        ending = f"_{spoken_by}{f'_{number}' if number > 1 else ''}.{suffix}"
        name = _cut(words, NAME_MAX_BYTES - len(ending.encode())) + ending
        if taken is None or _folded(name) not in taken:
            break
    if taken is not None:
        taken.add(_folded(name))
    return name


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as UTF-8 with a byte order mark, safe to open in a spreadsheet.

    Numbers stay numbers, None is empty. A text that begins like a formula or with "'" gets a
    leading "'": taking one "'" off restores it.
    """
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(map(_cell, header))
    table.writerows(map(_cell, row) for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def zip_file(entries: Iterable[Entry], target: BinaryIO) -> None:
    """Write all clips, and a manifest with their texts, into `target`; any number of gigabytes.

    Each clip is copied from its own file as it is, one after the other; memory stays flat.
    Raises what an entry's `open` raises.
    """
    taken = {_folded(MANIFEST)}
    with (
        tempfile.TemporaryFile() as file,
        io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="") as lines,
        zipfile.ZipFile(target, "w") as archive,
    ):
        table = csv.writer(lines)
        table.writerow(MANIFEST_HEADER)
        for entry in entries:
            name = file_name(entry.title, entry.voice, entry.suffix, taken)
            with entry.open() as sound:
                _add(archive, name, sound, entry.made_at_s, zipfile.ZIP_STORED)
            table.writerow(map(_cell, _manifest_row(name, entry)))
        lines.flush()
        file.seek(0)
        _add(archive, MANIFEST, file, time.time(), zipfile.ZIP_DEFLATED)


def _slug(text: str) -> str:
    seen: str = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return str(NOT_IN_NAMES.sub("-", seen)).strip("-")


def _cut(text: str, max_bytes: int) -> str:
    """As many whole graphemes from the start as fit."""
    if len(text.encode()) <= max_bytes:
        return text
    size_bytes, end = 0, 0
    for grapheme in GRAPHEME.finditer(text):
        size_bytes += len(grapheme[0].encode())
        if size_bytes > max_bytes:
            break
        end = grapheme.end()
    return text[:end].strip("-")


def _folded(name: str) -> str:
    """Equal for names that a file system may take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"  # a spreadsheet need not know 1E-7
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def _manifest_row(name: str, entry: Entry) -> Sequence[object]:
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
    # ZIP keeps local time and knows no year before 1980.
    made = max(datetime.fromtimestamp(made_at_s), datetime(1980, 1, 1))
    member = zipfile.ZipInfo(name, made.timetuple()[:6])
    member.compress_type = compression
    member.external_attr = 0o644 << 16
    with archive.open(member, "w", force_zip64=True) as copy:
        shutil.copyfileobj(source, copy, CHUNK_BYTES)
