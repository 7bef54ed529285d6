"""How the library reaches its database: one writer, many readers, self-run migrations."""

import logging
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from lib.errors import StorageError

log = logging.getLogger("soundcheck.library")

IN_ONE_QUESTION = 500  # SQLite takes no more than a few thousand values in one statement
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(file.stem for file in MIGRATIONS.glob("versions/[0-9]*.py"))
UNIX_EPOCH_DAY, DAY_S = 2_440_587.5, 86_400.0  # SQLite counts days since 4714 BC
WRITE_TRIES = 4  # each waits for the busy time-out


class Database:
    """Readers see committed rows; writers take turns on the one connection of this process.

    Raises StorageError, at start or later, when the file is locked, read-only, full or broken.
    """

    def __init__(self, url: str, *, lock_wait_s: float) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self._writing = threading.RLock()
        self._reading: ContextVar[sa.Connection | None] = ContextVar("reading", default=None)
        self._readers = self._engine(lock_wait_s, immediate=False)
        self._writers = self._engine(lock_wait_s, immediate=True)
        self._writer: sa.Connection | None = None
        with _as_storage_errors():
            self._migrate()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One view of the rows as they are now. Nested use in a thread joins in."""
        if (connection := self._reading.get()) is not None:
            yield connection
            return
        with _as_storage_errors(), self._readers.connect() as connection:
            token = self._reading.set(connection)
            try:
                yield connection
            finally:
                self._reading.reset(token)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction, committed at the end, undone on any error. Nested use joins in."""
        with self._writing, _as_storage_errors():
            connection = self._writer
            if connection is not None and connection.in_transaction():
                yield connection
                return
            if connection is None or connection.invalidated or connection.closed:
                connection = self._writer = self._writers.connect()
            with _begun(connection):
                yield connection

    @property
    def now_s(self) -> sa.ColumnElement[float]:
        """The database's own time in a statement, in Unix seconds: one clock for all servers."""
        if self.is_sqlite:
            return (sa.func.julianday("now") - UNIX_EPOCH_DAY) * DAY_S
        return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)

    @property
    def version(self) -> str:
        """Such as "SQLite 3.51.3", for the Settings page."""
        with self.read() as connection:
            if self.is_sqlite:
                return f"SQLite {connection.scalar(sa.text('SELECT sqlite_version()'))}"
            return str(connection.scalar(sa.text("SELECT version()"))).split(" on ")[0]

    @property
    def place(self) -> str:
        """Where the database is, without a password."""
        return self.url.database or "" if self.is_sqlite else self.url.render_as_string()

    def close(self) -> None:
        with self._writing:
            if self._writer is not None:
                self._writer.close()
            self._writers.dispose()
            self._readers.dispose()

    def _engine(self, lock_wait_s: float, *, immediate: bool) -> sa.Engine:
        if not self.is_sqlite:
            return sa.create_engine(self.url, pool_pre_ping=True)
        engine = sa.create_engine(
            self.url,
            poolclass=NullPool if immediate else QueuePool,
            connect_args={"timeout": lock_wait_s, "check_same_thread": False},
        )

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # so that BEGIN below is ours, not the driver's
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                # Checkpoints on one connection alone: SQLite before 3.51.3 has the WAL-reset bug.
                f"wal_autocheckpoint={1000 if immediate else 0}",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            # A plain BEGIN that reads, then writes, fails whenever somebody wrote in between.
            connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

        return engine

    def _migrate(self) -> None:
        found = self._revision()
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise StorageError(
                "This library was written by a newer Soundcheck and is left as it is.",
                hint="Start the newer version, or choose another data folder.",
            )
        if found is not None and self.is_sqlite:
            self._back_up(found)
        # Needed once in a library's life, so its import is not paid for at every start.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
        log.info("library migrated from %s to %s", found or "nothing", HEAD)

    def _revision(self) -> str | None:
        with self.read() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)

    def _back_up(self, revision: str) -> None:
        file = Path(self.url.database or "")
        with self.write() as connection:  # nobody writes while the file is copied
            connection.exec_driver_sql("SELECT 1")
            shutil.copy2(file, file.with_name(f"{file.stem}-before-{HEAD}-from-{revision}.db"))


@contextmanager
def _begun(connection: sa.Connection) -> Iterator[None]:
    """A transaction whose start is tried again while another process holds the lock."""
    for last in (*[False] * (WRITE_TRIES - 1), True):
        try:
            transaction = connection.begin()
            break
        except OperationalError as error:
            connection.rollback()
            if last or "locked" not in str(error.orig):
                raise
            time.sleep(0.05)
    with transaction:
        yield


@contextmanager
def _as_storage_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise  # the database works: the row itself is the caller's affair
    except (DatabaseError, OSError) as error:
        log.error("library unavailable: %s", getattr(error, "orig", error))
        raise StorageError("The library cannot be read or written right now.") from None
