"""Many clips of one script: given to the manager a few at a time, paused, resumed, cancelled."""

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
ToMake = tuple[Clip, Sequence[Part]]


@dataclass(eq=False, kw_only=True)
class Batch:
    """The clips of one script that are being made. Changed only under the manager's lock.

    engine: returns a new engine for a model, one for each clip: cancelling a clip stops its engine.
    estimates_usd: by key. known: keys that are recorded already.
    done, failed: numbers of clips, of `total`. why: the error that paused it; None if a person did.
    After FAULTS_IN_A_ROW failures of the service it rests for `rest_s`, until `rests_until_s` on
    the monotonic clock. Then it tries one clip, the probe, and continues or rests twice as long.
    told_as: its state when its watchers were told last.
    """

    id: int
    browser: str
    engine: Callable[[str], Engine]
    estimates_usd: Mapping[str, Decimal | None]
    known: set[str]
    waiting: deque[ToMake] = field(default_factory=deque)
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
    _called_before: set[Job] = field(default_factory=set)  # jobs in work at the last go_on

    @property
    def clip_ids(self) -> list[int]:
        """The ids of the clips that are not made yet."""
        return [*self.active, *(clip.id for clip, _ in self.waiting)]

    @property
    def left(self) -> list[Utterance]:
        """The utterances that may still be bought, each once."""
        said = [part.utterance for _, parts in list(self.waiting) for part in parts]
        said += [each for job in list(self.active.values()) for each in list(job.pending)]
        return list({each.key: each for each in said if each.key not in self.known}.values())

    @property
    def is_settling(self) -> bool:
        """Whether it is paused while calls that were sent before are still open."""
        jobs = list(self.active.values())
        return self.state == "paused" and any(job.running or not job.pending for job in jobs)

    @property
    def left_s(self) -> float | None:
        """An estimate of the seconds left, from the pace so far; None if nothing is done yet."""
        ended = self.done + self.failed
        if not self.done or self.state != "running" or self.rests_until_s is not None:
            return None
        return (time.monotonic() - self.started_at_s) / ended * (self.total - ended)

    def add(self, items: Sequence[ToMake]) -> None:
        self.waiting.extend(items)
        self.total += len(items)

    def join(self, more: "Batch") -> None:
        """Add the clips of another batch for the same script."""
        self.known |= more.known
        self.estimates_usd = {**self.estimates_usd, **more.estimates_usd}
        self.add(list(more.waiting))
        self.go_on(more.engine)

    def go_on(self, engine: Callable[[str], Engine]) -> None:
        """Resume. Raises the errors of `engine` for a needed model; then nothing is changed."""
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
        """The next job, if the batch may begin one now; else None.

        Raises the errors of `engine`; then nothing is changed.
        """
        if self.state != "running" or not self.waiting or len(self.active) >= most_active:
            return None
        clip, parts = self.waiting[0]
        engine = self.engine(clip.model)
        self.waiting.popleft()  # not earlier: the engine may raise
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
        """Whether this job of the batch may continue now."""
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
        """Count the failure; returns the jobs that shall be tried again later."""
        self.active.pop(job.clip.id, None)
        self.failed += 1
        again: list[Job] = []
        if error.stops_job:
            # A call from before the last go_on may have used another key.
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
        """Put jobs that were not charged back: the service failed, not their text."""
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
