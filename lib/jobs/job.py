"""One clip in the making, and how far it is."""

import time
from collections import deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from lib.errors import SpeechError, SpendingError
from lib.library.clip import Clip, Part, State
from lib.speech import Engine, Utterance

if TYPE_CHECKING:
    from lib.jobs.batch import Batch


HELD_S = 0.4


@dataclass(eq=False, kw_only=True)
class Job:
    """`done` of `total` utterances are recorded, the reused ones included; then it is joined.

    state: "waiting", "recording", "joining", then as the clip's. error: why it was not made.
    pending: what nobody has taken up yet. running: how many threads work for it now.
    held: keys that somebody else is recording, and when to look again, on the monotonic clock.
    spent_usd: what it has bought since it began, None where a price is not known.
    told_as: how it was when those who watch it were told last.
    Changed only under the manager's lock.
    """

    clip: Clip
    engine: Engine
    parts: Sequence[Part]
    pending: deque[Utterance]
    total: int
    reused: int
    may_spend: bool = True
    estimates_usd: Mapping[str, Decimal | None] = field(default_factory=dict)
    batch: "Batch | None" = None
    done: int = 0
    joined: int = 0
    running: int = 0
    held: dict[str, float] = field(default_factory=dict)
    spent_usd: Decimal | None = Decimal(0)
    told_as: object = None
    state: str = "waiting"
    error: SpeechError | None = None
    started_at_s: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.done = self.reused

    @classmethod
    def of(
        cls, clip: Clip, engine: Engine, parts: Sequence[Part], known: Set[str], **more: Any
    ) -> Self:
        """known: the keys that are recorded already. more: other fields."""
        said = {part.utterance.key: part.utterance for part in parts}
        return cls(
            clip=clip,
            engine=engine,
            parts=parts,
            pending=deque(utterance for key, utterance in said.items() if key not in known),
            total=len(said),
            reused=len(known & said.keys()),
            **more,
        )

    @property
    def single(self) -> bool:
        """One line by itself: somebody waits for it."""
        return self.total == 1 and self.batch is None

    @property
    def next_up(self) -> Utterance | None:
        """The first pending one that nobody else is recording, as far as is known."""
        now_s = time.monotonic()
        return next((u for u in self.pending if self.held.get(u.key, 0.0) <= now_s), None)

    def take_up(self, utterance: Utterance) -> None:
        self.pending.remove(utterance)
        self.held.pop(utterance.key, None)

    def put_off(self, utterance: Utterance) -> None:
        """Look at it again in a while."""
        self.pending.appendleft(utterance)
        self.held[utterance.key] = time.monotonic() + HELD_S

    def spend(self, usd: Decimal | None) -> None:
        self.spent_usd = None if self.spent_usd is None or usd is None else self.spent_usd + usd

    @property
    def line_up_as(self) -> tuple[str, int]:
        """Jobs of one batch take turns as one."""
        return ("batch", self.batch.id) if self.batch else ("clip", self.clip.id)

    @property
    def goes(self) -> bool:
        """Whether something may be bought for it now."""
        return self._is_open and (self.batch is None or self.batch.goes(self))

    @property
    def can_be_joined(self) -> bool:
        """Whether all of it is here; a pause is no reason to wait, since nothing is sent."""
        if not self._is_open or self.pending or self.running:
            return False
        return self.batch is None or self.batch.state == "paused" or self.batch.goes(self)

    @property
    def _is_open(self) -> bool:
        return self.state in ("waiting", "recording") and self.error is None

    @property
    def active(self) -> bool:
        return self.state in ("waiting", "recording", "joining")

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.started_at_s

    @property
    def left_s(self) -> float | None:
        """Seconds left, judged by the pace so far; None before there is one."""
        made = self.done - self.reused
        if self.state != "recording" or not made:
            return None
        return self.age_s / made * (self.total - self.done)

    def cancel(self) -> None:
        """Buy nothing more. What is under way is finished and kept."""
        self.pending.clear()
        self.engine.stop()
        if self.active:
            self.state = "cancelled"


def end_of(error: SpeechError) -> State:
    return "interrupted" if isinstance(error, SpendingError) else "failed"
