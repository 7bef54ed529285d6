"""Store recordings: the sound of one utterance, stored once and reused for ever."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lib.audio import Facts
from lib.errors import StorageError
from lib.library.database import IN_ONE_QUESTION, Database
from lib.library.entry import LedgerEntry
from lib.library.files import Files
from lib.library.processes import Processes
from lib.library.tables.ledger import ledger
from lib.library.tables.processes import claims
from lib.library.tables.recordings import recordings
from lib.library.written import INCOMING, note, note_kept_elsewhere
from lib.speech import Utterance

# Built once, with names for what differs: building a statement is slower than running it.
ONE = sa.select(recordings).where(recordings.c.key == sa.bindparam("wanted"))
DROP = sa.delete(recordings).where(recordings.c.key == sa.bindparam("wanted"))
ADD = sa.insert(recordings)
CLAIM = sa.insert(claims)
LET_GO = sa.delete(claims).where(
    claims.c.key == sa.bindparam("wanted"), claims.c.process == sa.bindparam("holder")
)
KEPT = sa.update(ledger).where(ledger.c.id == sa.bindparam("entry_id"))

CLAIM_LOOK_S = 0.05
CLAIM_BURY_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """peaks: 240 peaks from 0 to 255. usd: its cost, an estimate if not `usd_is_exact`."""

    key: str
    owner: str
    model: str
    voice: str
    text: str
    format: str
    take: int
    file: str
    media_type: str
    size_bytes: int
    length_s: float
    rate_hz: int
    peaks: bytes
    usd: Decimal | None
    usd_is_exact: bool
    reference: str | None
    made_at_s: float


class ClaimedError(Exception):
    """Another thread or server is making this recording."""


class Recordings:
    def __init__(self, database: Database, files: Files, processes: Processes) -> None:
        self._database = database
        self._files = files
        self._processes = processes
        self._lock = threading.Lock()
        self._held: set[str] = set()  # claims of this process, until the recording is stored
        self._let_go: set[str] = set()  # claims whose row could not be deleted yet

    def get(self, key: str) -> Recording | None:
        with self._database.read() as connection:
            row = connection.execute(ONE, {"wanted": key}).mappings().one_or_none()
        return Recording(**row) if row else None

    def many(self, keys: Sequence[str]) -> dict[str, Recording]:
        """The recordings of those keys that have one."""
        found: dict[str, Recording] = {}
        with self._database.read() as connection:
            for start in range(0, len(keys), IN_ONE_QUESTION):
                some = recordings.c.key.in_(keys[start : start + IN_ONE_QUESTION])
                for row in connection.execute(sa.select(recordings).where(some)).mappings():
                    found[row["key"]] = Recording(**row)
        return found

    def lengths_s(self, keys: Sequence[str]) -> dict[str, float]:
        """The lengths of the recordings of those keys that have one, in seconds."""
        return {key: recording.length_s for key, recording in self.many(keys).items()}

    def known(self, keys: Sequence[str]) -> set[str]:
        """The keys that have a recording."""
        found: set[str] = set()
        with self._database.read() as connection:
            for start in range(0, len(keys), IN_ONE_QUESTION):
                some = recordings.c.key.in_(keys[start : start + IN_ONE_QUESTION])
                found |= set(connection.scalars(sa.select(recordings.c.key).where(some)))
        return found

    @contextmanager
    def claim(self, key: str, *, wait: bool = True) -> Iterator[None]:
        """The exclusive right to make this recording, among all threads and servers.

        A claim outlives its thread only if the process dies; then the next one that waits removes
        the dead process and takes over. Without `wait`, raises ClaimedError instead of waiting.
        """
        waited_since_s = time.monotonic()
        while not self._claimed(key):
            if not wait:
                raise ClaimedError
            time.sleep(CLAIM_LOOK_S)
            if time.monotonic() - waited_since_s > CLAIM_BURY_S:
                self._processes.bury()
                waited_since_s = time.monotonic()
        self._held.add(key)
        try:
            yield
        finally:
            if key in self._held:
                self._held.discard(key)
                self._release(key)

    def _let_go_of(self, key: str, connection: sa.Connection) -> None:
        connection.execute(LET_GO, {"wanted": key, "holder": self._processes.id})

    def _release(self, key: str) -> None:
        try:
            with self._database.write() as connection:
                self._let_go_of(key, connection)
        except StorageError:
            # The row still says that this process has the claim: remember that it does not.
            with self._lock:
                self._let_go.add(key)

    def _claimed(self, key: str) -> bool:
        with self._lock:
            let_go = key in self._let_go
            self._let_go.discard(key)
        if let_go:
            self._release(key)
        try:
            with self._database.write() as connection:
                connection.execute(
                    CLAIM,
                    {"key": key, "process": self._processes.id, "made_at_s": time.time()},
                )
        except IntegrityError:  # somebody else has it
            return False
        return True

    def keep(
        self,
        utterance: Utterance,
        data: bytes,
        facts: Facts,
        *,
        owner: str,
        entry: LedgerEntry | None,
        was_paid: bool = False,
    ) -> Recording:
        """Store the file; then, in one commit, add the row, close its ledger entry, end the claim.

        entry: None if this cost nothing. was_paid: whether it was paid for at another time.
        """
        file = file_of(utterance.key, facts.format)
        self._files.put(file, data)
        recording = Recording(
            key=utterance.key,
            owner=owner,
            model=utterance.model,
            voice=utterance.voice,
            text=utterance.text,
            format=utterance.format,
            take=utterance.take,
            file=file,
            media_type=facts.media_type,
            size_bytes=len(data),
            length_s=facts.length_s,
            rate_hz=facts.rate_hz,
            peaks=facts.peaks,
            usd=_price(entry),
            usd_is_exact=entry is None or entry.usd is not None,
            reference=entry.reference if entry else None,
            made_at_s=time.time(),
        )
        with self._database.write() as connection:
            connection.execute(DROP, {"wanted": recording.key})
            connection.execute(ADD, asdict(recording))
            note(connection, file, paid=was_paid or entry is not None)
            if entry and entry.address and entry.address.startswith(INCOMING):
                note_kept_elsewhere(connection, entry.address)
            if entry:
                connection.execute(
                    KEPT,
                    {
                        "entry_id": entry.id,
                        "state": "kept",
                        "address": None,  # not needed any more, and a signed one is a secret
                        "changed_at_s": recording.made_at_s,
                    },
                )
            self._let_go_of(recording.key, connection)
        self._held.discard(recording.key)
        return recording

    def files(self) -> set[str]:
        with self._database.read() as connection:
            return set(connection.scalars(sa.select(recordings.c.file)))

    def drop(self, key: str) -> None:
        """Delete the row of a recording whose file is gone, so that it can be made again."""
        with self._database.write() as connection:
            connection.execute(DROP, {"wanted": key})


def file_of(key: str, format: str) -> str:
    """The name of the file in which an utterance's sound is stored."""
    return f"{key}.{format}"


def _price(entry: LedgerEntry | None) -> Decimal | None:
    if entry is None:
        return Decimal(0)
    return entry.estimate_usd if entry.usd is None else entry.usd
