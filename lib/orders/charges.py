"""Charges of clips that were not made: which are open, and what the service's records say."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib import money
from lib.aimlapi import AimlApi
from lib.engines import Engines
from lib.library import Library
from lib.library.clip import Clip
from lib.library.entry import Entry
from lib.library.problem import Problem
from lib.orders.visitor import Visitor

RECORDS_LATE_S = 120.0  # the service's records may lag behind its answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the service's records say of a clip's unclear charges: how many are of each kind.

    charged: were made, and their sound is lost. usd: of the first of these, None if not known.
    free: were never made. late: are not in the records yet, and may still turn up there.
    """

    charged: int = 0
    usd: Decimal | None = None
    free: int = 0
    late: int = 0


class Charges:
    """Open charges, by the clips whose words they are for."""

    def __init__(self, library: Library, engines: Engines) -> None:
        self._library = library
        self._engines = engines

    def spent(self, *clip_ids: int) -> tuple[Decimal | None, bool]:
        """Dollars these clips have cost so far, and whether each figure in it is the service's.

        None where a part was paid for at a price that nobody knows.
        """
        return self._library.ledger.spent(*clip_ids)

    def unclear(self, clip: Clip) -> list[str]:
        """The ids of charges for this clip's words of which nobody knows whether they were made.

        Perhaps they were for another clip with the same words.
        """
        return [entry.id for entry in self._unclear(clip)]

    def lost(self, clip: Clip) -> list[str]:
        """As `unclear`, and of charges that are paid for and whose sound has not come."""
        owed = _for_words_of(clip, self._library.ledger.owed(), self._library)
        return [*(entry.id for entry in owed), *self.unclear(clip)]

    def check(self, clip: Clip, *, visitor: Visitor) -> Checked:
        """Ask the service's records, at no cost, and write down what is certain now.

        A clip whose charges are all cleared up counts as one that cost nothing.
        Raises SpeechError where the records cannot be asked.
        """
        client = self._engines.client(visitor.key)
        found = _look_up(self._unclear(clip), self._library, client)
        now = self._library.clips.get(clip.id)
        if now is None or now.state != "failed":
            return found  # somebody has tried it again meanwhile
        problem = now.problem or Problem()
        if found.charged:
            self._library.clips.move(clip.id, "failed", problem.with_charge(_words(found.usd)))
        elif not self._unclear(clip):
            self._library.clips.move(clip.id, "failed", problem.without_charge())
        return found

    def dismiss(self, clip: Clip) -> None:
        """Put away a clip that was not made: a person has decided about its unclear charges."""
        self._library.ledger.settle(self.unclear(clip))
        self._library.clips.delete([clip.id])

    def _unclear(self, clip: Clip) -> list[Entry]:
        return _for_words_of(clip, self._library.ledger.unclear(), self._library)


def _look_up(entries: Sequence[Entry], library: Library, client: AimlApi) -> Checked:
    made: list[Decimal | None] = []
    free = late = 0
    for entry in entries:
        found = client.logs(entry.id)
        if found is not None and found.charge.usd != 0:
            library.ledger.charged_without_sound(entry.id, found.charge, found.reference)
            made.append(found.charge.usd)
        elif found is None and library.ledger.quiet_s(entry) < RECORDS_LATE_S:
            late += 1
        else:  # it is not there, or it is there as a call that failed and so was not charged
            library.ledger.never_charged(entry.id)
            free += 1
    return Checked(charged=len(made), usd=made[0] if made else None, free=free, late=late)


def _words(usd: Decimal | None) -> str:
    cost = "a charge" if usd is None else money.price_after(usd, exact=True)
    return f"The service's records show {cost}, and the sound is lost."


def _for_words_of(clip: Clip, entries: Sequence[Entry], library: Library) -> list[Entry]:
    if not entries:
        return []
    said = {part.utterance.key for part in library.clips.parts(clip)}
    return [entry for entry in entries if entry.key in said]
