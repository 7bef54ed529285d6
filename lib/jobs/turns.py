"""Schedule the work of all jobs: single clips before long ones, and fair turns for everybody."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from lib.jobs.job import Job
from lib.speech import Utterance

OFFLINE_AT_ONCE = 2  # the offline voice uses the processor itself

Stage = Literal["preparing", "waiting", "calling"]


@dataclass(eq=False, kw_only=True)
class Turn:
    """Work for one thread: an utterance to record, or None to join the recordings of the job.

    A paid call is prepared in advance and then waits, so that a free place is used at once.
    decided: set when the call may begin or was called off.
    """

    job: Job
    utterance: Utterance | None
    stage: Stage = "preparing"
    decided: threading.Event = field(default_factory=threading.Event)


class Turns:
    """Decides what each thread does next; used under the manager's lock.

    limit: returns how many paid calls may be open at once now. The same number of single clips and
    of long ones is prepared besides, so that single clips never wait for long ones.
    """

    def __init__(self, limit: Callable[[], int]) -> None:
        self._limit = limit
        self._dealt: set[Turn] = set()
        self._preparing = _Rota()
        self._calling = _Rota()

    def next(self, jobs: Iterable[Job]) -> Turn | None:
        """The next work for a free thread; None if there is none now."""
        ready = [job for job in jobs if self._can_go(job)]
        if not ready:
            return None
        job = min(ready, key=self._preparing.rank)
        self._preparing.serve(job)
        job.running += 1
        utterance = job.next_up
        if utterance is None:
            job.join()
            return Turn(job=job, utterance=None)
        job.take_up(utterance)
        job.state = "recording"
        turn = Turn(job=job, utterance=utterance)
        self._dealt.add(turn)
        return turn

    def line_up(self, turn: Turn) -> None:
        """Queue a prepared turn: its call may begin if `decided` is set and stage is "calling"."""
        turn.stage = "waiting"
        self.let_go()

    def let_go(self) -> None:
        """Let as many queued calls begin as the limit allows."""
        while (waiting := self._at("waiting")) and len(self._at("calling")) < self._limit():
            turn = min(waiting, key=lambda turn: self._calling.rank(turn.job))
            self._calling.serve(turn.job)
            turn.stage = "calling"
            turn.decided.set()

    def give_back(self, turn: Turn) -> None:
        """Free the place of a turn whose call is over or did not happen."""
        self._dealt.discard(turn)
        self.let_go()

    def call_off(self, job: Job) -> None:
        """Prevent all calls of this job that have not begun, also those in preparation."""
        for turn in self._at("preparing", "waiting"):
            if turn.job is job:
                self._dealt.discard(turn)
                turn.decided.set()

    def forget(self, job: Job) -> None:
        self._preparing.forget(job)
        self._calling.forget(job)

    def _at(self, *stages: Stage) -> list[Turn]:
        return [t for t in self._dealt if t.stage in stages and not t.job.engine.free]

    def _can_go(self, job: Job) -> bool:
        if not job.pending:
            return job.can_be_joined
        if not job.goes or not job.next_up:
            return False
        if job.engine.free:
            return sum(turn.job.engine.free for turn in self._dealt) < OFFLINE_AT_ONCE
        ahead = sum(t.job.single == job.single for t in self._at("preparing", "waiting"))
        calling, limit = len(self._at("calling")), self._limit()
        # Work that can be called at once is prepared first, and alone.
        return ahead < limit if calling >= limit else ahead < limit - calling


class _Rota:
    """Remembers who was served the longest ago, by browser and then by job."""

    def __init__(self) -> None:
        self._turn = 0
        self._served: dict[object, int] = {}

    def rank(self, job: Job) -> tuple[bool, int, int]:
        """The sort key of a job; the lowest is served first."""
        browser = self._served.get(job.clip.browser, 0)
        return not job.single, browser, self._served.get(job.line_up_as, 0)

    def serve(self, job: Job) -> None:
        self._turn += 1
        self._served[job.clip.browser] = self._served[job.line_up_as] = self._turn

    def forget(self, job: Job) -> None:
        self._served.pop(job.line_up_as, None)
