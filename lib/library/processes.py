"""Register the servers that use this library, so that others take over from dead ones."""

import os
import socket
import uuid
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from lib.errors import StorageError
from lib.library import private
from lib.library.database import Database
from lib.library.tables.processes import claims, processes

BEAT_S = 10.0
LEASE_S = 60.0

UNIX_EPOCH_DAY, DAY_S = 2_440_587.5, 86_400.0  # SQLite counts days since 4714 BC

LIVING = sa.select(processes.c.id)  # right after `bury`


class Processes:
    """The entry of this process in the register, and a check which others are alive.

    A process locks a file in `folder` while it lives; only its death releases the lock. If the
    file of another process can be seen, the lock decides whether it is alive. If not (it runs on
    another machine), its lease decides: it is renewed every BEAT_S, in the time of the database.
    Clocks and names of machines and process numbers are not used: they change or are reused.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.id = uuid.uuid4().hex
        self._database = database
        self._folder = folder
        self._lock = self._lock_of(self.id)
        try:
            private.make_folder(folder)
            self._lock.acquire(blocking=False)  # before others can see this process
        except OSError as error:
            raise StorageError(f"{folder} cannot be used: {error.strerror}.") from None
        try:
            self.beat()
        except StorageError:
            self._let_go()
            raise

    def beat(self) -> None:
        """Renew the lease of this process; called every BEAT_S."""
        lease = {"lease_ends_at_s": now_s(self._database) + LEASE_S}
        with self._database.write() as connection:
            mine = sa.update(processes).where(processes.c.id == self.id).values(lease)
            if not connection.execute(mine).rowcount:  # new, or removed during a long sleep
                connection.execute(
                    sa.insert(processes).values(
                        id=self.id, host=socket.gethostname(), pid=os.getpid(), **lease
                    )
                )

    def bury(self) -> None:
        """Remove dead processes from the register, and free their claims."""
        with self._database.write() as connection:
            has_lease = processes.c.lease_ends_at_s > now_s(self._database)
            rows = connection.execute(sa.select(processes.c.id, has_lease)).all()
            dead = [each for each, leased in rows if not self._lives(each, has_lease=bool(leased))]
            connection.execute(sa.delete(processes).where(processes.c.id.in_(dead)))
            connection.execute(sa.delete(claims).where(claims.c.process.not_in(LIVING)))
        for each in dead:
            self._file_of(each).unlink(missing_ok=True)

    def leave(self) -> None:
        try:
            with self._database.write() as connection:
                connection.execute(sa.delete(claims).where(claims.c.process == self.id))
                connection.execute(sa.delete(processes).where(processes.c.id == self.id))
        finally:
            self._let_go()

    def _let_go(self) -> None:
        self._lock.release()
        self._file_of(self.id).unlink(missing_ok=True)

    def _lives(self, process: str, *, has_lease: bool) -> bool:
        if process == self.id:
            return True
        if not self._file_of(process).exists():
            return has_lease
        try:
            with self._lock_of(process).acquire(blocking=False):
                return False
        except (Timeout, OSError):  # if in doubt, it is alive
            return True

    def _lock_of(self, process: str) -> FileLock:
        # The lock belongs to the process, not to a thread, which may end earlier.
        return FileLock(self._file_of(process), thread_local=False, mode=0o600)

    def _file_of(self, process: str) -> Path:
        return self._folder / f"{process}.lock"


def now_s(database: Database) -> sa.ColumnElement[float]:
    """An SQL expression for the database's time in Unix seconds: one clock for all servers."""
    if database.is_sqlite:
        return (sa.func.julianday("now") - UNIX_EPOCH_DAY) * DAY_S
    return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
