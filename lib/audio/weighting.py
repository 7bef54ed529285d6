"""K-weighting (ITU-R BS.1770) at any sampling rate: how strongly an ear hears each frequency.

The standard gives two filters for 48 kHz and asks for the same response at other rates. Here
both are one filter, applied by FFT, so that no Python code runs for each sample. Its response is
cut off where it is close to zero.
Source: ITU-R BS.1770-4, annex 1, tables 1 and 2.
"""

import numpy as np
from numpy.typing import NDArray

from lib.audio.facts import Samples
from lib.audio.reading import BLOCK_FRAMES

STANDARD_RATE_HZ = 48_000
HEAD = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
LOW_CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

REACH_FRAMES = 8192  # 43 ms at 192 kHz, longer at lower rates: then the response is near zero
FFT_FRAMES = BLOCK_FRAMES + 2 * REACH_FRAMES


class Weighting:
    """A filter whose output is REACH_FRAMES later than its input."""

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._filter = _spectrum(rate_hz)[:, np.newaxis]
        self._silence: Samples = np.zeros((REACH_FRAMES, channels), np.float32)
        self._waiting = self._silence

    def add(self, block: Samples) -> Samples:
        """The next weighted samples, in the shape of the block: (frames, channels)."""
        waiting = np.concatenate((self._waiting, block))
        self._waiting = waiting[-2 * REACH_FRAMES :]
        spectrum = np.fft.rfft(waiting, FFT_FRAMES, axis=0)
        weighted = np.fft.irfft(spectrum * self._filter, FFT_FRAMES, axis=0)
        return weighted[2 * REACH_FRAMES : len(waiting)].astype(np.float32, copy=False)

    def end(self) -> Samples:
        return self.add(self._silence)


def _spectrum(rate_hz: int) -> NDArray[np.complex64]:
    """The spectrum of the filter: 2 * REACH_FRAMES taps, its middle at REACH_FRAMES."""
    frequencies_hz = np.fft.rfftfreq(2 * REACH_FRAMES, 1 / rate_hz)
    z = np.exp(2j * np.pi * frequencies_hz / STANDARD_RATE_HZ)
    head, low_cut = (np.polyval(b, z) / np.polyval(a, z) for b, a in (HEAD, LOW_CUT))
    taps = np.fft.fftshift(np.fft.irfft(head * low_cut))
    return np.fft.rfft(taps, FFT_FRAMES).astype(np.complex64)
