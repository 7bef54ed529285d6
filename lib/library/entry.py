"""One row of the ledger: an intended charge and its outcome."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.library.outcome import aside
from lib.speech import Utterance

State = Literal["reserved", "sent", "paid", "kept", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One ledger row. usd: its cost; None if it is not known (yet)."""

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
    def came_with_sound(self) -> bool:
        """Whether the answer contained the sound, so that it cannot be fetched again."""
        return self.address == aside(self.id)

    @property
    def utterance(self) -> Utterance:
        return Utterance(
            model=self.model,
            voice=self.voice,
            text=self.text,
            format="wav" if self.format == "wav" else "mp3",
            take=self.take,
        )
