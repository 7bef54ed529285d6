"""Which servers use this library, so that what a dead one held can be taken over."""

import os
import socket
import uuid
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from lib.errors import StorageError
from lib.library import private
from lib.library.database import Database
from lib.library.tables.clips import claims, processes

BEAT_S = 10.0
LEASE_S = 60.0

UNIX_EPOCH_DAY, DAY_S = 2_440_587.5, 86_400.0  # SQLite counts days since 4714 BC

LIVING = sa.select(processes.c.id)  # once the dead are buried


class Processes:
    """This process's entry in the register, and who else in it is still alive.

    A process holds a lock on a file in `folder` for as long as it lives: the system lets go of it
    at death, and at no other time. Where the file of another process can be seen, its lock decides.
    Where it cannot, since that one runs on another machine, its lease decides, which it renews
    every BEAT_S and which is counted in the database's own time. Clocks of machines, their names
    and the numbers of processes decide nothing: they change, and they come again.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.id = uuid.uuid4().hex
        self._database = database
        self._folder = folder
        self._lock = self._lock_of(self.id)
        try:
            private.make_folder(folder)
            self._lock.acquire(blocking=False)  # before others can read of this process
        except OSError as error:
            raise StorageError(f"{folder} cannot be used: {error.strerror}.") from None
        try:
            self.beat()
        except StorageError:
            self._let_go()
            raise

    def beat(self) -> None:
        """Renew this process's lease; called every BEAT_S."""
        lease = {"lease_ends_at_s": now_s(self._database) + LEASE_S}
        with self._database.write() as connection:
            mine = sa.update(processes).where(processes.c.id == self.id).values(lease)
            if not connection.execute(mine).rowcount:  # new, or buried after a long sleep
                connection.execute(
                    sa.insert(processes).values(
                        id=self.id, host=socket.gethostname(), pid=os.getpid(), **lease
                    )
                )

    def bury(self) -> None:
        """Strike the dead off the register, and free their claims."""
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
        except (Timeout, OSError):  # who cannot be judged is left alone
            return True

    def _lock_of(self, process: str) -> FileLock:
        # Shared by all threads: it belongs to the process, and one thread may end before another.
        return FileLock(self._file_of(process), thread_local=False, mode=0o600)

    def _file_of(self, process: str) -> Path:
        return self._folder / f"{process}.lock"


def now_s(database: Database) -> sa.ColumnElement[float]:
    """The database's own time in a statement, in Unix seconds: one clock for all servers."""
    if database.is_sqlite:
        return (sa.func.julianday("now") - UNIX_EPOCH_DAY) * DAY_S
    return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
