"""Whose turn it is: single clips ahead of long ones, and everybody in fair turns."""

from collections.abc import Callable, Iterable

from lib.jobs.job import Job
from lib.speech import Utterance

OFFLINE_AT_ONCE = 2  # the offline voice uses the processor itself


class Turns:
    """Deals out work; used under the manager's lock.

    limit: how many paid calls may be open at once, asked anew for every turn.
    """

    def __init__(self, limit: Callable[[], int]) -> None:
        self._limit = limit
        self._calling = 0
        self._speaking = 0
        self._turn = 0
        self._served: dict[object, int] = {}  # by browser and by job: its last turn

    def next(self, jobs: Iterable[Job]) -> tuple[Job, Utterance | None] | None:
        """A job and what to record for it, or None to join it; None when nothing can go on."""
        ready = [job for job in jobs if self._can_go(job)]
        if not ready:
            return None
        job = min(ready, key=self._rank)
        self._turn += 1
        self._served[job.clip.browser] = self._served[job.clip.id] = self._turn
        job.running += 1
        if not job.pending:
            job.state = "joining"
            return job, None
        job.state = "recording"
        self._count(job, 1)
        return job, job.pending.popleft()

    def give_back(self, job: Job) -> None:
        """The call is over, whatever is still to be done with its sound."""
        self._count(job, -1)

    def forget(self, job: Job) -> None:
        self._served.pop(job.clip.id, None)

    def _count(self, job: Job, change: int) -> None:
        if job.engine.free:
            self._speaking += change
        else:
            self._calling += change

    def _rank(self, job: Job) -> tuple[bool, int, int]:
        browser, clip = self._served.get(job.clip.browser, 0), self._served.get(job.clip.id, 0)
        return job.total > 1, browser, clip

    def _can_go(self, job: Job) -> bool:
        if job.state not in ("waiting", "recording") or job.error is not None:
            return False
        if not job.pending:
            return job.running == 0
        if job.engine.free:
            return self._speaking < OFFLINE_AT_ONCE
        return self._calling < self._limit()
