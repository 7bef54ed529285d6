"""Decode a sound file once, from start to end, in blocks."""

from collections.abc import Iterator
from types import TracebackType
from typing import IO, Self

import soundfile

from lib.audio import mpeg, wav
from lib.audio.facts import NotSoundError, Samples

BLOCK_FRAMES = 65_536
RATE_MIN_HZ, RATE_MAX_HZ = 4_000, 384_000  # a header may state anything, and joining resamples
FORMATS = {"MP3": "mp3", "WAV": "wav", "WAVEX": "wav", "RF64": "wav", "FLAC": "flac", "OGG": "ogg"}
OGG_PAGE_MAX_BYTES = 65_307
OGG_LAST_PAGE = 0x04  # RFC 3533, section 6: the flags are the second byte after the name
MISSING_FRAMES_MAX = 1152  # one MP3 frame: encoders differ by that much about the end


class ForwardOnly(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A sound file without seeking.

    After each block soundfile seeks to the position where it already is. In an MP3 this decodes
    the frame before again, without its bit reservoir, and libmpg123 prints an error.
    """

    def seekable(self) -> bool:
        return False


class Reader:
    """Raises NotSoundError for a file that is not a sound, is empty, or was cut off.

    Errors of the file itself, such as a lost connection to its store, are raised unchanged.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._source = _Source(file)
        try:
            self._sound = ForwardOnly(self._source)
        except soundfile.LibsndfileError:
            self._source.raise_error()
            raise NotSoundError(
                "This is not a sound file." if self._source.size else "The sound file is empty."
            ) from None
        if self._sound.format not in FORMATS:
            raise NotSoundError("The sound file is of a kind that browsers do not play.")
        self.format = FORMATS[self._sound.format]
        self.rate_hz: int = self._sound.samplerate
        if not RATE_MIN_HZ <= self.rate_hz <= RATE_MAX_HZ:
            raise NotSoundError("The sound file states a sample rate that no sound has.")
        self.channels: int = self._sound.channels

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sound.close()

    def blocks(self) -> Iterator[Samples]:
        """Arrays of the shape (frames, channels), 1.0 for full scale."""
        frames = 0
        while len(block := self._next()):
            frames += len(block)
            yield block
        if not frames:
            raise NotSoundError("The sound file is empty.")
        if self._sound.frames - frames > MISSING_FRAMES_MAX or self._is_cut_off():
            raise NotSoundError("The sound file stops before its end.")

    def _is_cut_off(self) -> bool:
        """Whether the end is missing, for formats that do not state their length at the start."""
        if self.format == "mp3":
            return mpeg.is_cut_off(self._source.tail(mpeg.TAIL_BYTES))
        if self.format == "ogg":
            _, _, last_page = self._source.tail(OGG_PAGE_MAX_BYTES).rpartition(b"OggS")
            return len(last_page) < 2 or not last_page[1] & OGG_LAST_PAGE
        return False

    def _next(self) -> Samples:
        try:
            block: Samples = self._sound.read(BLOCK_FRAMES, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            self._source.raise_error()
            raise NotSoundError("The sound file is damaged.") from None
        self._source.raise_error()
        return block


class _Source:
    """A file for libsndfile, with the right length in its header.

    C code calls these methods, and would print and lose an exception: it is stored here instead.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._error: Exception | None = None
        self._patch_at, self._patch = max(wav.correction(file), mpeg.correction(file))
        self.size = file.seek(0, 2)
        file.seek(0)

    def raise_error(self) -> None:
        if self._error:
            raise self._error

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:
        try:
            at = self._file.tell()
            data = self._file.read(len(buffer))
        except Exception as error:
            self._error = error
            return 0
        buffer[: len(data)] = data
        first = max(at, self._patch_at)
        last = min(at + len(data), self._patch_at + len(self._patch))
        if first < last:
            buffer[first - at : last - at] = self._patch[
                first - self._patch_at : last - self._patch_at
            ]
        return len(data)

    def tail(self, size: int) -> bytes:
        self._file.seek(max(0, self.size - size))
        return self._file.read()
