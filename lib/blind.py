"""The sounds of a listening test: copies that tell nothing about who speaks."""

import secrets
import uuid
from collections.abc import Callable, Sequence

from lib import audio
from lib.library import Library
from lib.library.ballot import Contender
from lib.library.clip import Clip


def contenders(
    clips: Sequence[Clip], library: Library, progress: Callable[[int], None] = lambda _done: None
) -> list[Contender]:
    """One for each clip, shuffled: all equally loud, of one format, without tags, namelessly filed.

    Equally loud, since of two voices the louder one wins. Raises NotSoundError, StorageError.
    """
    sounds = [library.files.read(clip.file or "") for clip in clips]
    measured = [audio.loudness(sound) for sound in sounds]
    target_lufs = audio.common_lufs(measured)
    places = list(range(len(clips)))
    secrets.SystemRandom().shuffle(places)
    made = []
    for done, (clip, sound, known) in enumerate(zip(clips, sounds, measured, strict=True)):
        progress(done)
        copy = audio.levelled(sound, audio.gain_db(known, target_lufs))
        facts = audio.inspect(copy)
        file = f"listen-{uuid.uuid4().hex}.mp3"
        library.files.put(file, copy)
        made.append(
            Contender(
                position=places[done],
                model=clip.model,
                voice=clip.voice,
                file=file,
                length_s=facts.length_s,
                peaks=facts.peaks,
            )
        )
    return sorted(made, key=lambda contender: contender.position)
