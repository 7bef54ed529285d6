"""The ledger: one row per intended charge, written before the money can move."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from lib.errors import SpeechError
from lib.library.database import Database
from lib.library.schema import ledger, written
from lib.library.written import INCOMING, note
from lib.speech import Answer, Charge, Utterance

State = Literal["reserved", "sent", "paid", "kept", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One ledger row. `usd` is what it cost, None while or where nobody said."""

    id: str
    key: str
    owner: str
    process: str
    clip_id: int | None
    model: str
    voice: str
    text: str
    format: str
    take: int
    state: State
    estimate_usd: Decimal | None
    usd: Decimal | None
    credits: int | None
    source: str | None
    reference: str | None
    address: str | None
    reason: str | None
    detail: str | None
    made_at_s: float
    changed_at_s: float
    settled_at_s: float | None

    @property
    def utterance(self) -> Utterance:
        return Utterance(
            model=self.model,
            voice=self.voice,
            text=self.text,
            format="wav" if self.format == "wav" else "mp3",
            take=self.take,
        )


class Ledger:
    """reserved → sent → paid → kept, or → refused, or → unknown; each arrow is one commit."""

    def __init__(self, database: Database, process: str) -> None:
        self._database = database
        self._process = process

    def reserve(
        self,
        utterance: Utterance,
        *,
        owner: str,
        clip_id: int | None = None,
        estimate_usd: Decimal | None = None,
    ) -> str:
        """A new row's id, which is also the client id that the service is told."""
        entry_id = f"sc-{uuid.uuid4().hex}"
        now_s = time.time()
        with self._database.write() as connection:
            connection.execute(
                sa.insert(ledger).values(
                    id=entry_id,
                    key=utterance.key,
                    owner=owner,
                    process=self._process,
                    clip_id=clip_id,
                    model=utterance.model,
                    voice=utterance.voice,
                    text=utterance.text,
                    format=utterance.format,
                    take=utterance.take,
                    state="reserved",
                    estimate_usd=estimate_usd,
                    made_at_s=now_s,
                    changed_at_s=now_s,
                )
            )
        return entry_id

    def sent(self, entry_id: str) -> None:
        self._move(entry_id, "sent")

    def paid(self, entry_id: str, answer: Answer, *, address: str) -> Entry:
        """`address` is where the sound can be had again without paying: a link, or a file here."""
        with self._database.write() as connection:
            if address.startswith(INCOMING):
                note(connection, address, paid=True)
            cost = _cost(answer.charge)
            return self._move(entry_id, "paid", address=address, reference=answer.reference, **cost)

    def refused(self, entry_id: str, error: SpeechError) -> None:
        self._move(entry_id, "refused", **_why(error))

    def unknown(self, entry_id: str, error: SpeechError) -> None:
        self._move(entry_id, "unknown", **_why(error))

    def never_charged(self, entry_id: str) -> None:
        """The service's own log shows no such charge."""
        self._move(entry_id, "refused", reason="The service's records show no charge.")

    def charged_without_sound(self, entry_id: str, charge: Charge, reference: str | None) -> None:
        """The service's own log shows the charge; its sound never came."""
        self._move(entry_id, "unknown", reference=reference, **_cost(charge))

    def settle(self, keys: Sequence[str]) -> None:
        """A person has decided about these unclear charges: the same words may be sent again."""
        self._decide(keys, "unknown")

    def write_off(self, keys: Sequence[str]) -> None:
        """As `settle`, and give up what was paid for and cannot be fetched."""
        self._decide(keys, "unknown", "paid")

    def _decide(self, keys: Sequence[str], *states: State) -> None:
        decided = ledger.c.state.in_(states) & ledger.c.key.in_(keys)
        with self._database.write() as connection:
            given_up = written.c.name.in_(sa.select(ledger.c.address).where(decided))
            connection.execute(sa.update(written).where(given_up).values(paid=False))
            connection.execute(
                sa.update(ledger)
                .where(decided)
                .values(state="unknown", address=None, settled_at_s=time.time())
            )

    def entry(self, entry_id: str) -> Entry | None:
        return next(iter(self._entries(ledger.c.id == entry_id)), None)

    def of_key(self, key: str) -> list[Entry]:
        return self._entries(ledger.c.key == key)

    def owed(self, key: str | None = None) -> list[Entry]:
        """Paid for, sound not kept yet."""
        return self._entries(ledger.c.state == "paid", *_of(key))

    def unclear(self, key: str | None = None) -> list[Entry]:
        """Perhaps paid for, and nobody has decided yet."""
        return self._entries(
            ledger.c.state == "unknown", ledger.c.settled_at_s.is_(None), *_of(key)
        )

    def open(self, key: str) -> list[Entry]:
        """Rows that forbid buying this again: sent, paid, or unknown and undecided."""
        undecided = (ledger.c.state == "unknown") & ledger.c.settled_at_s.is_(None)
        return self._entries(ledger.c.key == key, ledger.c.state.in_(("sent", "paid")) | undecided)

    def files(self) -> set[str]:
        """Sound that came inside an answer and is not a recording yet."""
        query = sa.select(ledger.c.address).where(ledger.c.address.startswith(INCOMING))
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def spent(self, *clip_ids: int) -> tuple[Decimal | None, bool]:
        """Dollars these clips have cost so far, and whether every figure in it is the service's.

        None where a part was paid for at a price that nobody knows.
        """
        cost = sa.func.coalesce(ledger.c.usd, ledger.c.estimate_usd)
        with self._database.read() as connection:
            total, rows, known, exact = connection.execute(
                sa.select(
                    sa.func.sum(cost),
                    sa.func.count(),
                    sa.func.count(cost),
                    sa.func.count(ledger.c.usd),
                ).where(ledger.c.clip_id.in_(clip_ids), ledger.c.state.in_(("paid", "kept")))
            ).one()
        return (total or Decimal(0)) if known == rows else None, rows == exact

    def recover(self, living: Sequence[str]) -> None:
        """What dead processes left: never sent is refused, sent is unknown; nothing is sent."""
        for before, after, reason in (
            ("reserved", "refused", "Soundcheck stopped before this was sent."),
            ("sent", "unknown", "Soundcheck stopped before the answer came."),
        ):
            with self._database.write() as connection:
                connection.execute(
                    sa.update(ledger)
                    .where(ledger.c.state == before, ledger.c.process.not_in(living))
                    .values(state=after, reason=reason, changed_at_s=time.time())
                )

    def _move(self, entry_id: str, state: State, **values: Any) -> Entry:
        with self._database.write() as connection:
            moved = connection.execute(
                sa.update(ledger)
                .where(ledger.c.id == entry_id)
                .values(state=state, changed_at_s=time.time(), **values)
                .returning(ledger)
            ).mappings()
            return Entry(**moved.one())

    def _entries(self, *where: sa.ColumnElement[bool]) -> list[Entry]:
        with self._database.read() as connection:
            rows = connection.execute(
                sa.select(ledger).where(*where).order_by(ledger.c.made_at_s)
            ).mappings()
            return [Entry(**row) for row in rows]


def _of(key: str | None) -> list[sa.ColumnElement[bool]]:
    return [] if key is None else [ledger.c.key == key]


def _why(error: SpeechError) -> dict[str, Any]:
    return {"reason": str(error), "detail": error.detail, "reference": error.reference}


def _cost(charge: Charge) -> dict[str, Any]:
    return {"usd": charge.usd, "credits": charge.credits, "source": charge.source}
