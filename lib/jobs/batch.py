"""Many clips at one click: fed to the manager a few at a time, paused, resumed, cancelled."""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from lib.errors import SpeechError
from lib.jobs.job import Job
from lib.library.clip import Clip, Part
from lib.speech import Engine, Utterance

FAULTS_IN_A_ROW = 5
REST_S, REST_MAX_S = 30.0, 300.0

State = Literal["running", "paused", "cancelled", "done"]
Item = tuple[Clip, Sequence[Part]]


@dataclass(eq=False, kw_only=True)
class Batch:
    """The clips of one script that are being made. Changed only under the manager's lock.

    engine: makes one for each clip by its model, since cancelling a clip stops its engine.
    estimates_usd: by key. known: keys that are recorded already.
    done, failed: of `total` clips. why: what paused it, None if a person did.
    After FAULTS_IN_A_ROW failures of the service it rests for `rest_s`, until `rests_until_s` on
    the monotonic clock, then tries one clip, its probe, and goes on or rests for twice as long.
    told_as: how it was when those who watch it were told last.
    """

    id: int
    browser: str
    engine: Callable[[str], Engine]
    estimates_usd: Mapping[str, Decimal | None]
    known: set[str]
    waiting: deque[Item] = field(default_factory=deque)
    active: dict[int, Job] = field(default_factory=dict)
    total: int = 0
    done: int = 0
    failed: int = 0
    state: State = "running"
    why: SpeechError | None = None
    rests_until_s: float | None = None
    started_at_s: float = field(default_factory=time.monotonic)
    rest_s: float = REST_S
    told_as: object = None
    _resting_s: float = 0.0
    _probe: Job | None = None
    _faulty: list[Job] = field(default_factory=list)
    _called_before: set[Job] = field(default_factory=set)  # of what was going on at the last go_on

    @property
    def clip_ids(self) -> list[int]:
        """Of the clips that are still to be made."""
        return [*self.active, *(clip.id for clip, _ in self.waiting)]

    @property
    def left(self) -> list[Utterance]:
        """What may still be bought for it, each once."""
        said = [part.utterance for _, parts in list(self.waiting) for part in parts]
        said += [each for job in list(self.active.values()) for each in list(job.pending)]
        return list({each.key: each for each in said if each.key not in self.known}.values())

    @property
    def is_settling(self) -> bool:
        """Whether it is paused, and what was on its way then is still coming in."""
        jobs = list(self.active.values())
        return self.state == "paused" and any(job.running or not job.pending for job in jobs)

    @property
    def left_s(self) -> float | None:
        """Seconds left, judged by the pace so far; None before there is one."""
        ended = self.done + self.failed
        if not self.done or self.state != "running" or self.rests_until_s is not None:
            return None
        return (time.monotonic() - self.started_at_s) / ended * (self.total - ended)

    def add(self, items: Sequence[Item]) -> None:
        self.waiting.extend(items)
        self.total += len(items)

    def join(self, more: "Batch") -> None:
        """Take over the clips of another that was begun for the same script."""
        self.known |= more.known
        self.estimates_usd = {**self.estimates_usd, **more.estimates_usd}
        self.add(list(more.waiting))
        self.go_on(more.engine)

    def go_on(self, engine: Callable[[str], Engine]) -> None:
        """Raises what `engine` does for a model that is still to speak; nothing is changed then."""
        for model in {clip.model for clip, _ in self.waiting}:
            engine(model)
        renewed = {job: engine(job.clip.model) for job in self.active.values()}
        for job, its_engine in renewed.items():
            job.engine = its_engine
        self.engine = engine
        self._called_before = {job for job in renewed if job.running}
        self.state, self.why = "running", None
        self._service_works()

    def cancel(self) -> None:
        self.state = "cancelled"
        self.waiting.clear()
        for job in self.active.values():
            job.cancel()
        self.active.clear()

    def next(self, most_active: int) -> Job | None:
        """One more job, if this is the time and there is room for it.

        Raises what `engine` does; nothing is changed then.
        """
        if self.state != "running" or not self.waiting or len(self.active) >= most_active:
            return None
        clip, parts = self.waiting[0]
        engine = self.engine(clip.model)
        self.waiting.popleft()  # only now: it may have no engine
        job = Job.of(
            clip,
            engine,
            parts,
            self.known,
            estimates_usd=self.estimates_usd,
            batch=self,
        )
        self.active[clip.id] = job
        return job

    def goes(self, job: Job) -> bool:
        """Whether this one of its jobs may go on now."""
        if self.state != "running":
            return False
        if self.rests_until_s is None or job is self._probe:
            return True
        if self._probe is None and time.monotonic() >= self.rests_until_s:
            self._probe = job
            return True
        return False

    def made(self, job: Job) -> None:
        self.active.pop(job.clip.id, None)
        self.done += 1
        self._service_works()
        self._end()

    def not_made(self, job: Job, error: SpeechError) -> list[Job]:
        """Count the failure; returns those that are to be tried again later, this one or more."""
        self.active.pop(job.clip.id, None)
        self.failed += 1
        again: list[Job] = []
        if error.stops_job:
            # A call of before the last go_on says nothing of the key of now.
            if self.state == "running" and job not in self._called_before:
                self.state, self.why = "paused", error
        elif not error.service_fault:
            self._service_works()
        else:
            self._faulty.append(job)
            if len(self._faulty) >= FAULTS_IN_A_ROW or self.rests_until_s is not None:
                again = self._rest(job)
        self._end()
        return again

    def _rest(self, last: Job) -> list[Job]:
        """What was not charged is put back: the service failed, and not the words."""
        if last is self._probe:
            self._resting_s = min(2 * self._resting_s, REST_MAX_S)
            self._probe = None
        elif self.rests_until_s is None:
            self._resting_s = self.rest_s
        if self._probe is None:
            self.rests_until_s = time.monotonic() + self._resting_s
        again = [job for job in self._faulty if job.error and job.error.charged is False]
        self._faulty.clear()
        self.failed -= len(again)
        self.waiting.extendleft((job.clip, job.parts) for job in reversed(again))
        return again

    def _service_works(self) -> None:
        self._faulty.clear()
        self.rests_until_s = self._probe = None

    def _end(self) -> None:
        if not self.active and not self.waiting and self.state in ("running", "paused"):
            self.state = "done"
