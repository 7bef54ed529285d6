"""Check that a file store belongs to this library: the store's mark file has the library's id."""

import secrets
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from lib.errors import StorageError
from lib.library.database import BEGIN_ANEW, Database
from lib.library.preferences import PreferenceStore
from lib.library.store import MARK, TAKE_OVER, Store
from lib.library.tables.recordings import recordings

ID = "library_id"
ASKED = 100  # files to look up in a store without a mark, to see whether it is the right one


def meet(database: Database, store: Store) -> bool:
    """Open the store for the library; returns whether this is their first run together.

    A library that is older than marks takes the store with its files. Raises StorageError, and
    changes nothing, if the store belongs to another library or this library's files are missing.
    """
    preferences = PreferenceStore(database)
    known = preferences.recall(ID)
    if known and store.mark() == known:
        store.enter(known)
        return False
    with database.write() as connection:  # one server at a time
        known = preferences.recall(ID)
        mark = store.mark()
        if known and mark == known:
            store.enter(known)
            return True
        if mark != TAKE_OVER:
            _check(known, mark, _newest(connection), store)
        chosen = known or (mark if mark and mark != TAKE_OVER else secrets.token_hex(16))
        preferences.remember({ID: chosen})
    # The mark is written last: after a crash before it, an unmarked store can be taken again.
    store.take(chosen)
    return True


def _newest(connection: sa.Connection) -> list[str]:
    """The newest files, paid ones first: many stores have the same free ones."""
    costs = sa.case((recordings.c.usd == Decimal(0), 1), else_=0)
    query = sa.select(recordings.c.file).order_by(costs, recordings.c.made_at_s.desc())
    return list(connection.scalars(query.limit(ASKED)))


def _check(known: Any, mark: str | None, names: list[str], store: Store) -> None:
    if known and mark:
        raise StorageError(
            "The library is unavailable: the sound files belong to another Soundcheck library.",
            hint=f"Nothing was changed. Look at where the sound is kept ({store.place}) and which "
            f"database is used. {BEGIN_ANEW}",
        )
    there = sum(store.exists(name) for name in names)
    if names and 2 * there < len(names):
        raise StorageError(
            "The library is unavailable: its sound files are not where they were.",
            hint=f"Nothing was changed. Connect {store.place} again, or copy the files to it, with "
            f"{MARK} among them. {BEGIN_ANEW}",
        )
    # Not by the mark as it is now: another server may have written it since it was read.
    if not names and (mark is not None or store.holds_sound()):
        raise StorageError(
            "The library is unavailable: its database knows no recording, but sound is there.",
            hint=f"Nothing was changed. Look at which database is used. {BEGIN_ANEW}",
        )
