"""Detect the type of a sound from its first bytes, not from headers or file names."""


def media_type(data: bytes) -> str | None:
    """The media type such as "audio/mpeg"; None if it is not a sound."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    if data[:3] == b"ID3":
        return "audio/mpeg"
    if data[:4] == b"OggS":
        return "audio/ogg"
    if data[:4] == b"fLaC":
        return "audio/flac"
    return _frame_type(data[:2])


def _frame_type(start: bytes) -> str | None:
    """The media type of an MPEG frame: eleven set bits, then its layer."""
    if len(start) < 2 or start[0] != 0xFF or start[1] < 0xE0:
        return None
    layer = start[1] & 0b110
    if layer == 0b010:  # layer III
        return "audio/mpeg"
    if layer == 0b000 and start[1] >= 0xF0:  # ADTS has the layer bits clear
        return "audio/aac"
    return None
