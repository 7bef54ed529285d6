"""The content of a take-away file: the order of its voices, and their sounds."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lib import audio
from lib.library import Library
from lib.library.auditions import Candidate
from lib.loudness import gains_db


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of one voice in the file."""

    candidate: Candidate
    data: bytes
    media_type: str


def shuffled(
    audition_id: int, candidates: Sequence[Candidate], *, secret: bytes
) -> list[Candidate]:
    """A random order, which is the same each time the same file is made."""

    def rank(each: Candidate) -> bytes:
        words = f"take-away {audition_id} {each.clip.id}".encode()
        return hmac.new(secret, words, hashlib.sha256).digest()

    return sorted(candidates, key=rank)


def sounds_of(
    ordered: Sequence[Candidate], library: Library, *, blind: bool, light: bool
) -> Iterator[Sound]:
    """The sounds of these voices, in the given order.

    blind: all equally loud and without tags, since listeners prefer a louder voice and a tag
        could name the voice. light: a third of the size, with less quality.
    Raises StorageError if a sound is gone.
    """
    gains = gains_db((each.clip for each in ordered), library) if blind else {}
    for each in ordered:
        data = library.files.read(each.clip.file or "")
        gain_db = gains.get(each.clip.id, 0.0)
        if light:
            data = audio.lighter(data, gain_db)
        elif blind:
            data = audio.levelled(data, gain_db, mono=True)
        media_type = "audio/mpeg" if light or blind else each.clip.media_type or ""
        yield Sound(each, data, media_type)
