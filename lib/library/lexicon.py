"""Store the lexicon, which all users of an installation share."""

import time
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

import sqlalchemy as sa

from lib.errors import InvalidRequestError
from lib.lexicon import Entry, checked
from lib.library.database import Database
from lib.library.tables.lexicon import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """An entry of the lexicon with its id."""

    id: int
    entry: Entry
    changed_at_s: float


class Added(NamedTuple):
    """The numbers of entries of a file that were added, changed or left as they were."""

    new: int
    changed: int
    same: int


_ENTRY = [lexicon.c[name] for name in Entry.__dataclass_fields__]
_KEPT = lexicon.c.deleted_at_s.is_(None)


class LexiconStore:
    """All entries are checked and no word is stored twice: raises as `lib.lexicon.checked`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def words(self) -> list[Word]:
        """All entries, sorted by word."""
        with self._database.read() as connection:
            return sorted(_words(connection), key=_in_order)

    def entries(self) -> frozenset[Entry]:
        """All entries, for `lib.lexicon.apply`."""
        with self._database.read() as connection:
            return frozenset(word.entry for word in _words(connection))

    def add(self, entry: Entry) -> int:
        """Add an entry; returns its id."""
        with self._database.write() as connection:
            kept = checked(entry, (word.entry for word in _words(connection)))
            inserted = connection.execute(
                sa.insert(lexicon).values(**_row(kept))
            ).inserted_primary_key
            assert inserted
        return int(inserted[0])

    def change(self, word_id: int, entry: Entry) -> None:
        """Change an entry. Raises InvalidRequestError also if it was deleted."""
        with self._database.write() as connection:
            words = _words(connection)
            if all(word.id != word_id for word in words):
                raise InvalidRequestError(
                    "This word is no longer in the lexicon.", hint="Add it again."
                )
            kept = checked(entry, (word.entry for word in words if word.id != word_id))
            self._update(word_id, **_row(kept))

    def delete(self, word_id: int) -> None:
        """Remove an entry from the list, until it is restored; recordings do not change."""
        self._update(word_id, deleted_at_s=time.time())

    def restore(self, word_id: int) -> None:
        """Undo `delete`. Raises InvalidRequestError if the word was added again meanwhile."""
        with self._database.write() as connection:
            row = connection.execute(
                sa.select(*_ENTRY).where(lexicon.c.id == word_id, ~_KEPT)
            ).mappings().one_or_none()  # fmt: skip
            if row:
                checked(Entry(**row), (word.entry for word in _words(connection)))
                self._update(word_id, deleted_at_s=None)

    def add_all(self, entries: Iterable[Entry]) -> Added:
        """Add new words; change those that exist with the same case rule."""
        new = changed = same = 0
        with self._database.write() as connection:
            there = {word.entry.identity: word for word in _words(connection)}
            wanted = {kept.identity: kept for kept in map(checked, entries)}
            for identity, entry in wanted.items():
                word = there.get(identity)
                if word is None:
                    connection.execute(sa.insert(lexicon).values(**_row(entry)))
                    new += 1
                elif word.entry == entry:
                    same += 1
                else:
                    self._update(word.id, **_row(entry))
                    changed += 1
        return Added(new, changed, same)

    def _update(self, word_id: int, **values: object) -> None:
        with self._database.write() as connection:
            connection.execute(sa.update(lexicon).where(lexicon.c.id == word_id).values(**values))


def _words(connection: sa.Connection) -> list[Word]:
    query = sa.select(lexicon.c.id, lexicon.c.changed_at_s, *_ENTRY).where(_KEPT)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return [
        Word(id=row.pop("id"), changed_at_s=row.pop("changed_at_s"), entry=Entry(**row))
        for row in rows
    ]


def _row(entry: Entry) -> dict[str, object]:
    return asdict(entry) | {"changed_at_s": time.time()}


def _in_order(word: Word) -> tuple[str, str]:
    """Sort key: accents and case matter only between words that are otherwise equal."""
    letters = unicodedata.normalize("NFD", word.entry.word.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)), word.entry.word
