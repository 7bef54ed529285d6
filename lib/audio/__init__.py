"""Sound in, facts or sound out: what a file holds, many files as one, samples as a file.

Files may live in any store: everything here takes bytes or open binary files, and holds one
block of samples at a time.
"""

from lib.audio.facts import PEAKS, Facts, NotSoundError
from lib.audio.inspecting import inspect
from lib.audio.joining import Joined, join
from lib.audio.writing import encode

__all__ = ["PEAKS", "Facts", "Joined", "NotSoundError", "encode", "inspect", "join"]
