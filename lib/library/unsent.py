"""Store the ballots of a listening test that are not sent yet, limited in number and time."""

import time
from typing import Any

import sqlalchemy as sa

from lib.library.database import Database
from lib.library.drafts import LISTENING, Drafts
from lib.library.tables.auditions import listening_tests as tests
from lib.library.tables.drafts import drafts

# One person with the link can be any number of listeners. With all texts as long as allowed,
# these drafts and the most ballots of a test are about 50 MB.
MOST = 1_000  # drafts of one test, those changed last


class Unsent:
    """One draft for each listener of an open test, until the ballot is sent."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._drafts = Drafts(database)

    def get(self, test_id: int, listener: str) -> dict[str, Any]:
        return self._drafts.get(listener, _page(test_id))

    def keep(self, test_id: int, listener: str, **more: object) -> bool:
        """Change these parts of the draft. False, without a change, if the test is closed.

        The caller checks the values: only questions of this test, and a shortened comment.
        """
        page = _page(test_id)
        with self._database.write() as connection:
            query = sa.select(tests.c.owner).where(tests.c.id == test_id, _is_open())
            owner = connection.scalar(query)
            if owner is None:
                return False
            body = self._drafts.get(listener, page) | more
            kept = self._drafts.put(listener, page, body, owner=owner)
            newest = (
                sa.select(drafts.c.browser)
                .where(drafts.c.page == page)
                .order_by(drafts.c.changed_at_s.desc())
                .limit(MOST)
            )
            surplus = (drafts.c.page == page) & drafts.c.browser.not_in(newest)
            connection.execute(sa.delete(drafts).where(surplus))
        return kept

    def forget(self, test_id: int, listener: str) -> None:
        mine = (drafts.c.browser == listener) & (drafts.c.page == _page(test_id))
        with self._database.write() as connection:
            connection.execute(sa.delete(drafts).where(mine))

    def tidy(self) -> int:
        """Delete the drafts of all tests that are closed or have ended; returns how many."""
        living = sa.select(sa.literal(LISTENING) + sa.cast(tests.c.id, sa.String)).where(_is_open())
        over = drafts.c.page.startswith(LISTENING) & drafts.c.page.not_in(living)
        with self._database.write() as connection:
            return connection.execute(sa.delete(drafts).where(over)).rowcount


def _page(test_id: int) -> str:
    return f"{LISTENING}{test_id}"


def _is_open() -> sa.ColumnElement[bool]:
    """The same condition as `ListeningTest.open`, in SQL."""
    return tests.c.closed_at_s.is_(None) & (
        tests.c.ends_at_s.is_(None) | (tests.c.ends_at_s > time.time())
    )
