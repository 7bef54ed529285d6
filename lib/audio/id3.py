"""ID3v2.4 tags at the start of MP3 files: title, artist, date, comment and chapters.

Sources: "ID3 tag version 2.4.0", Main Structure and Native Frames, 2000-11-01; "ID3v2 Chapter
Frame Addendum" 1.0, 2005-12-02. No library is used: those that write chapters are under the GPL,
and the others only read them.
"""

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import IO

from lib.audio.tags import Chapter, Tags, stored

HEADER_BYTES = 10
HAS_FOOTER = 0x10
UTF_8 = b"\x03"
LANGUAGE = b"und"  # ISO 639-2: not determined
NO_PLACE = 0xFFFFFFFF  # a chapter has no byte position: its times are used
TOP_LEVEL, ORDERED = 0b10, 0b01
LISTED_MAX = 255  # in one table of contents


def tag(tags: Tags) -> bytes:
    """The bytes of a complete tag, without padding."""
    frames = [
        _words(b"TIT2", tags.title),
        _words(b"TPE1", ", ".join(tags.voices)),
        _words(b"TDRC", tags.made_on.isoformat()),
        _frame(b"COMM", UTF_8 + LANGUAGE + b"\0" + _utf_8(tags.comment)),
        *_contents(len(tags.chapters)),
        *_chapters(tags.chapters, tags.length_s),
    ]
    body = b"".join(frames)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def end_of_tags(file: IO[bytes]) -> int:
    """The byte position where the ID3v2 tags end and the sound begins; 0 without tags."""
    end = 0
    while True:
        file.seek(end)
        head = file.read(HEADER_BYTES)
        if len(head) < HEADER_BYTES or head[:3] != b"ID3":
            return end
        size = sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        end += HEADER_BYTES + size + (HEADER_BYTES if head[5] & HAS_FOOTER else 0)


def _contents(count: int) -> list[bytes]:
    """The table of contents, split into several frames if it is long."""
    ids = [_id(number) for number in range(count)]
    parts = [ids[first : first + LISTED_MAX] for first in range(0, count, LISTED_MAX)]
    if len(parts) < 2:
        return [_listing(b"toc", TOP_LEVEL | ORDERED, ids) for ids in parts]
    names = [b"toc%d" % number for number in range(len(parts))]
    return [
        _listing(b"toc", TOP_LEVEL | ORDERED, names),
        *(_listing(name, ORDERED, part) for name, part in zip(names, parts, strict=True)),
    ]


def _listing(name: bytes, flags: int, ids: Sequence[bytes]) -> bytes:
    listed = b"".join(each + b"\0" for each in ids)
    return _frame(b"CTOC", name + b"\0" + bytes([flags, len(ids)]) + listed)


def _chapters(chapters: Sequence[Chapter], length_s: float) -> list[bytes]:
    times_ms = [round(each.start_s * 1000) for each in chapters] + [round(length_s * 1000)]
    frames = []
    for number, (chapter, span_ms) in enumerate(zip(chapters, pairwise(times_ms), strict=True)):
        times = struct.pack(">4I", *span_ms, NO_PLACE, NO_PLACE)
        frames.append(_frame(b"CHAP", _id(number) + b"\0" + times + _words(b"TIT2", chapter.title)))
    return frames


def _id(number: int) -> bytes:
    return b"ch%d" % number


def _words(name: bytes, text: str) -> bytes:
    """A text frame, or b"" for an empty text."""
    words = _utf_8(text)
    return _frame(name, UTF_8 + words) if words else b""


def _utf_8(text: str) -> bytes:
    return stored(text).encode()


def _frame(name: bytes, body: bytes) -> bytes:
    return name + _synchsafe(len(body)) + b"\0\0" + body


def _synchsafe(number: int) -> bytes:
    """A number of 28 bits in four bytes, seven bits in each."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
