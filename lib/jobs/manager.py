"""The job manager, of which each process has one."""

import logging
import time
from collections.abc import Callable, Sequence, Set
from decimal import Decimal

from lib.engines import Engines
from lib.errors import StorageError
from lib.events import Events
from lib.jobs.batch import Batch
from lib.jobs.crew import Crew
from lib.jobs.job import Job
from lib.jobs.telling import Telling
from lib.jobs.upkeep import Upkeep
from lib.library import Library
from lib.library.clip import Clip, Kind, Part
from lib.speech import Engine

log = logging.getLogger("soundcheck.jobs")

DOUBLE_CLICK_S = 2.0


class Jobs:
    """Makes clips in daemon threads. All methods except `stop` return at once.

    most: the highest number of paid calls at once; the engines' pace is the current limit.
    events: is told of every change.
    """

    def __init__(
        self, library: Library, engines: Engines, *, most: int, events: Events | None = None
    ) -> None:
        self._library = library
        self._telling = Telling(events or Events())
        self._crew = Crew(
            library, limit=lambda: engines.pace.limit, most=most, telling=self._telling
        )
        self._upkeep = Upkeep(library, engines, self._crew, self.submit)

    def submit(
        self,
        clip: Clip,
        engine: Engine,
        *,
        estimates_usd: dict[str, Decimal | None] | None = None,
        may_spend: bool = True,
        parts: Sequence[Part] | None = None,
        known: Set[str] | None = None,
    ) -> Job:
        """Start a job that makes a stored clip, or makes it again.

        If a job makes it already, that job is returned: the button was pressed twice.
        parts, known: the clip's parts and the recorded keys, if the caller has read them already.
        """
        if (job := self.get(clip.id)) and job.active:
            return job
        if parts is None:
            parts = self._library.clips.parts(clip)
        if known is None:
            known = self._library.recordings.known([part.utterance.key for part in parts])
        job = Job.of(
            clip, engine, parts, known, may_spend=may_spend, estimates_usd=estimates_usd or {}
        )
        if clip.state != "making":  # a new clip has this state
            self._library.clips.move(clip.id, "making")
        with self._crew.changed:
            if (other := self._crew.jobs.get(clip.id)) and other.active:
                return other  # another thread was faster
            self._crew.states.unsay(clip.id)
            self._crew.jobs[clip.id] = job
            self._crew.deal()
            self._telling.job(job)
        return job

    def run(self, batch: Batch) -> None:
        """Make the clips of a batch; they are added to a running batch of the same id."""
        with self._crew.changed:
            running = self._crew.batches.get(batch.id)
            if running and running.state in ("running", "paused"):
                running.join(batch)
            else:
                self._crew.batches[batch.id] = batch
            self._crew.deal()
            self._telling.batch(running or batch)

    def batch(self, batch_id: int) -> Batch | None:
        with self._crew.changed:
            return self._crew.batches.get(batch_id)

    def pause(self, batch_id: int) -> None:
        """Begin no more calls of a batch; calls that were sent are finished and stored."""
        with self._crew.changed:
            if (batch := self._crew.batches.get(batch_id)) and batch.state == "running":
                batch.state, batch.why = "paused", None
                self._crew.call_off(*batch.active.values())
                self._telling.batch(batch)

    def go_on(self, batch_id: int, engine: Callable[[str], Engine]) -> None:
        """Resume a batch. engine: returns an engine for a model, with the current key.

        Raises KeyMissingError if a model needs a key and there is none.
        """
        with self._crew.changed:
            if (batch := self._crew.batches.get(batch_id)) and batch.state == "paused":
                batch.go_on(engine)
                self._crew.deal()
                self._telling.batch(batch)

    def cancel_batch(self, batch_id: int) -> None:
        """End a batch: buy nothing more of it."""
        with self._crew.changed:
            batch = self._crew.batches.get(batch_id)
            if batch is None or batch.state not in ("running", "paused"):
                return
            clip_ids = batch.clip_ids
            self._crew.call_off(*batch.active.values())
            batch.cancel()  # last: the batch then forgets its jobs
        self._library.clips.move_all(clip_ids, "cancelled")
        with self._crew.changed:
            batch.told_as = None  # a thread may have told it before the library knew
            self._telling.batch(batch)

    def get(self, clip_id: int) -> Job | None:
        with self._crew.changed:
            return self._crew.jobs.get(clip_id)

    def of(self, browser: str) -> list[Job]:
        """The active jobs of this browser, the oldest first."""
        with self._crew.changed:
            return [j for j in self._crew.jobs.values() if j.clip.browser == browser and j.active]

    def twin(self, browser: str, fingerprint: str, take: int, kind: Kind = "clip") -> Job | None:
        """A job for the same clip that began a moment ago, as after a double click."""
        asked = (browser, fingerprint, take, kind)
        with self._crew.changed:
            for job in self._crew.jobs.values():
                clip = job.clip
                same = (clip.browser, clip.fingerprint, clip.take, clip.kind) == asked
                if same and (job.active or (job.state == "ready" and job.age_s < DOUBLE_CLICK_S)):
                    return job
        return None

    def cancel(self, clip_id: int) -> None:
        with self._crew.changed:
            job = self._crew.jobs.get(clip_id)
            if job is not None:
                job.cancel()
                self._crew.call_off(job)
        if job is None or job.state == "cancelled":
            self._crew.states.say(clip_id, "cancelled")
        if job:
            with self._crew.changed:
                job.told_as = None  # a thread may have told it before the library knew
                self._telling.job(job)

    def recover(self) -> None:
        """Take over the work of dead servers; this also happens at start and then regularly."""
        self._upkeep.recover()

    def stop(self, wait_s: float) -> None:
        """Accept no more work, wait for open calls, interrupt the other jobs, end the threads.

        Returns after `wait_s` at the latest; a thread with an open call then ends after the call.
        """
        until_s = time.monotonic() + wait_s
        self._upkeep.end()
        with self._crew.changed:
            self._crew.stopping = True
            active = [job for job in self._crew.jobs.values() if job.active]
            self._crew.call_off(*active)
            self._crew.changed.wait_for(lambda: not any(job.running for job in active), wait_s)
            left = [job.clip.id for job in active if job.active]
            left += [clip_id for batch in self._crew.batches.values() for clip_id in batch.clip_ids]
        self._upkeep.join(until_s)
        self._crew.end(until_s)
        try:
            self._crew.states.catch_up()
            self._library.clips.move_all(left, "interrupted")
        except StorageError as error:
            log.error("not written down at the end: %s", error)
