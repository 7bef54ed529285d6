"""Note which files this library wrote, in the same commit as the row that refers to the file."""

import time
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from lib.library.database import IN_ONE_QUESTION, Database
from lib.library.tables.recordings import written

INCOMING = "incoming-"  # sound that came inside an answer, until it is a recording
NOTE = sa.insert(written).prefix_with("OR REPLACE", dialect="sqlite")  # built once: it is slow


def note(connection: sa.Connection, *names: str, paid: bool) -> None:
    """Note that these files were written just now; replaces earlier notes."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.delete(written).where(written.c.name.in_(names)))
    connection.execute(
        NOTE,
        [{"name": name, "written_at_s": time.time(), "paid": paid} for name in names],
    )


def note_kept_elsewhere(connection: sa.Connection, name: str) -> None:
    """Note that this file is not needed: its sound is a recording now, or was given up."""
    connection.execute(sa.update(written).where(written.c.name == name).values(paid=False))


class Written:
    """Reads and deletes notes; `note` adds them together with rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, bool]:
        """For each file that is not in the trash, whether it was paid for."""
        query = sa.select(written.c.name, written.c.paid).where(written.c.trashed_at_s.is_(None))
        with self._database.read() as connection:
            return {row.name: row.paid for row in connection.execute(query)}

    def trashed(self, name: str) -> None:
        """Note that the file is in the trash from now on."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(written).where(written.c.name == name).values(trashed_at_s=time.time())
            )

    def trashed_before(self, then_s: float) -> Sequence[str]:
        with self._database.read() as connection:
            query = sa.select(written.c.name).where(written.c.trashed_at_s < then_s)
            return connection.scalars(query).all()

    def forget(self, names: Collection[str]) -> None:
        """Delete the notes on files that no longer exist: a new file of that name is not ours."""
        ordered = sorted(names)
        with self._database.write() as connection:
            for start in range(0, len(ordered), IN_ONE_QUESTION):
                some = written.c.name.in_(ordered[start : start + IN_ONE_QUESTION])
                connection.execute(sa.delete(written).where(some))
