"""Loudness in LUFS and true peak of a sound, and the gain that makes sounds equally loud.

Source: ITU-R BS.1770-4, annex 1 (loudness) and annex 2 (true peak).
"""

import io
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from math import log10
from typing import IO

import numpy as np
import soxr
from numpy.typing import NDArray

from lib.audio.facts import Samples
from lib.audio.reading import Reader
from lib.audio.weighting import Weighting

Energies = NDArray[np.float64]

STEPS_PER_S = 10
STEPS_PER_BLOCK = 4  # blocks of 400 ms, each overlaps the one before by 75 %
FULL_SCALE_LUFS = -0.691  # for an energy of 1, so that 997 Hz at full scale reads -3.01
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
OVERSAMPLING = 4

COMFORTABLE_LUFS = -16.0  # the usual target of podcasts
PEAK_MAX_DB = -1.0  # of full scale: an MP3 made from it may be about that much louder


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud one sound is.

    lufs: the integrated loudness; None for a sound that cannot be heard (all below -70 LUFS).
    peak: the true peak, 1.0 for full scale. It is between samples and may be a little over 1.
    """

    lufs: float | None
    peak: float


def loudness(source: bytes | IO[bytes]) -> Loudness:
    """Measure a sound file of any rate; an open file stays open.

    The standard adds channels up: a mono sound reads 3 LU less than the same sound in stereo,
    though most players make both equally loud. All channels count as left and right do. The
    standard does not cover sounds below 400 ms: they are measured as one block of their length.

    Raises NotSoundError as `inspect` does, but not for silence.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    with Reader(file) as reader:
        meter = _Meter(reader.rate_hz, reader.channels)
        for block in reader.blocks():
            meter.add(np.nan_to_num(block))
    return meter.result()


def common_lufs(sounds: Iterable[Loudness]) -> float:
    """The highest loudness that all sounds can have without clipping, at most -16 LUFS."""
    most = [one.lufs + PEAK_MAX_DB - 20 * log10(one.peak) for one in sounds if one.lufs is not None]
    return min([COMFORTABLE_LUFS, *most])


def gain_db(one: Loudness, target_lufs: float) -> float:
    """The gain in dB that brings the sound to `target_lufs`; 0 if it cannot be heard."""
    return 0.0 if one.lufs is None else target_lufs - one.lufs


class _Meter:
    """Measures block by block; it stores one energy for every 100 ms."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._weighting = Weighting(rate_hz, channels)
        self._oversampled = soxr.ResampleStream(rate_hz, OVERSAMPLING * rate_hz, channels)
        self._nothing: Samples = np.empty((0, channels), np.float32)
        self._peak = 0.0
        self._step_frames = max(1, round(rate_hz / STEPS_PER_S))
        self._steps = array("d")
        self._rest: Energies = np.empty(0)

    def add(self, block: Samples) -> None:
        """`block` has the shape (frames, channels)."""
        self._add_peak(block, self._oversampled.resample_chunk(block))
        self._add_energy(self._weighting.add(block))

    def result(self) -> Loudness:
        self._add_peak(self._oversampled.resample_chunk(self._nothing, last=True))
        self._add_energy(self._weighting.end())
        return Loudness(_gated(self._blocks()), self._peak)

    def _add_peak(self, *blocks: Samples) -> None:
        self._peak = max(self._peak, *(float(np.abs(block).max(initial=0)) for block in blocks))

    def _add_energy(self, weighted: Samples) -> None:
        energy = np.square(weighted, dtype=np.float64).sum(axis=1)
        energy = np.concatenate((self._rest, energy))
        whole = len(energy) - len(energy) % self._step_frames
        self._steps.extend(energy[:whole].reshape(-1, self._step_frames).sum(axis=1))
        self._rest = energy[whole:]

    def _blocks(self) -> Energies:
        """The mean energy of each block of 400 ms, or of the whole sound if it is shorter."""
        steps = np.frombuffer(self._steps)
        if len(steps) < STEPS_PER_BLOCK:
            frames = len(steps) * self._step_frames + len(self._rest)
            return np.array([(steps.sum() + self._rest.sum()) / frames])
        sums = np.lib.stride_tricks.sliding_window_view(steps, STEPS_PER_BLOCK).sum(axis=1)
        means: Energies = sums / (STEPS_PER_BLOCK * self._step_frames)
        return means


def _gated(blocks: Energies) -> float | None:
    """The loudness in LUFS of the blocks above both gates, absolute and relative (no pauses)."""
    audible = blocks[blocks > 10 ** ((ABSOLUTE_GATE_LUFS - FULL_SCALE_LUFS) / 10)]
    if not len(audible):
        return None
    spoken = audible[audible > audible.mean() * 10 ** (RELATIVE_GATE_LU / 10)]
    return FULL_SCALE_LUFS + 10 * log10(spoken.mean())
