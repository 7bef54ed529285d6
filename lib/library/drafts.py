"""Store drafts: what a person has typed on a page and not sent yet."""

import json
import time
from typing import Any

import sqlalchemy as sa

from lib.library.database import Database
from lib.library.tables.drafts import drafts

STAFF_MAX_BYTES = 8_000_000  # 500,000 characters, each escaped in JSON, and the other choices
LISTENER_MAX_BYTES = 64_000  # everybody with a link may be a listener
LISTENING = "listen-"  # with the id of the test: the page name of a listener's draft
NOBODYS_AGE_S = 400 * 86_400.0  # the cookie with a browser's id ends after a year
FRESH_S = 3600.0  # after it the same draft is stored again, which makes it newer


def draft_max_bytes(page: str) -> int:
    """The largest size of a draft of that page, in bytes of JSON."""
    return LISTENER_MAX_BYTES if page.startswith(LISTENING) else STAFF_MAX_BYTES


class Drafts:
    """One draft for each browser and page: a dict, whose maximum size depends on the page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, browser: str, page: str) -> dict[str, Any]:
        with self._database.read() as connection:
            body = connection.scalar(
                sa.select(drafts.c.body).where(drafts.c.browser == browser, drafts.c.page == page)
            )
        return body or {}

    def put(self, browser: str, page: str, body: dict[str, Any], *, owner: str) -> bool:
        """Store a draft. False, without a change, if it is too large.

        Such a text is also over the limit for speech, and its page says so.
        """
        if len(json.dumps(body)) > draft_max_bytes(page):
            return False
        if self._is_stored(browser, page, body):
            return True
        with self._database.write() as connection:
            connection.execute(
                sa.delete(drafts).where(drafts.c.browser == browser, drafts.c.page == page)
            )
            connection.execute(
                sa.insert(drafts).values(
                    browser=browser, page=page, owner=owner, body=body, changed_at_s=time.time()
                )
            )
        return True

    def _is_stored(self, browser: str, page: str, body: dict[str, Any]) -> bool:
        """Whether it was stored lately. A press often saves what leaving its field has saved."""
        query = sa.select(drafts.c.body).where(
            drafts.c.browser == browser,
            drafts.c.page == page,
            drafts.c.changed_at_s > time.time() - FRESH_S,
        )
        with self._database.read() as connection:
            return connection.scalar(query) == body

    def tidy(self) -> int:
        """Delete drafts that no browser can ask for any more; returns how many."""
        old = drafts.c.changed_at_s < time.time() - NOBODYS_AGE_S
        with self._database.write() as connection:
            return connection.execute(sa.delete(drafts).where(old)).rowcount
