"""Backups of an SQLite library in its folder: made before each migration, named in errors."""

import filecmp
import os
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

from lib.library import private

_MAGIC = b"SQLite format 3\0"


def back_up(source: sqlite3.Connection, file: Path, name: str) -> Path:
    """Copy the library in `file`, with its WAL, to `name`.db in the same folder.

    An existing file of that name is kept; the new one then gets a number. Returns the new path.
    """
    half = file.with_name(f"{name}.db.part")
    half.unlink(missing_ok=True)
    private.make_file(half)
    with closing(sqlite3.connect(half)) as copy:
        source.backup(copy)
    for number in count(1):
        target = file.with_name(f"{name}.db" if number == 1 else f"{name}-{number}.db")
        if not target.exists() or filecmp.cmp(half, target, shallow=False):
            break
    os.replace(half, target)
    return target


def of(file: Path) -> list[Path]:
    """The other libraries in the same folder, the newest first."""
    try:
        beside = [each for each in file.resolve().parent.iterdir() if each.name != file.name]
        found = [each for each in beside if _is_library(each)]
        return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)
    except OSError:
        return []


def in_words(file: Path | None) -> str:
    """A sentence about the newest backup; "" for a library that is not a file."""
    if file is None:
        return ""
    for newest in of(file):
        when = datetime.fromtimestamp(newest.stat().st_mtime).astimezone()
        return f"The newest backup is {newest.name}, of {when.day} {when:%B %Y, %H:%M}."
    return "There is no backup beside it."


def way_back(file: Path | None) -> str:
    """Sentences that say which backup can be restored, and how."""
    if file is None:
        return "Put a backup of the database back."
    if not of(file):
        return in_words(file)
    away = ""
    if wal_of(file).exists():  # SQLite would apply it to the backup
        away = f"move {file.name}, {wal_of(file).name} and {file.name}-shm away, "
    words = f"To go back to it, stop Soundcheck, {away}copy it to {file.name}, then start again."
    return f"{in_words(file)} {words}"


def wal_of(file: Path) -> Path:
    """The write-ahead log: SQLite keeps commits there that are not in the file yet."""
    return file.with_name(f"{file.name}-wal")


def tighten_all(file: Path) -> None:
    """Make the library, SQLite's files beside it and the backups readable only by the owner."""
    beside = (wal_of(file), file.with_name(f"{file.name}-shm"))
    for each in (file, *beside, *file.parent.glob(f"{file.stem}-before-*.db")):
        private.tighten(each)


def _is_library(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) != _MAGIC:
                return False
        # Opened as immutable, so that SQLite creates no files beside it.
        address = f"{file.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            asked = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'clips')"
            return bool(connection.execute(asked).fetchone()[0] == 2)
    except (OSError, sqlite3.Error):
        return False
