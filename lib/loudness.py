"""The loudness of recorded sounds: each file is measured once, and the result is stored."""

from collections.abc import Sequence

from lib import audio
from lib.library import Library


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
