"""MP3 frame headers, read to see whether the last frame of a file is complete.

libsndfile compares a file with its Info header, if it has one. Streaming encoders write MP3s
without it: there, only an incomplete last frame shows that the file was cut off.
Source: ISO 11172-3, 2.4.1.3 and 2.4.2.3; ISO 13818-3, 2.4.2.3.
"""

TAIL_BYTES = 8192  # at least five of the longest frames

_KBIT_S_MPEG_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_S_MPEG_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ = {
    0b11: (44_100, 48_000, 32_000),
    0b10: (22_050, 24_000, 16_000),
    0b00: (11_025, 12_000, 8_000),
}
_HEADER_BYTES = 4
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
