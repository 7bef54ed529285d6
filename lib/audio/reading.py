"""One sound file decoded once, from its start to its end, in blocks."""

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
MISSING_FRAMES_MAX = 1152  # one MP3 frame: encoders disagree by that about the end


class ForwardOnly(soundfile.SoundFile):  # type: ignore[misc]  # soundfile has no types
    """A sound file that is never searched.

    soundfile moves to where it already is after each block. In an MP3 that decodes the frame
    before anew without the bits it borrows, and libmpg123 complains on the console.
    """

    def seekable(self) -> bool:
        return False


class Reader:
    """Raises NotSoundError for what is no sound, is empty, or stops before its end.

    An error of the file itself, such as a lost connection to its store, is raised as it is.
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
        """Of the kinds that do not state their length at the start, whether the end is missing."""
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
    """A file as libsndfile is to see it: with the right length in its header.

    libsndfile calls this from C, where an exception would be printed and forgotten: it is kept.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._error: Exception | None = None
        self._patch_at, self._patch = wav.correction(file)
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
