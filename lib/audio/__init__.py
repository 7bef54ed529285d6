"""Read, measure, join, encode and tag sound files.

All functions take bytes or open binary files, so a file may be in any store. They keep one block
of samples in memory at a time.
"""

from lib.audio.facts import PEAKS, Facts, NotSoundError
from lib.audio.inspecting import heard, inspect
from lib.audio.joining import Joined, join
from lib.audio.levelling import level, levelled, lighter
from lib.audio.loudness import Loudness, common_lufs, gain_db, loudness
from lib.audio.tagging import tagged
from lib.audio.tags import AI_NOTE, Chapter, Tags
from lib.audio.writing import encode

__all__ = [
    "AI_NOTE",
    "PEAKS",
    "Chapter",
    "Facts",
    "Joined",
    "Loudness",
    "NotSoundError",
    "Tags",
    "common_lufs",
    "encode",
    "gain_db",
    "heard",
    "inspect",
    "join",
    "level",
    "levelled",
    "lighter",
    "loudness",
    "tagged",
]
