"""Folders and files that only the account that runs Soundcheck may read, where a system can."""

import os
from contextlib import suppress
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600


def make_folder(folder: Path) -> None:
    """With those above it. A folder that is there keeps the rights it has."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """An empty one; what is there stays as it is. Afterwards nobody else can read it."""
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, _FILE))
    tighten(file)


def tighten(file: Path) -> None:
    """Take the file from everybody else; nothing happens where it is not ours, or not there."""
    with suppress(OSError):
        file.chmod(_FILE)
