"""Read all ledger entries, for tests: the product never needs closed ones."""

import sqlalchemy as sa

from lib.library import Library
from lib.library.entry import LedgerEntry
from lib.library.tables.ledger import ledger
from lib.speech import Utterance


def charges(library: Library, utterance: Utterance) -> list[LedgerEntry]:
    """Every entry for these words, oldest first."""
    same = sa.select(ledger).where(ledger.c.key == utterance.key).order_by(ledger.c.made_at_s)
    with library.database.read() as connection:
        return [LedgerEntry(**row) for row in connection.execute(same).mappings()]
