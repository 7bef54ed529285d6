"""Check that a file is a complete, audible sound, and find its facts and its audible part."""

import io
import threading
from typing import IO

import numpy as np
from numpy.typing import NDArray

from lib.audio.facts import AUDIBLE, BIN_S, MEDIA_TYPES, Facts, NotSoundError, Picture, Samples
from lib.audio.reading import Reader

FAINT = 0.01  # of the loudest moment, -40 dB: nobody hears a sound that is so much quieter

# A decoder calls Python for every 200 bytes. Two decoders at once keep handing the interpreter
# lock to each other: together they take longer than in turn, and other threads wait.
_decoding = threading.Lock()


def inspect(data: bytes | IO[bytes]) -> Facts:
    """Decode all of a sound file and return its facts. An open file stays open.

    Several MP3s one behind the other are one sound of their whole length. Raises NotSoundError if
    it is empty, silent, cut off or not a sound. One cut is not noticed: an MP3 without an Info
    header, or the last of several, cut exactly between two frames.
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


def heard(data: bytes | IO[bytes]) -> tuple[float, float]:
    """The first and the last audible moment, in seconds from the start of the file, to 5 ms.

    Silence, breath and hiss at both ends are left out: all that is 40 dB below the loudest moment.
    An open file stays open. Raises NotSoundError if it is empty, cut off or not a sound.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    frames = 0
    starts: list[NDArray[np.int64]] = []
    loud: list[Samples] = []
    with _decoding, Reader(file) as reader:
        step = max(1, round(reader.rate_hz * BIN_S))
        for block in reader.blocks():
            bins = np.arange(0, len(block), step)
            starts.append(frames + bins)
            loud.append(np.maximum.reduceat(np.abs(block).max(axis=1), bins))
            frames += len(block)
    levels = np.nan_to_num(np.concatenate(loud))
    is_loud = levels >= max(AUDIBLE, float(levels.max()) * FAINT)
    if not is_loud.any():
        return 0.0, frames / reader.rate_hz
    audible = np.concatenate(starts)[is_loud]
    end = min(frames, int(audible[-1]) + step)
    return float(audible[0]) / reader.rate_hz, end / reader.rate_hz
