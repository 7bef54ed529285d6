"""Charges of failed clips: which are open, and what the service's records say about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lib import money
from lib.aimlapi import AimlApi
from lib.engines import Engines
from lib.library import Library
from lib.library.clip import Clip
from lib.library.entry import LedgerEntry
from lib.library.problem import Problem
from lib.orders.visitor import Visitor

RECORDS_LATE_S = 120.0  # the service's records may come later than its answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The result of a check in the service's records: numbers of a clip's unclear charges.

    charged: these were charged, and their sound is lost. usd: the first of them, None if unknown.
    free: these were not charged. late: these are not in the records yet, and may still come.
    """

    charged: int = 0
    usd: Decimal | None = None
    free: int = 0
    late: int = 0


class Charges:
    """The open charges of clips, found by the words of the clip."""

    def __init__(self, library: Library, engines: Engines) -> None:
        self._library = library
        self._engines = engines

    def spent(self, *clip_ids: int) -> tuple[Decimal | None, bool]:
        """(dollars that these clips have cost, whether all figures are from the service).

        The dollars are None if the price of a paid part is not known.
        """
        return self._library.ledger.spent(*clip_ids)

    def unclear(self, clip: Clip) -> list[str]:
        """The ids of charges for this clip's words that may or may not have been made.

        They may belong to another clip with the same words.
        """
        return [entry.id for entry in self._unclear(clip)]

    def lost(self, clip: Clip) -> list[str]:
        """The same as `unclear`, with the ids of paid charges whose sound is missing."""
        owed = _for_words_of(clip, self._library.ledger.owed(), self._library)
        return [*(entry.id for entry in owed), *self.unclear(clip)]

    def check(self, clip: Clip, *, visitor: Visitor) -> Checked:
        """Look the unclear charges up in the service's records, for free, and store the result.

        A clip whose charges were all not made counts as one that cost nothing.
        Raises SpeechError if the records cannot be read.
        """
        client = self._engines.client(visitor.key)
        found = _look_up(self._unclear(clip), self._library, client)
        now = self._library.clips.get(clip.id)
        if now is None or now.state != "failed":
            return found  # it was tried again meanwhile
        problem = now.problem or Problem()
        if found.charged:
            self._library.clips.move(clip.id, "failed", problem.with_charge(_words(found.usd)))
        elif not self._unclear(clip):
            self._library.clips.move(clip.id, "failed", problem.without_charge())
        return found

    def dismiss(self, clip: Clip) -> None:
        """Delete a failed clip: a person has decided about its unclear charges."""
        self._library.ledger.settle(self.unclear(clip))
        self._library.clips.delete([clip.id])

    def _unclear(self, clip: Clip) -> list[LedgerEntry]:
        return _for_words_of(clip, self._library.ledger.unclear(), self._library)


def _look_up(entries: Sequence[LedgerEntry], library: Library, client: AimlApi) -> Checked:
    made: list[Decimal | None] = []
    free = late = 0
    for entry in entries:
        found = client.logs(entry.id)
        if found is not None and found.charge.usd != 0:
            library.ledger.charged_without_sound(entry.id, found.charge, found.reference)
            made.append(found.charge.usd)
        elif found is None and library.ledger.quiet_s(entry) < RECORDS_LATE_S:
            late += 1
        else:  # not in the records, or as a failed call, which is not charged
            library.ledger.never_charged(entry.id)
            free += 1
    return Checked(charged=len(made), usd=made[0] if made else None, free=free, late=late)


def _words(usd: Decimal | None) -> str:
    cost = "a charge" if usd is None else money.price_after(usd, exact=True)
    return f"The service's records show {cost}, and the sound is lost."


def _for_words_of(
    clip: Clip, entries: Sequence[LedgerEntry], library: Library
) -> list[LedgerEntry]:
    if not entries:
        return []
    said = {part.utterance.key for part in library.clips.parts(clip)}
    return [entry for entry in entries if entry.key in said]
