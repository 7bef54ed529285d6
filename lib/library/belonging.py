"""Which store is this library's: one whose mark has its id. Two that do not fit are not used."""

import secrets
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from lib.errors import StorageError
from lib.library.database import BEGIN_ANEW, Database
from lib.library.notes import PreferenceStore
from lib.library.store import MARK, TAKE_OVER, Store
from lib.library.tables.clips import recordings

ID = "library_id"
ASKED = 100  # files that tell whether a store without a mark is the right one


def meet(database: Database, store: Store) -> bool:
    """Open the store for the library. Whether they met for the first time just now.

    A library of before there were marks takes the store in which its files are. Raises
    StorageError, and changes nothing, where the store is another library's, or this one's files
    are not in it.
    """
    preferences = PreferenceStore(database)
    known = preferences.recall(ID)
    if known and store.mark() == known:
        store.enter(known)
        return False
    with database.write() as connection:  # of several servers, one at a time
        known = preferences.recall(ID)
        mark = store.mark()
        if known and mark == known:
            store.enter(known)
            return True
        if mark != TAKE_OVER:
            _check(known, mark, _newest(connection), store)
        chosen = known or (mark if mark and mark != TAKE_OVER else secrets.token_hex(16))
        preferences.remember({ID: chosen})
    # The mark comes last: a library without files takes an unmarked store again after a crash.
    store.take(chosen)
    return True


def _newest(connection: sa.Connection) -> list[str]:
    """Files that must be there, those that cost something first: free ones are in many a store."""
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
    if not names and store.is_in_use():
        raise StorageError(
            "The library is unavailable: its database knows no recording, but sound is there.",
            hint=f"Nothing was changed. Look at which database is used. {BEGIN_ANEW}",
        )
