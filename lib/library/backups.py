"""Copies of an SQLite library beside it: made before each migration, named when one is needed."""

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
    """A copy of the library in `file` as `name`.db beside it, with what its WAL still holds.

    Another copy of that name stays; the new one then has a number. Returns the copy.
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
    """Libraries in the same folder under other names, the newest first."""
    try:
        beside = [each for each in file.resolve().parent.iterdir() if each.name != file.name]
        found = [each for each in beside if _is_library(each)]
        return sorted(found, key=lambda each: each.stat().st_mtime, reverse=True)
    except OSError:
        return []


def in_words(file: Path | None) -> str:
    """Which backup is the newest, as a sentence; empty for a library that is no file."""
    if file is None:
        return ""
    for newest in of(file):
        when = datetime.fromtimestamp(newest.stat().st_mtime).astimezone()
        return f"The newest backup is {newest.name}, of {when.day} {when:%B %Y, %H:%M}."
    return "There is no backup beside it."


def way_back(file: Path | None) -> str:
    """Which backup could be put back, and how."""
    if file is None:
        return "Put a backup of the database back."
    if not of(file):
        return in_words(file)
    away = ""
    if wal_of(file).exists():  # SQLite would write it into the backup
        away = f"move {file.name}, {wal_of(file).name} and {file.name}-shm away, "
    words = f"To go back to it, stop Soundcheck, {away}copy it to {file.name}, then start again."
    return f"{in_words(file)} {words}"


def wal_of(file: Path) -> Path:
    """Where SQLite keeps what is committed and not yet in the file."""
    return file.with_name(f"{file.name}-wal")


def tighten_all(file: Path) -> None:
    """The library's file, SQLite's own beside it, and the copies made before migrations."""
    beside = (wal_of(file), file.with_name(f"{file.name}-shm"))
    for each in (file, *beside, *file.parent.glob(f"{file.stem}-before-*.db")):
        private.tighten(each)


def _is_library(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) != _MAGIC:
                return False
        # Immutable: looking at it leaves no files of SQLite's own beside it.
        address = f"{file.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            asked = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'clips')"
            return bool(connection.execute(asked).fetchone()[0] == 2)
    except (OSError, sqlite3.Error):
        return False
