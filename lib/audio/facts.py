"""What is known about one sound, and the picture of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib import speech

Samples = NDArray[np.float32]

MEDIA_TYPES = {str(kind): media_type for kind, media_type in speech.MEDIA_TYPES.items()} | {
    "flac": "audio/flac",
    "ogg": "audio/ogg",
}
PEAKS = 240
BIN_S = 0.005
AUDIBLE = 0.001  # of full scale, -60 dB: below that nobody hears anything


class NotSoundError(ValueError):
    """These bytes are no whole, audible sound; the message says why, for staff to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one sound file holds, found by decoding all of it.

    format: "mp3", "wav", "flac" or "ogg", by content.
    peaks: PEAKS bytes, the loudest sample of each equal stretch, 255 for full scale.
    """

    format: str
    media_type: str
    length_s: float
    rate_hz: int
    channels: int
    peaks: bytes


class Picture:
    """Collects the peaks of a sound of unknown length, one byte for each 5 ms."""

    def __init__(self, rate_hz: int) -> None:
        self.frames = 0
        self.loudest = 0.0
        self._bin_frames = max(1, round(rate_hz * BIN_S))
        self._bins = bytearray()
        self._rest: Samples = np.empty(0, np.float32)

    def add(self, block: Samples) -> None:
        """`block` has the shape (frames,) or (frames, channels)."""
        loud = np.abs(block) if block.ndim == 1 else np.abs(block).max(axis=1, initial=0)
        loud = np.nan_to_num(loud)  # NaN would be neither loud nor silent
        self.frames += len(loud)
        self.loudest = max(self.loudest, float(loud.max(initial=0)))
        loud = np.concatenate((self._rest, loud))
        whole = len(loud) - len(loud) % self._bin_frames
        self._bins += _as_bytes(loud[:whole].reshape(-1, self._bin_frames).max(axis=1))
        self._rest = loud[whole:]

    def peaks(self) -> bytes:
        last = _as_bytes(self._rest.max(keepdims=True)) if len(self._rest) else b""
        bins = np.frombuffer(self._bins + last, np.uint8)
        return bytes(np.maximum.reduceat(bins, np.arange(PEAKS) * len(bins) // PEAKS))


def _as_bytes(heights: Samples) -> bytes:
    packed: bytes = np.rint(heights.clip(0, 1) * 255).astype(np.uint8).tobytes()
    return packed
