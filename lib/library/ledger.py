"""The ledger: one row per intended charge, written before the call."""

import time
import uuid
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from lib.errors import StoppedError
from lib.library.database import Database
from lib.library.entry import LedgerEntry, State
from lib.library.outcome import Outcome, aside, cost
from lib.library.processes import LIVING
from lib.library.tables.ledger import ledger
from lib.library.tables.processes import claims
from lib.library.tables.recordings import written
from lib.library.written import INCOMING, note
from lib.speech import Charge, Utterance

NEVER_SENT = "Soundcheck stopped before this was sent."

# Built once, with names for what differs: building a statement is slower than running it.
ENTRIES = sa.select(ledger).order_by(ledger.c.made_at_s)
IS_OPEN = sa.and_(
    ledger.c.state != "kept", ledger.c.state != "refused", ledger.c.settled_at_s.is_(None)
)
UNDECIDED = (ledger.c.state == "unknown") & ledger.c.settled_at_s.is_(None)
OPEN_OF_KEY = ENTRIES.where(
    ledger.c.key == sa.bindparam("wanted"), ledger.c.state.in_(("sent", "paid")) | UNDECIDED
)
MOVE = sa.update(ledger).where(ledger.c.id == sa.bindparam("entry_id")).returning(ledger)
CLOSE = MOVE.where(IS_OPEN)
SEND = MOVE.where(
    ledger.c.state == "reserved",
    sa.select(claims.c.key)
    .where(claims.c.key == ledger.c.key, claims.c.process == sa.bindparam("sender"))
    .with_for_update()  # until the commit nobody can take the claim
    .exists(),
)
NOT_SENT = sa.update(ledger).where(
    ledger.c.key == sa.bindparam("wanted"), ledger.c.state == "reserved"
)
RESERVE = sa.insert(ledger)
_COST = sa.func.coalesce(ledger.c.usd, ledger.c.estimate_usd)
SPENT = sa.select(
    sa.func.sum(_COST), sa.func.count(), sa.func.count(_COST), sa.func.count(ledger.c.usd)
).where(
    ledger.c.clip_id.in_(sa.bindparam("of", expanding=True)),
    ledger.c.state.in_(("paid", "kept")),
)


class Ledger:
    """States: reserved → sent → paid → kept, or → refused, or → unknown; each → is one commit."""

    def __init__(self, database: Database, process: str) -> None:
        self._database = database
        self._process = process
        self._began_at_s = time.monotonic()
        self._closed_at_s: dict[str, float] = {}  # unclear charges of this process, monotonic

    def reserve(
        self,
        utterance: Utterance,
        *,
        owner: str,
        clip_id: int | None = None,
        estimate_usd: Decimal | None = None,
    ) -> str:
        """Add a row; returns its id, which is also the client id sent to the service.

        The caller holds the claim, so an earlier row that was not sent is closed: nobody sends it.
        """
        entry_id = f"sc-{uuid.uuid4().hex}"
        now_s = time.time()
        with self._database.write() as connection:
            connection.execute(
                NOT_SENT,
                {
                    "wanted": utterance.key,
                    "state": "refused",
                    "reason": NEVER_SENT,
                    "changed_at_s": now_s,
                },
            )
            connection.execute(
                RESERVE,
                {
                    "id": entry_id,
                    "key": utterance.key,
                    "owner": owner,
                    "process": self._process,
                    "clip_id": clip_id,
                    "model": utterance.model,
                    "voice": utterance.voice,
                    "text": utterance.text,
                    "format": utterance.format,
                    "take": utterance.take,
                    "state": "reserved",
                    "estimate_usd": estimate_usd,
                    "made_at_s": now_s,
                    "changed_at_s": now_s,
                },
            )
        return entry_id

    def sent(self, entry_id: str) -> None:
        """Note that the call begins now.

        Raises StoppedError if this process no longer has the claim or the reservation: others
        treated it as dead, perhaps after a long sleep, and may be making the call.
        """
        if self._moved(SEND, entry_id, "sent", sender=self._process) is None:
            raise StoppedError("Another server has taken this over, so it was not sent here.")

    def write(self, outcome: Outcome) -> LedgerEntry | None:
        """Write the outcome of a charge; None if the entry is closed already."""
        if outcome.state == "unknown":
            self._closed_at_s[outcome.entry_id] = time.monotonic()
        return self._moved(CLOSE, outcome.entry_id, outcome.state, **outcome.columns)

    def quiet_s(self, entry: LedgerEntry) -> float:
        """At least so many seconds ago this entry changed, even if the clock was set since."""
        changed_at_s = self._closed_at_s.get(entry.id, self._began_at_s)
        return min(time.time() - entry.changed_at_s, time.monotonic() - changed_at_s)

    def never_charged(self, entry_id: str) -> None:
        """Close an unclear entry as refused: the service's log has no such charge."""
        self._move(entry_id, "refused", reason="The service's records show no charge.")

    def charged_without_sound(self, entry_id: str, charge: Charge, reference: str | None) -> None:
        """Add the charge from the service's log to an unclear entry; its sound never came."""
        self._move(entry_id, "unknown", reference=reference, **cost(charge))

    def settle(self, entry_ids: Collection[str]) -> None:
        """Note a person's decision on unclear charges: the same words may be sent again."""
        self._decide(entry_ids, "unknown")

    def write_off(self, entry_ids: Collection[str]) -> None:
        """As `settle`, also for paid charges whose sound cannot be fetched."""
        self._decide(entry_ids, "unknown", "paid")

    def _decide(self, entry_ids: Collection[str], *states: State) -> None:
        decided = ledger.c.state.in_(states) & ledger.c.id.in_(entry_ids)
        with self._database.write() as connection:
            given_up = written.c.name.in_(sa.select(ledger.c.address).where(decided))
            connection.execute(sa.update(written).where(given_up).values(paid=False))
            connection.execute(
                sa.update(ledger)
                .where(decided)
                .values(state="unknown", address=None, settled_at_s=time.time())
            )

    def has(self, entry_id: str) -> bool:
        with self._database.read() as connection:
            return bool(connection.scalar(sa.select(sa.exists().where(ledger.c.id == entry_id))))

    def owed(self) -> list[LedgerEntry]:
        """Entries that are paid for and whose sound is not stored yet."""
        return self._entries(ledger.c.state == "paid")

    def unclear(self) -> list[LedgerEntry]:
        """Entries that may be paid for and on which nobody has decided yet."""
        return self._entries(ledger.c.state == "unknown", ledger.c.settled_at_s.is_(None))

    def open(self, key: str) -> list[LedgerEntry]:
        """Entries that forbid buying this key again: sent, paid, or unknown and undecided."""
        with self._database.read() as connection:
            found = connection.execute(OPEN_OF_KEY, {"wanted": key}).mappings()
            return [LedgerEntry(**row) for row in found]

    def files(self) -> set[str]:
        """Files with sound that came inside an answer and is not a recording yet."""
        query = sa.select(ledger.c.address).where(ledger.c.address.startswith(INCOMING))
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def spent(self, *clip_ids: int) -> tuple[Decimal | None, bool]:
        """(dollars that these clips have cost, whether all figures are from the service).

        The dollars are None if the price of a paid part is not known.
        """
        with self._database.read() as connection:
            total, rows, known, exact = connection.execute(SPENT, {"of": clip_ids}).one()
        return (total or Decimal(0)) if known == rows else None, rows == exact

    def sent_by_the_dead(self) -> list[str]:
        """The ids of entries whose call was open when their process died."""
        left = (ledger.c.state == "sent") & ledger.c.process.not_in(LIVING)
        with self._database.write() as connection:  # it sees the processes removed just now
            return list(connection.scalars(sa.select(ledger.c.id).where(left)))

    def recover(self, in_hand: Sequence[str]) -> list[LedgerEntry]:
        """Close the entries of dead processes; returns those that are paid for without a sound.

        Reserved entries become refused, sent ones unknown. Nothing is sent. in_hand: the ids of
        sent entries whose sound is in a file already: they become paid.
        """
        left = ledger.c.process.not_in(LIVING)
        now_s = time.time()
        with self._database.write() as connection:
            for entry_id in in_hand:
                self._move(entry_id, "paid", address=aside(entry_id))
            for before, after, reason in (
                ("reserved", "refused", NEVER_SENT),
                ("sent", "unknown", "Soundcheck stopped before the answer came."),
            ):
                connection.execute(
                    sa.update(ledger)
                    .where(ledger.c.state == before, left)
                    .values(state=after, reason=reason, changed_at_s=now_s)
                )
            adopted = connection.execute(
                sa.update(ledger)
                .where(ledger.c.state == "paid", left)
                .values(process=self._process)
                .returning(ledger)
            ).mappings()
            return [LedgerEntry(**row) for row in adopted]

    def _move(self, entry_id: str, state: State, **values: Any) -> LedgerEntry:
        entry = self._moved(MOVE, entry_id, state, **values)
        assert entry
        return entry

    def _moved(
        self, move: sa.Executable, entry_id: str, state: State, **values: Any
    ) -> LedgerEntry | None:
        """The entry in its new state; None, and no change, if `move` does not match it.

        values: columns, and what else `move` has names for.
        """
        with self._database.write() as connection:
            moved = connection.execute(
                move,
                {"entry_id": entry_id, "state": state, "changed_at_s": time.time(), **values},
            ).mappings()
            row = moved.one_or_none()
            if row and state == "paid" and values["address"].startswith(INCOMING):
                note(connection, values["address"], paid=True)
            return LedgerEntry(**row) if row else None

    def _entries(self, *where: sa.ColumnElement[bool]) -> list[LedgerEntry]:
        with self._database.read() as connection:
            return [
                LedgerEntry(**row) for row in connection.execute(ENTRIES.where(*where)).mappings()
            ]
