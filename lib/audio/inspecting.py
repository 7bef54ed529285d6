"""Is this a whole, audible sound, and which?"""

import io
import threading
from typing import IO

from lib.audio.facts import AUDIBLE, MEDIA_TYPES, Facts, NotSoundError, Picture
from lib.audio.reading import Reader

# A decoder asks Python for every 200 bytes. Two at once pass the interpreter to and fro, and take
# longer than one after the other while the calls of other threads wait.
_decoding = threading.Lock()


def inspect(data: bytes | IO[bytes]) -> Facts:
    """Decode all of a sound file and say what it holds. An open file stays open.

    Raises NotSoundError if it is empty, silent, cut off or no sound. An MP3 without an Info
    header that was cut exactly between two frames cannot be told from a whole one.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    with _decoding, Reader(file) as reader:
        picture = Picture(reader.rate_hz)
        for block in reader.blocks():
            picture.add(block)
    if picture.loudest < AUDIBLE:
        raise NotSoundError("The sound file is silent.")
    return Facts(
        format=reader.format,
        media_type=MEDIA_TYPES[reader.format],
        length_s=picture.frames / reader.rate_hz,
        rate_hz=reader.rate_hz,
        channels=reader.channels,
        peaks=picture.peaks(),
    )
