"""One clip in the making, and how far it is."""

import time
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

from lib.errors import SpeechError, SpendingError
from lib.library.clip import Clip, State
from lib.speech import Engine, Utterance


@dataclass(eq=False, kw_only=True)
class Job:
    """`done` of `total` utterances are recorded, the reused ones included; then it is joined.

    state: "waiting", "recording", "joining", then as the clip's. error: why it was not made.
    pending: what nobody has taken up yet. running: how many threads work for it now.
    Changed only under the manager's lock.
    """

    clip: Clip
    engine: Engine
    pending: deque[Utterance]
    total: int
    reused: int
    may_spend: bool = True
    estimates_usd: dict[str, Decimal | None] = field(default_factory=dict)
    done: int = 0
    joined: int = 0
    running: int = 0
    state: str = "waiting"
    error: SpeechError | None = None
    started_at_s: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.done = self.reused

    @property
    def single(self) -> bool:
        """One line only: somebody waits for it."""
        return self.total == 1

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


def problem(error: SpeechError) -> dict[str, object]:
    """An error as the library keeps it, so that its card survives a restart."""
    return {
        "kind": type(error).__name__,
        "message": str(error),
        "hint": error.hint,
        "reference": error.reference,
        "said": error.said,
        "charged": error.charged,
    }
