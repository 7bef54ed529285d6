"""Encode samples as 16-bit WAV, or as MP3 with a constant bit rate."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import soundfile

from lib.audio.facts import MEDIA_TYPES, Facts, Picture, Samples
from lib.audio.reading import BLOCK_FRAMES, ForwardOnly
from lib.errors import InvalidRequestError
from lib.speech import Format

MP3_RATES_HZ = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
MPEG_1_FROM_HZ = 32_000
WAV_MAX_BYTES = 2**32 - 1
WAV_HEADER_BYTES = 44
BYTES_PER_SAMPLE = 2


def rate_for(rate_hz: int, format: Format) -> int:
    """The rate for the file, in Hz: `rate_hz`, or for mp3 the next higher rate that MP3 has."""
    if format == "wav":
        return rate_hz
    return next((rate for rate in MP3_RATES_HZ if rate >= rate_hz), MP3_RATES_HZ[-1])


def encode(samples: Samples, rate_hz: int, format: Format) -> bytes:
    """The bytes of a sound file. `samples`: mono, shape (frames,), 1.0 for full scale.

    rate_hz: one of MP3_RATES_HZ for mp3.
    """
    target = io.BytesIO()
    with Writer(target, rate_hz, format) as writer:
        writer.write(samples)
    return target.getvalue()


class Writer:
    """Writes sound into an empty seekable file, block by block.

    kbit_s: the bit rate of an mp3; None for the one that suits one voice at that rate.

    Raises InvalidRequestError before a wav file would pass 4 GB, its limit, and the errors of the
    file itself, such as a full disk, unchanged.
    """

    def __init__(
        self,
        target: IO[bytes],
        rate_hz: int,
        format: Format,
        *,
        channels: int = 1,
        kbit_s: int | None = None,
    ) -> None:
        self._sink = _Sink(target)
        self._rate_hz = rate_hz
        self._channels = channels
        self._format: Format = format
        self._picture = Picture(rate_hz)
        quality = _quality(rate_hz, format, kbit_s)
        self._sound = ForwardOnly(
            self._sink, "w", rate_hz, channels, format=format.upper(), **quality
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            with self._sink.errors():
                self._sound.close()
        else:
            with suppress(soundfile.SoundFileRuntimeError):
                self._sound.close()

    @property
    def frames(self) -> int:
        return self._picture.frames

    def write(self, block: Samples) -> None:
        """`block` has the shape (frames, channels), or (frames,) if it is mono."""
        self._make_sure_it_fits(len(block))
        self._put(block)

    def silence(self, frames: int) -> None:
        self._make_sure_it_fits(frames)
        for start in range(0, frames, BLOCK_FRAMES):
            shape = (min(BLOCK_FRAMES, frames - start), self._channels)
            self._put(np.zeros(shape, np.float32))

    def facts(self) -> Facts:
        return Facts(
            format=self._format,
            media_type=MEDIA_TYPES[self._format],
            length_s=self.frames / self._rate_hz,
            rate_hz=self._rate_hz,
            channels=self._channels,
            peaks=self._picture.peaks(),
        )

    def _put(self, block: Samples) -> None:
        with self._sink.errors():
            self._sound.write(block)
        self._picture.add(block)

    def _make_sure_it_fits(self, frames: int) -> None:
        size = WAV_HEADER_BYTES + (self.frames + frames) * self._channels * BYTES_PER_SAMPLE
        if self._format == "wav" and size > WAV_MAX_BYTES:
            raise InvalidRequestError(
                "This clip would be over 4 GB long, more than a wav file can hold.",
                hint="Choose mp3 as the format.",
            )


def _quality(rate_hz: int, format: Format, kbit_s: int | None) -> dict[str, Any]:
    """64 kbit/s up to 24 kHz, 96 above: one voice sounds as the original; the vendor uses 128."""
    if format == "wav":
        return {"subtype": "PCM_16"}
    usual, lowest, highest = (96, 32, 320) if rate_hz >= MPEG_1_FROM_HZ else (64, 8, 160)
    # The rate is constant because Chromium computes a position in an MP3 from the bytes: with a
    # variable rate, a click in the waveform would start at another word.
    return {
        "subtype": "MPEG_LAYER_III",
        "bitrate_mode": "CONSTANT",
        "compression_level": (highest - (kbit_s or usual)) / (highest - lowest),
    }


class _Sink:
    """A file that libsndfile writes to.

    C code calls these methods, and would print and lose an exception: it is stored here instead.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._error: Exception | None = None
        self.seek = file.seek
        self.tell = file.tell

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except Exception as error:
            self._error = error
            return 0

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Raise the error of the file itself rather than libsndfile's error about it."""
        try:
            yield
        except (AssertionError, soundfile.LibsndfileError):
            if self._error is None:
                raise
        if self._error:
            raise self._error
