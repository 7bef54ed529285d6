"""Start more servers on the same library, to test what one does when another dies."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from lib.library import Library
from lib.library.tables.processes import processes
from lib.settings import Settings


@contextmanager
def dying(settings: Settings) -> Iterator[Library]:
    """A second server, which dies at the end of the block: the system lets go of its lock."""
    other = Library(settings)
    yield other
    other.processes._lock.release()
    other.database.close()


def end_lease(library: Library, server: Library) -> None:
    """Let the lease end, as after a clock change or a long sleep."""
    with library.database.write() as connection:
        connection.execute(
            sa.update(processes)
            .where(processes.c.id == server.processes.id)
            .values(lease_ends_at_s=0.0)
        )


def hide_lock(server: Library) -> None:
    """Hide the lock of a server, as if it ran on another machine."""
    server.processes._file_of(server.processes.id).unlink()


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another program locks the library's file: it can be read but not written."""
    holder = sqlite3.connect(settings.data_dir / "soundcheck.db", check_same_thread=False)
    holder.execute("BEGIN EXCLUSIVE")
    yield
    holder.rollback()
    holder.close()
