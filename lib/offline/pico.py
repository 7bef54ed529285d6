"""Run Pico in its own process: this module is also its script, with locale and pace as arguments.

Standard input: one piece of text for each line. Standard output for each piece: its length in
bytes as four bytes, then 16-bit samples. There are two reasons for the process. Pico reads memory
that it did not clear: after other work, the same words may become a fifth shorter or longer. And
it holds Python's interpreter lock while it speaks, which would stop every page.
"""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence

LENGTH = struct.Struct("<I")
VOLUME = 0.5  # at its default volume it clips
TIMEOUT_S = 120.0
# With this setting, blocks as large as Pico's always come from the system, which clears them.
# Systems other than Linux with glibc need no setting.
CLEAN_MEMORY = {"GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=131072"}
NOT_LOADED = 3


class NotLoadedError(Exception):
    """The package is installed but cannot be loaded."""


def say(pieces: Sequence[str], locale: str, pace: float) -> Iterator[bytes]:
    """16-bit mono samples of each piece. Raises NotLoadedError, or OSError if Pico fails."""
    done = subprocess.run(  # noqa: S603  # our own script; the text goes in as data
        [sys.executable, "-P", __file__, locale, str(pace)],
        input="\n".join(pieces).encode(),
        capture_output=True,
        env=os.environ | CLEAN_MEMORY,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode == NOT_LOADED:
        raise NotLoadedError(done.stderr.decode(errors="replace"))
    at = 0
    for _ in pieces:
        if at >= len(done.stdout):
            raise OSError(f"Pico ended with {done.returncode}.")
        (size,) = LENGTH.unpack_from(done.stdout, at)
        at += LENGTH.size
        yield done.stdout[at : at + size]
        at += size


def main(locale: str, pace: str) -> None:
    try:
        import py_nanotts
    except ImportError as error:
        sys.stderr.write(str(error))
        sys.exit(NOT_LOADED)
    for line in sys.stdin.buffer:
        pcm = py_nanotts.NanoTTS().speak(
            line.decode().rstrip("\n"), voice=locale, speed=float(pace), pitch=1.0, volume=VOLUME
        )
        sys.stdout.buffer.write(LENGTH.pack(len(pcm)) + pcm)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
