"""The loudness of recorded sounds: each file is measured once, and the result is stored."""

from collections.abc import Iterable, Sequence

from lib import audio
from lib.library import Library
from lib.library.clip import Clip


def gains_db(clips: Iterable[Clip], library: Library) -> dict[int, float]:
    """By how many dB each is played louder or softer than recorded, so that all are equally loud.

    By the clip's id; 0 for one whose sound cannot be measured.
    """
    files = {clip.id: clip.file or "" for clip in clips}
    known = loudness_of(list(files.values()), library)
    target_lufs = audio.common_lufs(known.values())
    return {
        clip_id: audio.gain_db(known[file], target_lufs) if file in known else 0.0
        for clip_id, file in files.items()
    }


def loudness_of(files: Sequence[str], library: Library) -> dict[str, audio.Loudness]:
    """The loudness of each file that exists and is a sound. A new one takes about 10 ms."""
    known = library.auditions.loudness(files)
    for file in files:
        if file not in known and library.files.exists(file):
            try:
                found = audio.loudness(library.files.read(file))
            except audio.NotSoundError:
                continue  # it is played unchanged, if it can be
            known[file] = found.lufs, found.peak
            library.auditions.keep_loudness(file, found.lufs, found.peak)
    return {file: audio.Loudness(lufs, peak) for file, (lufs, peak) in known.items()}
