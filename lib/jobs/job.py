"""A job: one clip that is being made, and its progress."""

import time
from collections import deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, Self

from lib.errors import SpeechError, SpendingError
from lib.library.clip import Clip, Part, State
from lib.speech import Engine, Utterance

HELD_S = 0.4


@dataclass(eq=False, kw_only=True)
class Job:
    """`done` of `total` utterances are recorded, with reused ones; then the clip is joined.

    state: "waiting", "recording", "joining", then the clip's state. error: why it was not made.
    pending: utterances that no thread has taken yet. running: number of threads that work for it.
    held: keys that another job records, and when to check again, on the monotonic clock.
    delayed: number of its calls that wait because the service is busy.
    spent_usd: cost since it began; None if a price is not known.
    told_as, row_told_as: its state when its watchers were told last.
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
    batch: "Group | None" = None
    done: int = 0
    joined: int = 0
    running: int = 0
    delayed: int = 0
    held: dict[str, float] = field(default_factory=dict)
    spent_usd: Decimal | None = Decimal(0)
    told_as: object = None
    row_told_as: object = None
    state: str = "waiting"
    error: SpeechError | None = None
    started_at_s: float = field(default_factory=time.monotonic)
    joining_at_s: float = 0.0

    def __post_init__(self) -> None:
        self.done = self.reused

    @classmethod
    def of(
        cls, clip: Clip, engine: Engine, parts: Sequence[Part], known: Set[str], **more: Any
    ) -> Self:
        """A new job. known: the keys that are recorded already. more: other fields."""
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
        """Whether it is a single short clip, for which somebody waits."""
        return self.total == 1 and self.batch is None

    @property
    def next_up(self) -> Utterance | None:
        """The first pending utterance that no other job is known to record."""
        now_s = time.monotonic()
        return next((u for u in self.pending if self.held.get(u.key, 0.0) <= now_s), None)

    def take_up(self, utterance: Utterance) -> None:
        self.pending.remove(utterance)
        self.held.pop(utterance.key, None)

    def put_off(self, utterance: Utterance) -> None:
        """Check the utterance again later."""
        self.pending.appendleft(utterance)
        self.held[utterance.key] = time.monotonic() + HELD_S

    def join(self) -> None:
        self.state, self.joined, self.joining_at_s = "joining", 0, time.monotonic()

    def spend(self, usd: Decimal | None) -> None:
        self.spent_usd = None if self.spent_usd is None or usd is None else self.spent_usd + usd

    @property
    def line_up_as(self) -> tuple[str, int]:
        """The key for fair turns: all jobs of a batch share one."""
        return ("batch", self.batch.id) if self.batch else ("clip", self.clip.id)

    @property
    def goes(self) -> bool:
        """Whether utterances may be bought for it now."""
        return self._is_open and (self.batch is None or self.batch.goes(self))

    @property
    def can_be_joined(self) -> bool:
        """Whether all is recorded. A pause does not prevent joining, which sends nothing."""
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
        """An estimate of the seconds left, from the pace so far; None if nothing is done yet."""
        if self.state == "joining" and self.joined:
            joining_s = time.monotonic() - self.joining_at_s
            return joining_s / self.joined * (self.total - self.joined)
        made = self.done - self.reused
        if self.state != "recording" or not made:
            return None
        return self.age_s / made * (self.total - self.done)

    def cancel(self) -> None:
        """Buy nothing more. Calls that were sent are finished and their sound is stored."""
        self.pending.clear()
        self.engine.stop()
        if self.active:
            self.state = "cancelled"


class Group(Protocol):
    """The batch of a job, as far as the job and those who work on it know it.

    Attributes and methods are as in `Batch`.
    """

    id: int
    total: int
    done: int
    failed: int
    active: dict[int, Job]
    rests_until_s: float | None
    told_as: object

    @property
    def state(self) -> str: ...
    @property
    def is_settling(self) -> bool: ...
    @property
    def left_s(self) -> float | None: ...
    def goes(self, job: Job) -> bool: ...
    def made(self, job: Job) -> None: ...
    def not_made(self, job: Job, error: SpeechError) -> list[Job]: ...


def end_of(error: SpeechError) -> State:
    return "interrupted" if isinstance(error, SpendingError) else "failed"
