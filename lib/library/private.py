"""Create folders and files that only the account of Soundcheck can read (where supported)."""

import os
from contextlib import suppress
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600


def make_folder(folder: Path) -> None:
    """Create a folder and its parents. An existing folder keeps its rights."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Create an empty file, or keep an existing one; then only its owner can read it."""
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, _FILE))
    tighten(file)


def tighten(file: Path) -> None:
    """Remove the rights of all others; ignored if the file is not ours or does not exist."""
    with suppress(OSError):
        file.chmod(_FILE)
