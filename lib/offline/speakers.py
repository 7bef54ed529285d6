"""The two offline speech engines, and `speak`, which makes all of them equally loud."""

import importlib.util
import os
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
import soxr
from numpy.typing import NDArray

from lib.errors import InvalidRequestError, ModelUnavailableError, SpeechError
from lib.offline import pico, words

# Without this, set before its import, the runtime of the neural voice sends reports to its maker.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

Samples = NDArray[np.float32]

NEURAL_RATE_HZ = 24_000
PICO_RATE_HZ = 16_000

# Only slower: above 1.3 times its pace the neural voice skips, and "heart-deep" is near that.
PACES = (1.0, 0.92, 0.86)

SPEECH_RMS = 0.1  # -20 dB of full scale, without the pauses
PEAK_MAX = 0.89  # -1 dB: an MP3 may be a little louder
PAUSE_BELOW = 0.01  # of the power of the loudest stretch, -20 dB
STRETCH_S = 0.05
SHOWN_MAX = 60

_loading = threading.Lock()


class Voice(Protocol):
    @property
    def rate_hz(self) -> int: ...

    def is_installed(self) -> bool: ...

    def prepared(self, text: str) -> str:
        """The text in the form that this engine needs. Raises InvalidRequestError."""

    def say(self, pieces: Sequence[str], pace: float, seed: int) -> Iterator[Samples]:
        """The sound of each piece. An error is raised when its piece is reached."""


@dataclass(frozen=True, slots=True)
class Heart:
    """hibari's bundled voice, resampled: below 1.0 a larger, deeper speaker at the same tempo."""

    size: float = 1.0
    rate_hz: int = NEURAL_RATE_HZ

    def is_installed(self) -> bool:
        return _is_installed("hibari") and _is_installed("onnxruntime")

    def prepared(self, text: str) -> str:
        # The engine drops the end of an unknown word of over 24 letters.
        text = words.with_short_words(words.readable(text, also="₹₩−"), letters_max=20)
        # It reads a currency sign only before the number, and [a](b) is its own markup.
        text = re.sub(r"(\d[\d.,]*)\s?([€£$¥₹₩])(?!\s?\d)", r"\2\1", text)
        return text.replace("](", "] (").replace("−", " minus ").replace("‰", " per mille")

    def say(self, pieces: Sequence[str], pace: float, seed: int) -> Iterator[Samples]:
        voice = neural()
        for piece in pieces:
            samples = voice(piece, speed=pace / self.size, seed=seed)
            if self.size != 1.0 and len(samples):
                samples = soxr.resample(samples, self.rate_hz * self.size, self.rate_hz)
            yield samples


@dataclass(frozen=True, slots=True)
class Pico:
    """SVOX Pico: one speaker for each language."""

    locale: str
    rate_hz: int = PICO_RATE_HZ

    def is_installed(self) -> bool:
        return _is_installed("py_nanotts")

    def prepared(self, text: str) -> str:
        # Stars around a word mean emphasis; Pico would read them aloud.
        unstarred = re.sub(r"\*+(\S(?:[^*\n]*\S)?)\*+", r"\1", words.readable(text))
        return unstarred.translate(_PICO_SIGNS)

    def say(self, pieces: Sequence[str], pace: float, seed: int) -> Iterator[Samples]:
        try:
            for pcm in pico.say(pieces, self.locale, pace):
                yield np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768)
        except pico.NotLoadedError as error:
            raise ModelUnavailableError(
                "The plain built-in voices cannot be loaded on this computer.",
                hint="Choose another voice, then try again.",
                detail=str(error),
            ) from error


def speak(voice: Voice, text: str, take: int) -> Samples:
    """The spoken text, mono, with the loudness that all offline voices share.

    Raises InvalidRequestError if the voice cannot say the text or a part of it.
    """
    pieces = list(words.pieces(voice.prepared(text)))
    sounds = voice.say(pieces, PACES[(take - 1) % len(PACES)], seed=take)
    spoken = []
    for piece in pieces:
        try:
            samples = next(sounds)
        except SpeechError:
            raise
        except Exception as error:  # any error of an engine is caused by the text
            raise _cannot_say(piece, detail=f"{type(error).__name__}: {error}") from error
        if not samples.any() and any(character.isalnum() for character in piece):
            raise _cannot_say(piece)
        spoken.append(samples)
    return _levelled(np.concatenate(spoken), voice.rate_hz)


def _cannot_say(piece: str, detail: str | None = None) -> InvalidRequestError:
    return InvalidRequestError(
        f"The built-in voices cannot say this part: {piece[:SHOWN_MAX]}",
        hint="Write it another way, or choose another voice, then try again.",
        detail=detail,
    )


VOICES: dict[str, Voice] = {
    "heart": Heart(),
    "heart-deep": Heart(0.78),
    "heart-low": Heart(0.88),
    "heart-bright": Heart(1.22),
    "pico-en-us": Pico("en-US"),
    "pico-en-gb": Pico("en-GB"),
    "pico-de": Pico("de-DE"),
    "pico-es": Pico("es-ES"),
    "pico-fr": Pico("fr-FR"),
    "pico-it": Pico("it-IT"),
}

_PICO_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": ", ", "–": "-", "…": "..."}
)


def neural() -> Any:
    """The loaded neural voice. Raises ModelUnavailableError if it cannot be loaded."""
    with _loading:
        try:
            return _load_neural()
        except Exception as error:
            others = any(voice.is_installed() for voice in VOICES.values() if type(voice) is Pico)
            raise ModelUnavailableError(
                "Heart, and the voices made of it, cannot be loaded on this computer.",
                hint="Choose a plain voice, such as Paula, then try again."
                if others
                else "Ask whoever runs Soundcheck to install it again, or use an online voice.",
                detail=f"{type(error).__name__}: {error}",
            ) from error


@cache
def _load_neural() -> Any:
    import hibari

    voice = hibari.Hibari()  # the package has only this voice; others would be downloaded
    # Its dictionary and its model for unknown words load on first use, which is not thread-safe.
    voice.phonemize("Soundcheck zqxv.")
    return voice


def _levelled(samples: Samples, rate_hz: int) -> Samples:
    stretch = min(len(samples), round(rate_hz * STRETCH_S))
    whole = len(samples) // stretch * stretch
    power = (samples[:whole].reshape(-1, stretch) ** 2).mean(axis=1)
    speech_rms = float(np.sqrt(power[power >= power.max() * PAUSE_BELOW].mean()))
    peak = float(np.abs(samples).max())
    return samples * np.float32(min(SPEECH_RMS / speech_rms, PEAK_MAX / peak))


def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None
