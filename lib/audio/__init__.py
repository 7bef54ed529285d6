"""Sound in, facts or sound out: what a file holds, how loud it is, many files as one.

Files may live in any store: everything here takes bytes or open binary files, and holds one
block of samples at a time.
"""

from lib.audio.facts import PEAKS, Facts, NotSoundError
from lib.audio.inspecting import inspect
from lib.audio.joining import Joined, join
from lib.audio.levelling import level, levelled, lighter
from lib.audio.loudness import Loudness, common_lufs, gain_db, loudness
from lib.audio.writing import encode

__all__ = [
    "PEAKS",
    "Facts",
    "Joined",
    "Loudness",
    "NotSoundError",
    "common_lufs",
    "encode",
    "gain_db",
    "inspect",
    "join",
    "level",
    "levelled",
    "lighter",
    "loudness",
]
