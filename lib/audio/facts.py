"""The facts of one sound file: format, length in seconds, rate in Hz, and its waveform peaks."""

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
AUDIBLE = 0.001  # of full scale, -60 dB: nobody hears a sound below that


class NotSoundError(ValueError):
    """The bytes are not a complete, audible sound file. The message tells staff why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one sound file, found by decoding all of it.

    format: "mp3", "wav", "flac" or "ogg", known from the content and not from the name.
    peaks: PEAKS bytes for PEAKS equal stretches: the loudest sample of each, 255 is full scale.
    """

    format: str
    media_type: str
    length_s: float
    rate_hz: int
    channels: int
    peaks: bytes


class Picture:
    """Collects the waveform peaks of a sound of unknown length: one byte for every 5 ms."""

    def __init__(self, rate_hz: int) -> None:
        self.frames = 0
        self.loudest = 0.0
        self._bin_frames = max(1, round(rate_hz * BIN_S))
        self._bins = bytearray()
        self._rest: Samples = np.empty(0, np.float32)

    def add(self, block: Samples) -> None:
        """`block` has the shape (frames,) or (frames, channels)."""
        loud = np.abs(block) if block.ndim == 1 else np.abs(block).max(axis=1, initial=0)
        loud = np.nan_to_num(loud)  # a comparison with NaN is always false
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
