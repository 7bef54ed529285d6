"""Make clips with tags and captions, ZIPs of many clips, and many clips joined as one sound.

Large files are written to disk and fetched from there, so that no page holds them in memory.
"""

import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import IO, BinaryIO

from lib import audio, captions, export
from lib.captions import Cue, Said
from lib.errors import StorageError
from lib.library import Library
from lib.speech import Format
from lib.take_out.pieces import (
    PlacedRecording,
    Track,
    chapters_of,
    times_of,
    with_gaps,
    with_lines,
)
from lib.take_out.prepared import PreparedFiles

MP3_BYTES_PER_S = 12_000  # at 96 kbit/s, the highest bit rate of a joined mp3
WAV_BYTES_PER_S = 2 * 48_000
HINT = "Record the script again: only what is missing is recorded anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedFile:
    """name: the name of the prepared file. voices: their names on screen, each once."""

    name: str
    length_s: float
    voices: Sequence[str]
    cues: Sequence[Cue]


class TakeOut:
    """voice_label: returns the name of a voice on screen for its catalogue id.

    All methods raise StorageError if a sound is gone or damaged, or the disk is full.
    """

    def __init__(
        self, library: Library, prepared: PreparedFiles, *, voice_label: Callable[[str], str]
    ) -> None:
        self._library = library
        self._prepared = prepared
        self._voice_label = voice_label
        self._heard: dict[str, tuple[float, float]] = {}

    def sound(self, track: Track) -> IO[bytes]:
        """The clip's file with tags, as a temporary file that is deleted when it is closed."""
        pieces = self._pieces([track])
        starts_s = [piece.part.start_s or 0.0 for piece in pieces]
        tags = self._tags(track.title, pieces, starts_s, track.clip.length_s or 0.0)
        target = self._temporary()
        with self._library.files.open(track.clip.file or "") as source, _as_storage_errors():
            audio.tagged(source, target, tags)
        target.seek(0)
        return target

    def captions(self, track: Track) -> list[Cue]:
        """The captions of one clip, with times from the start of its file."""
        pieces = self._pieces([track])
        starts_s = [piece.part.start_s or 0.0 for piece in pieces]
        return self._cues(pieces, starts_s, track.clip.length_s or 0.0)

    def zip(
        self,
        entries: Iterable[export.ZipEntry],
        *,
        count: int,
        files: Sequence[tuple[str, bytes]] = (),
        expected_bytes: int = 0,
    ) -> str:
        """The same as `export.zip_file`, into a prepared file; returns its name."""
        return self._put(
            "zip",
            lambda target: export.zip_file(
                entries,
                target,
                count=count,
                files=files,
                pattern=self._library.preferences.get().file_names,
            ),
            expected_bytes,
        )

    def joined(
        self,
        tracks: Sequence[Track],
        *,
        title: str,
        format: Format,
        progress: Callable[[int, int], None] | None = None,
    ) -> JoinedFile:
        """Join all clips, from their recordings, into one prepared file with chapters.

        progress: called as (recordings done, number of recordings); its errors stop the work.
        Raises InvalidRequestError for a wav of over 4 GB.
        """
        pieces = self._pieces(tracks)
        length_s = sum((track.clip.length_s or 0.0) + track.pause_after_s for track in tracks)
        length_s += max((track.at_s or 0.0 for track in tracks), default=0.0)
        expected_bytes = 2 * round(length_s * _bytes_per_s(format))  # one copy without tags too
        self._prepared.check_room(expected_bytes)
        with self._temporary() as file:
            with _as_storage_errors():
                made = audio.join(
                    [(self._opener(piece), gap_s) for piece, gap_s in with_gaps(pieces)],
                    file,
                    format=format,
                    at_s=times_of(pieces),
                    progress=progress,
                )
            tags = self._tags(title, pieces, made.starts_s, made.facts.length_s)
            name = self._put(format, lambda target: audio.tagged(file, target, tags))
        cues = self._cues(pieces, made.starts_s, made.facts.length_s)
        length_s = made.facts.length_s
        return JoinedFile(name=name, length_s=length_s, voices=tags.voices, cues=cues)

    def _put(self, suffix: str, write: Callable[[BinaryIO], None], expected_bytes: int = 0) -> str:
        """Write a new prepared file, and delete old ones; returns its name."""
        self._prepared.tidy()
        self._prepared.check_room(expected_bytes)
        name = f"out-{uuid.uuid4().hex}.{suffix}"
        with self._prepared.writing(name) as target:
            write(target)
        return name

    def _temporary(self) -> IO[bytes]:
        # On the disk of the data: the system's folder for temporary files may be in memory.
        return tempfile.TemporaryFile(dir=self._prepared.place)

    def _pieces(self, tracks: Sequence[Track]) -> list[PlacedRecording]:
        placed = []
        for track in tracks:
            parts = self._library.clips.parts(track.clip)
            placed += [(part, track, line) for part, line in with_lines(parts, track.lines)]
        found = self._library.recordings.many([part.utterance.key for part, _, _ in placed])
        if any(part.utterance.key not in found for part, _, _ in placed):
            raise StorageError(
                "A part that was recorded earlier has gone from the disk.", hint=HINT
            )
        return [
            PlacedRecording(part, found[part.utterance.key], track, line)
            for part, track, line in placed
        ]

    def _opener(self, piece: PlacedRecording) -> Callable[[], IO[bytes]]:
        return lambda: self._library.files.open(piece.recording.file)

    def _tags(
        self,
        title: str,
        pieces: Sequence[PlacedRecording],
        starts_s: Sequence[float],
        length_s: float,
    ) -> audio.Tags:
        voices = dict.fromkeys(piece.part.utterance.voice for piece in pieces)
        chapters = chapters_of(pieces, starts_s)
        return audio.Tags(
            title=title,
            voices=[self._voice_label(voice) for voice in voices],
            made_on=date.fromtimestamp(max(piece.track.clip.made_at_s for piece in pieces)),
            length_s=length_s,
            chapters=chapters if len(chapters) > 1 else (),
        )

    def _cues(
        self, pieces: Sequence[PlacedRecording], starts_s: Sequence[float], length_s: float
    ) -> list[Cue]:
        """Captions in which words that were sent in several pieces are one text again."""
        said: list[Said] = []
        for piece, start_s in zip(pieces, starts_s, strict=True):
            heard_s, unheard_s = self._heard_s(piece.recording.file)
            shown = piece.part.shown
            if shown == "" and said:
                said[-1] = replace(said[-1], end_s=start_s + unheard_s)
                continue
            said.append(
                Said(
                    text=piece.part.utterance.text if shown is None else shown,
                    start_s=start_s + heard_s,
                    end_s=start_s + unheard_s,
                    speaker=piece.line.speaker if piece.line else "",
                )
            )
        return captions.cues(said, length_s)

    def _heard_s(self, file: str) -> tuple[float, float]:
        if file not in self._heard:
            with self._library.files.open(file) as sound, _as_storage_errors():
                self._heard[file] = audio.heard(sound)
        return self._heard[file]


def caption_files(cues: Sequence[Cue]) -> Mapping[str, bytes]:
    """The captions as SRT and WebVTT, by suffix."""
    return {"srt": captions.srt(cues).encode(), "vtt": captions.vtt(cues).encode()}


def _bytes_per_s(format: Format) -> int:
    return MP3_BYTES_PER_S if format == "mp3" else WAV_BYTES_PER_S


@contextmanager
def _as_storage_errors() -> Iterator[None]:
    try:
        yield
    except audio.NotSoundError:
        raise StorageError("A part that was recorded earlier is damaged.", hint=HINT) from None
