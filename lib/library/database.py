"""The database connection: one writer, many readers, migrations at start."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import NullPool, QueuePool

from lib.errors import StorageError
from lib.library import backups, private
from lib.library.tables import metadata

log = logging.getLogger("soundcheck.library")

IN_ONE_QUESTION = 500  # SQLite allows only a few thousand values in one statement
MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(file.stem for file in MIGRATIONS.glob("versions/[0-9]*.py"))
WRITE_TRIES = 4  # each waits for the busy timeout
BEGIN_ANEW = "To begin anew on purpose, see “Where your data lives” in the README."
PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL")  # the database itself is not damaged


class Database:
    """Readers see committed rows; writers take turns on the one write connection of this process.

    is_in_use: whether other signs show that a library exists already. It is called before a new
    database is created. If True, none is: a missing or empty file is left as it is.

    Raises StorageError, at start or later, if the file is locked, read-only, full or damaged.
    """

    def __init__(
        self, url: str, *, lock_wait_s: float, is_in_use: Callable[[], bool] = lambda: False
    ) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.file = _file_of(self.url) if self.is_sqlite else None
        self._is_in_use = is_in_use
        self._is_open = False
        self._writing = threading.RLock()
        self._reading: ContextVar[sa.Connection | None] = ContextVar("reading", default=None)
        self._readers = self._engine(lock_wait_s, immediate=False)
        self._writers = self._engine(lock_wait_s, immediate=True)
        self._writer: sa.Connection | None = None
        try:
            with self._as_storage_errors():
                self._begin_file()
                self._migrate()
                self._is_open = True
        except StorageError:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent view of the current rows. Nested uses in a thread share it."""
        if (connection := self._reading.get()) is not None:
            yield connection
            return
        with self._as_storage_errors(), self._readers.connect() as connection:
            token = self._reading.set(connection)
            try:
                yield connection
            finally:
                self._reading.reset(token)

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction: committed at the end, rolled back on any error. Nested uses share it."""
        with self._writing, self._as_storage_errors():
            connection = self._writer
            if connection is not None and connection.in_transaction():
                yield connection
                return
            if connection is None or connection.invalidated or connection.closed:
                connection = self._writer = self._writers.connect()
            with _begun(connection):
                yield connection

    @property
    def version(self) -> str:
        """The version for the Settings page, such as "SQLite 3.51.3"."""
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

        @sa.event.listens_for(engine, "do_connect")
        def look(*_: object) -> None:
            # If our file was moved away, SQLite would create a new one.
            if self._is_open and self.file and _is_empty(self.file):
                raise self._unavailable()

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # the driver must not send its own BEGIN
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                # Checkpoints on only one connection: SQLite before 3.51.3 has the WAL-reset bug.
                f"wal_autocheckpoint={1000 if immediate else 0}",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            # A plain BEGIN that reads and then writes fails if another process wrote in between.
            connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

        return engine

    def _begin_file(self) -> None:
        """Create the file of a new library. Raises StorageError if an old one is gone or empty."""
        if self.file is None or not _is_empty(self.file):
            return
        is_in_use = not _is_empty(backups.wal_of(self.file)) or self._is_in_use()
        if is_in_use and _is_empty(self.file):  # checked again: another server may have created it
            raise self._unavailable()
        private.make_folder(self.file.parent)
        private.make_file(self.file)

    def _migrate(self) -> None:
        found = self._revision()
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise StorageError(
                "This library was written by a newer Soundcheck and is left as it is.",
                hint="Start the newer version, or choose another data folder.",
            )
        if found is None and self._is_in_use() and self._revision() is None:
            raise self._unavailable()
        if found is not None and self.file:
            self._back_up(self.file, found)
        # Imported here: it is slow, and rarely needed.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
        log.info("library migrated from %s to %s", found or "nothing", HEAD)
        if self.file:  # only once: later changes of the rights are intended
            backups.tighten_all(self.file)

    def _revision(self) -> str | None:
        """The revision of the tables; None without any. Raises StorageError if some are missing."""
        with self.read() as connection:
            tables = set(sa.inspect(connection).get_table_names())
            known = "alembic_version" in tables and connection.scalar(
                sa.text("SELECT version_num FROM alembic_version")
            )
        wanted = set(metadata.tables)
        if (known == HEAD and wanted - tables) or (not known and wanted & tables):
            log.error("the library has lost tables: %s", ", ".join(sorted(wanted - tables)))
            raise StorageError(
                "The library is damaged: a part of its database is missing.",
                hint=f"Nothing was changed. {backups.way_back(self.file)}",
            )
        return str(known) if known else None

    def _back_up(self, file: Path, revision: str) -> None:
        with self.write(), self.read() as connection:  # blocks writers while it is copied
            source: Any = connection.connection.driver_connection
            backups.back_up(source, file, f"{file.stem}-before-{HEAD}-from-{revision}")

    def _unavailable(self) -> StorageError:
        name = self.file.name if self.file else self.place
        what = "is missing" if self.file and not self.file.exists() else "is empty"
        return StorageError(
            f"The library is unavailable: its database {name} {what}, and sound of it is there.",
            hint=f"Nothing was changed. {backups.way_back(self.file)} {BEGIN_ANEW}",
        )

    @contextmanager
    def _as_storage_errors(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise  # the database works: the caller handles a conflict of rows
        except (DatabaseError, OSError) as error:
            cause = getattr(error, "orig", error)
            log.error("library unavailable: %s", cause)
            hint = StorageError.hint
            if not getattr(cause, "sqlite_errorname", "").startswith(PASSING):
                hint = f"{hint} {backups.in_words(self.file)}".rstrip()
            raise StorageError(
                "The library cannot be read or written right now.", hint=hint
            ) from None


@contextmanager
def _begun(connection: sa.Connection) -> Iterator[None]:
    """Begin a transaction; try again while another process holds the lock."""
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


def _file_of(url: sa.URL) -> Path | None:
    """The file of an SQLite database; None for one in memory."""
    name = url.database or ""
    if name.startswith("file:"):
        name = unquote(urlsplit(name).path)
    return None if name in ("", ":memory:") or url.query.get("mode") == "memory" else Path(name)


def _is_empty(file: Path) -> bool:
    return not file.exists() or file.stat().st_size == 0
