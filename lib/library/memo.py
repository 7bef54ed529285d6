"""What takes long in a large library is looked up again only once something was written."""

from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

T = TypeVar("T")


def unless_written(connection: sa.Connection, name: str, look: Callable[[], T]) -> T:
    """What `look` returns, or returned before if no process has written anything since.

    connection: of a reader, which remembers it. name: of what is looked up. Other databases than
    SQLite do not say whether anything was written: with them `look` is called each time.
    """
    if connection.dialect.name != "sqlite":
        return look()
    version = connection.exec_driver_sql("PRAGMA data_version").scalar()
    if connection.info.get("version") != version:
        connection.info.update(version=version, known={})
    known: dict[str, T] = connection.info["known"]
    if name not in known:
        known[name] = look()
    return known[name]
