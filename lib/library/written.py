"""Which files this library wrote. Each is noted in the commit of the row that points at it."""

import time
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from lib.library.database import IN_ONE_QUESTION, Database
from lib.library.tables.clips import written

INCOMING = "incoming-"  # sound that came inside an answer, until it is a recording


def note(connection: sa.Connection, *names: str, paid: bool) -> None:
    """They were written just now, whatever was under these names before."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.delete(written).where(written.c.name.in_(names)))
    connection.execute(
        sa.insert(written).prefix_with("OR REPLACE", dialect="sqlite"),
        [{"name": name, "written_at_s": time.time(), "paid": paid} for name in names],
    )


def note_kept_elsewhere(connection: sa.Connection, name: str) -> None:
    """What was paid for in this file is a recording by now, or a person has given it up."""
    connection.execute(sa.update(written).where(written.c.name == name).values(paid=False))


class Written:
    """Reads and forgets; `note` is for those who write rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, bool]:
        """Name and whether it is paid for, of all that are not in the trash."""
        query = sa.select(written.c.name, written.c.paid).where(written.c.trashed_at_s.is_(None))
        with self._database.read() as connection:
            return {row.name: row.paid for row in connection.execute(query)}

    def trashed(self, name: str) -> None:
        """It is in the trash since now."""
        with self._database.write() as connection:
            connection.execute(
                sa.update(written).where(written.c.name == name).values(trashed_at_s=time.time())
            )

    def trashed_before(self, then_s: float) -> Sequence[str]:
        with self._database.read() as connection:
            query = sa.select(written.c.name).where(written.c.trashed_at_s < then_s)
            return connection.scalars(query).all()

    def forget(self, names: Collection[str]) -> None:
        """They are no longer there: a file of such a name would not be ours."""
        ordered = sorted(names)
        with self._database.write() as connection:
            for start in range(0, len(ordered), IN_ONE_QUESTION):
                some = written.c.name.in_(ordered[start : start + IN_ONE_QUESTION])
                connection.execute(sa.delete(written).where(some))
