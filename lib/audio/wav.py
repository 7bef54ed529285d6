"""The length that a WAV header states, compared with the length of the file.

A header that was written before its sound states a placeholder (0, or the largest number). Then
the bytes of the file count. If the length is plausible and the file has fewer bytes, the file was
cut off.
"""

import struct
from typing import IO

from lib.audio.facts import NotSoundError

MADE_UP_BYTES = 0x7FFF_0000  # streaming writers state this or more
_CHUNK_HEADER = struct.Struct("<4sI")
_SIZE_BYTES = 4


def correction(file: IO[bytes]) -> tuple[int, bytes]:
    """The position of a wrong length and the four bytes that correct it; (0, b"") if right.

    Raises NotSoundError if sound is missing.
    """
    file.seek(0)
    riff = file.read(12)
    if riff[:4] != b"RIFF" or riff[8:] != b"WAVE":
        return 0, b""
    while len(header := file.read(_CHUNK_HEADER.size)) == _CHUNK_HEADER.size:
        name, stated = _CHUNK_HEADER.unpack(header)
        if name == b"data":
            return _checked(file, stated)
        file.seek(stated + stated % 2, 1)
    return 0, b""


def _checked(file: IO[bytes], stated: int) -> tuple[int, bytes]:
    start = file.tell()
    there = file.seek(0, 2) - start
    if there < stated < MADE_UP_BYTES:
        raise NotSoundError("The sound file stops before its end.")
    if stated and _only_chunks(file, start + stated + stated % 2):
        return 0, b""
    return start - _SIZE_BYTES, struct.pack("<I", there)


def _only_chunks(file: IO[bytes], at: int) -> bool:
    """Whether only further chunks follow, such as a title or a list of cue points."""
    end = file.seek(0, 2)
    while at + _CHUNK_HEADER.size <= end:
        file.seek(at)
        name, size = _CHUNK_HEADER.unpack(file.read(_CHUNK_HEADER.size))
        at += _CHUNK_HEADER.size + size + size % 2
        if not (name.isascii() and name.decode().isprintable()):
            return False
    return at <= end + 1  # the last pad byte is often left out
