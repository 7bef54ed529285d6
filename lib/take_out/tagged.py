"""One clip to save: the sound as it was recorded, with a title, and a note that AI made it."""

import hashlib
from datetime import date
from pathlib import Path

from lib import audio
from lib.take_out.prepared import PreparedFiles

TAGGED_MAX_BYTES = 100_000_000  # a copy is written before the first byte leaves


def tagged(sound: Path, save_as: str, *, prepared: PreparedFiles) -> Path | None:
    """A copy of the sound with tags, the same one for the same name; None for a long sound.

    Its title is its name, which has the voice only where people may be told it.
    Raises the errors of `audio.tagged` and StorageError.
    """
    facts = sound.stat()
    if facts.st_size > TAGGED_MAX_BYTES:
        return None
    title, made_on = Path(save_as).stem, date.fromtimestamp(facts.st_mtime)
    made_of = hashlib.sha256(f"{sound.name}/{title}".encode()).hexdigest()
    name = f"out-{made_of[:32]}{sound.suffix}"
    if prepared.local(name) is None:
        tags = audio.Tags(title=title, voices=(), made_on=made_on, length_s=0.0)
        with sound.open("rb") as source, prepared.writing(name) as target:
            audio.tagged(source, target, tags)
    return prepared.local(name)
