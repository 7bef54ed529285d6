"""The sounds of a listening test: copies that tell nothing about who speaks.

All are mono MP3 of one sample rate and one constant bit rate, without tags, so that the size of a
file says how long it speaks and nothing else. That, anybody hears: whoever has the same recordings
under their names, from Compare or a take-away file, can tell the voices by their lengths, as by
listening.
"""

import os
import secrets
import time
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

    Equally loud, since of two voices the louder one wins. Made in the shuffled order and dated
    alike, so that no time tells the order of the clips. Raises NotSoundError, StorageError.
    """
    sounds = [library.files.read(clip.file or "") for clip in clips]
    measured = [audio.loudness(sound) for sound in sounds]
    target_lufs = audio.common_lufs(measured)
    shuffled = list(zip(clips, sounds, measured, strict=True))
    secrets.SystemRandom().shuffle(shuffled)
    made = []
    for position, (clip, sound, known) in enumerate(shuffled):
        progress(position)
        copy = audio.levelled(sound, audio.gain_db(known, target_lufs), mono=True)
        facts = audio.inspect(copy)
        file = f"listen-{uuid.uuid4().hex}.mp3"
        library.files.put(file, copy)
        made.append(
            Contender(
                position=position,
                model=clip.model,
                voice=clip.voice,
                file=file,
                length_s=facts.length_s,
                peaks=facts.peaks,
            )
        )
    _date_alike([contender.file for contender in made], library)
    return made


def _date_alike(files: Sequence[str], library: Library) -> None:
    """Where the times of files are ours to set: not in a store elsewhere."""
    if not library.files.is_local:
        return
    now_s = time.time()
    for file in files:
        if path := library.files.local(file):
            os.utime(path, (now_s, now_s))
