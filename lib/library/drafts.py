"""What somebody was typing, kept until they come back."""

import json
import time
from typing import Any

import sqlalchemy as sa

from lib.library.database import Database
from lib.library.tables.drafts import drafts

STAFF_MAX_BYTES = 8_000_000  # 500,000 characters, each escaped as JSON, and the choices beside
LISTENER_MAX_BYTES = 64_000  # anybody who has a link may be a listener
LISTENING = "listen-"  # and the test's id: the page of a listener's draft
NOBODYS_AGE_S = 400 * 86_400.0  # a browser's name is forgotten after a year


def draft_max_bytes(page: str) -> int:
    """How much one draft of that page may hold, as JSON."""
    return LISTENER_MAX_BYTES if page.startswith(LISTENING) else STAFF_MAX_BYTES


class Drafts:
    """One draft a browser and page, as a dict with a limit that goes by the page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, browser: str, page: str) -> dict[str, Any]:
        with self._database.read() as connection:
            body = connection.scalar(
                sa.select(drafts.c.body).where(drafts.c.browser == browser, drafts.c.page == page)
            )
        return body or {}

    def put(self, browser: str, page: str, body: dict[str, Any], *, owner: str) -> bool:
        """False for one that is too large: what was kept before stays as it was.

        A text that long is over the limit of what can be said too, which its page tells.
        """
        if len(json.dumps(body)) > draft_max_bytes(page):
            return False
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

    def tidy(self) -> int:
        """Delete those that no browser can ask for any more; how many."""
        old = drafts.c.changed_at_s < time.time() - NOBODYS_AGE_S
        with self._database.write() as connection:
            return connection.execute(sa.delete(drafts).where(old)).rowcount
