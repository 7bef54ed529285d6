"""MP3 frame headers, read to see whether a file is whole.

libsndfile compares a file with its Info header, if it has one. Streaming encoders write MP3s
without it: there, only an incomplete last frame shows that the file was cut off. Where several
files stand one behind the other, the first one's header tells only of the first.
Source: ISO 11172-3, 2.4.1.3 and 2.4.2.3; ISO 13818-3, 2.4.2.3. Info: the LAME tag specification
by G. Bouvigne, revision 1. VBRI: "MP3 Info Tag" by Fraunhofer. ID3: id3.org, ID3v2.4.0, 3.1.
"""

from typing import IO

TAIL_BYTES = 8192  # at least five of the longest frames

_KBIT_S_MPEG_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_S_MPEG_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ = {
    0b11: (44_100, 48_000, 32_000),
    0b10: (22_050, 24_000, 16_000),
    0b00: (11_025, 12_000, 8_000),
}
_HEADER_BYTES = 4
_HEAD_BYTES = 4096  # more than the longest frame
_ID3V1_BYTES, _ID3V2_BYTES = 128, 10
_TAGS = (b"TAG", b"ID3", b"APE", b"LYR")
_HAS_LENGTHS = 0b11  # in frames and in bytes
_SAME_IN_ALL = 0xFFFE0C00  # sync, version, layer and rate


def is_cut_off(tail: bytes) -> bool:
    """Whether the last MP3 frame in `tail`, the last bytes of a file, is incomplete."""
    for start in range(len(tail) - _HEADER_BYTES):
        if tail[start] != 0xFF:  # as a frame does: most places are through with that
            continue
        end = _end_of_frames(tail, start)
        if end is not None:
            rest = tail[end:]
            return end > len(tail) or (len(rest) < _HEADER_BYTES and rest[:1] == b"\xff")
    return False


def correction(file: IO[bytes]) -> tuple[int, bytes]:
    """The position of a wrong Info header and the bytes that correct it; (0, b"") if right.

    It is wrong if it is about the first of several files, one behind the other: a decoder would
    stop after that one.
    """
    start = _after_id3v2(file, 0)
    head = _read(file, start, _HEAD_BYTES)
    size = _frame_bytes(_word(head, 0))
    at, name = max((head.find(name, 0, size), name) for name in (b"Info", b"Xing", b"VBRI"))
    if at < 0:
        return 0, b""
    place, length_first = _lengths_at(head, at, name)
    if not place:
        return 0, b""
    stated = int.from_bytes(head[place + (0 if length_first else 4) :][:4], "big")
    end = start + stated
    if _read(file, end, 3) == b"TAG":
        end += _ID3V1_BYTES
    if (
        stated < size
        or _end_of_frames(_read(file, _after_id3v2(file, end), _HEAD_BYTES), 0) is None
    ):
        return 0, b""
    frames, there = _counted(_read(file, start))
    lengths = [there, frames - 1] if length_first else [frames - 1, there]
    return start + place, b"".join(each.to_bytes(4, "big") for each in lengths)


def _lengths_at(head: bytes, at: int, name: bytes) -> tuple[int, bool]:
    """Where a header at `at` has the lengths in frames and in bytes, and whether bytes are first.

    (0, False) if it does not state both.
    """
    if name == b"VBRI":
        return at + 10, True
    flags = int.from_bytes(head[at + 4 : at + 8], "big")
    return (at + 8, False) if flags & _HAS_LENGTHS == _HAS_LENGTHS else (0, False)


def _counted(data: bytes) -> tuple[int, int]:
    """(number of frames, where the last one ends); tags between them are passed over."""
    at = frames = end = 0
    while 0 <= at <= len(data) - _HEADER_BYTES:
        size = _frame_bytes(_word(data, at))
        if size and _goes_on(data, at + size):
            frames, at = frames + 1, at + size
            end = min(at, len(data))
        else:
            at = data.find(b"\xff", at + 1)
    return frames, end


def _goes_on(data: bytes, at: int) -> bool:
    """Whether a frame, a tag or the end follows, as after every frame."""
    tag = data[at : at + 3]
    return len(data) - at < _HEADER_BYTES or tag in _TAGS or bool(_frame_bytes(_word(data, at)))


def _after_id3v2(file: IO[bytes], at: int) -> int:
    """The position after an ID3v2 tag that begins at `at`, or `at`."""
    tag = _read(file, at, _ID3V2_BYTES)
    if len(tag) < _ID3V2_BYTES or not tag.startswith(b"ID3"):
        return at
    size = 0
    for byte in tag[6:]:  # each has seven bits
        size = size << 7 | byte & 0x7F
    return at + _ID3V2_BYTES + size


def _read(file: IO[bytes], at: int, size: int = -1) -> bytes:
    file.seek(at)
    return file.read(size)


def _end_of_frames(tail: bytes, start: int) -> int | None:
    """Where the sequence of frames that begins at `start` ends; None for fewer than two frames."""
    kind = _word(tail, start) & _SAME_IN_ALL
    at, count = start, 0
    while at + _HEADER_BYTES <= len(tail):
        word = _word(tail, at)
        size = _frame_bytes(word)
        if not size or word & _SAME_IN_ALL != kind:
            break
        at, count = at + size, count + 1
    return at if count > 1 else None


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + _HEADER_BYTES], "big")


def _frame_bytes(word: int) -> int:
    """The length in bytes that a layer III frame header states; 0 for other words."""
    version, layer = word >> 19 & 0b11, word >> 17 & 0b11
    kbit_s, rate = word >> 12 & 0b1111, word >> 10 & 0b11
    if word >> 21 != 0x7FF or layer != 0b01 or version not in _RATES_HZ:
        return 0
    if kbit_s in (0, 0b1111) or rate == 0b11:
        return 0
    table, slots = (_KBIT_S_MPEG_1, 144) if version == 0b11 else (_KBIT_S_MPEG_2, 72)
    padding = word >> 9 & 1
    return slots * table[kbit_s - 1] * 1000 // _RATES_HZ[version][rate] + padding
