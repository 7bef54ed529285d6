"""Write title, voices, date and chapters into a sound file without changing the sound.

An MP3 gets an ID3 tag before the sound. A WAV gets chunks after it: an INFO list and cue points
with labels, which old programs read, and an ID3 tag, which states its text encoding.
Source for WAV: IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0,
August 1991, chapters 2 ("INFO List Chunk") and 3 ("Cue-Points Chunk", "Associated Data Chunk").
"""

import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO, NamedTuple

from lib.audio import id3, wav
from lib.audio.facts import NotSoundError
from lib.audio.tags import Chapter, Tags, stored
from lib.audio.writing import WAV_MAX_BYTES
from lib.errors import InvalidRequestError

COPY_BYTES = 1 << 20
CHUNK_HEADER = struct.Struct("<4sI")
CUE = struct.Struct("<II4sIII")
RIFF_BYTES = 12
RATE_AT = 4  # in the format chunk
REPLACED = (b"LIST", b"cue ", b"id3 ", b"ID3 ")


class _Chunk(NamedTuple):
    name: bytes
    start: int
    size: int


def tagged(source: IO[bytes], target: IO[bytes], tags: Tags) -> None:
    """Copy a sound file and replace its tags. Formats other than MP3 and WAV are only copied.

    source: seekable; it is never all in memory. Raises NotSoundError for an incomplete WAV,
    InvalidRequestError for a WAV that would pass 4 GB with its tags, and the errors of the files.
    """
    source.seek(0)
    head = source.read(RIFF_BYTES)
    if head[:4] == b"RIFF" and head[8:] == b"WAVE":
        _write_wav(source, target, tags)
        return
    if head[:3] == b"ID3" or _begins_frame(head):
        target.write(id3.tag(tags))
        source.seek(id3.end_of_tags(source))
    else:
        source.seek(0)
    shutil.copyfileobj(source, target, COPY_BYTES)


def _begins_frame(head: bytes) -> bool:
    """Whether an MPEG layer III frame begins here, by its sync bits and its layer."""
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _write_wav(source: IO[bytes], target: IO[bytes], tags: Tags) -> None:
    kept = [chunk for chunk in _chunks(source) if chunk.name not in REPLACED]
    added = b"".join(_added(tags, _rate_hz(source, kept)))
    size = 4 + sum(CHUNK_HEADER.size + each.size + each.size % 2 for each in kept) + len(added)
    if size + CHUNK_HEADER.size > WAV_MAX_BYTES:
        raise InvalidRequestError(
            "This sound is almost 4 GB long, and a wav file has no room for its title then.",
            hint="Choose mp3 as the format.",
        )
    target.write(CHUNK_HEADER.pack(b"RIFF", size) + b"WAVE")
    for chunk in kept:
        target.write(CHUNK_HEADER.pack(chunk.name, chunk.size))
        source.seek(chunk.start)
        _copy(source, target, chunk.size)
        target.write(bytes(chunk.size % 2))
    target.write(added)


def _chunks(file: IO[bytes]) -> Iterator[_Chunk]:
    """The chunks of a WAV with their real sizes: a header may state a wrong one."""
    patch_at, patch = wav.correction(file)
    end = file.seek(0, 2)
    start = RIFF_BYTES
    while start + CHUNK_HEADER.size <= end:
        file.seek(start)
        name, size = CHUNK_HEADER.unpack(file.read(CHUNK_HEADER.size))
        start += CHUNK_HEADER.size
        if patch and start == patch_at + len(patch):
            size = int.from_bytes(patch, "little")
        yield _Chunk(name, start, min(size, end - start))
        start += size + size % 2


def _rate_hz(file: IO[bytes], chunks: Sequence[_Chunk]) -> int:
    start = next((chunk.start for chunk in chunks if chunk.name == b"fmt "), None)
    if start is None:
        raise NotSoundError("This is not a sound file.")
    file.seek(start + RATE_AT)
    return int.from_bytes(file.read(4), "little")


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    while size and (block := source.read(min(size, COPY_BYTES))):
        target.write(block)
        size -= len(block)


def _added(tags: Tags, rate_hz: int) -> Iterator[bytes]:
    facts = (
        (b"INAM", tags.title),
        (b"IART", ", ".join(tags.voices)),
        (b"ICRD", tags.made_on.isoformat()),
        (b"ICMT", tags.comment),
    )
    yield _chunk(b"LIST", b"INFO" + b"".join(_chunk(name, _words(text)) for name, text in facts))
    if tags.chapters:
        yield from _marks(tags.chapters, rate_hz)
    # The ID3 tag has no chapters here: ffmpeg would list them twice.
    yield _chunk(b"id3 ", id3.tag(replace(tags, chapters=())))


def _marks(chapters: Sequence[Chapter], rate_hz: int) -> Iterator[bytes]:
    """One cue point for each chapter, numbered from 1, and the labels with their titles."""
    cues, labels = [struct.pack("<I", len(chapters))], []
    for number, chapter in enumerate(chapters, start=1):
        frame = round(chapter.start_s * rate_hz)
        cues.append(CUE.pack(number, frame, b"data", 0, 0, frame))
        labels.append(_chunk(b"labl", struct.pack("<I", number) + _words(chapter.title)))
    yield _chunk(b"cue ", b"".join(cues))
    yield _chunk(b"LIST", b"adtl" + b"".join(labels))


def _words(text: str) -> bytes:
    return stored(text).encode() + b"\0"


def _chunk(name: bytes, body: bytes) -> bytes:
    return CHUNK_HEADER.pack(name, len(body)) + body + bytes(len(body) % 2)
