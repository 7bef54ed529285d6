"""Which servers use this library, so that what a dead one held can be taken over."""

import socket
import time

import psutil
import sqlalchemy as sa

from lib.library.database import Database
from lib.library.schema import claims, processes

BEAT_S = 10.0
SILENT_S = 60.0  # a server of another machine unseen for so long is dead


class Processes:
    """This process's entry in the register, and who else in it is still alive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._host = socket.gethostname()
        self._me = psutil.Process()
        # The start time tells a process from an older one with the same number.
        self.id = f"{self._host}:{self._me.pid}:{self._me.create_time()}"
        with database.write() as connection:
            connection.execute(sa.delete(processes).where(processes.c.id == self.id))
            connection.execute(
                sa.insert(processes).values(
                    id=self.id,
                    host=self._host,
                    pid=self._me.pid,
                    started_at_s=self._me.create_time(),
                    seen_at_s=time.time(),
                )
            )

    def beat(self) -> None:
        """Say that this process lives; called every BEAT_S."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(processes).where(processes.c.id == self.id).values(seen_at_s=time.time())
            )

    def bury(self) -> list[str]:
        """Strike the dead off the register, free their claims, and return the ids of the living."""
        with self._database.write() as connection:
            rows = connection.execute(sa.select(processes)).all()
            living = [row.id for row in rows if self._lives(row)]
            connection.execute(sa.delete(processes).where(processes.c.id.not_in(living)))
            connection.execute(sa.delete(claims).where(claims.c.process.not_in(living)))
        return living

    def leave(self) -> None:
        with self._database.write() as connection:
            connection.execute(sa.delete(claims).where(claims.c.process == self.id))
            connection.execute(sa.delete(processes).where(processes.c.id == self.id))

    def _lives(self, row: sa.Row[tuple[object, ...]]) -> bool:
        if row.host != self._host:
            return bool(time.time() - row.seen_at_s < SILENT_S)
        try:
            return bool(abs(psutil.Process(row.pid).create_time() - row.started_at_s) < 1)
        except psutil.Error:
            return False
