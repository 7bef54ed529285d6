"""Make the sounds of a listening test: copies that do not tell which voice speaks.

All are mono MP3 with the same sample rate and constant bit rate, without tags, so the size of a
file tells only its length. A listener hears the length anyway: a person who has the same
recordings with their names, from Compare or a take-away file, can recognize the voices by it.
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
    """One contender for each clip, in random order, equally loud, without tags and file name.

    Listeners prefer the louder of two voices, so all are made equally loud. The files get the same
    time, so that it does not tell the order of the clips. Raises NotSoundError, StorageError.
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
    """Give all files the same time. In a remote store times cannot be set."""
    if not library.files.is_local:
        return
    now_s = time.time()
    for file in files:
        if path := library.files.local(file):
            os.utime(path, (now_s, now_s))
