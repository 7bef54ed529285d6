"""The one job manager of a process: what the screens ask of it."""

import logging
import threading
import time
from collections.abc import Callable, Sequence, Set
from decimal import Decimal

from lib import studio
from lib.engines import OFFLINE, Engines
from lib.errors import SpeechError, StorageError
from lib.jobs.batch import Batch
from lib.jobs.crew import Crew
from lib.jobs.job import Job
from lib.library import Left, Library
from lib.library.clip import Clip, Kind, Part
from lib.library.processes import BEAT_S
from lib.speech import Engine

log = logging.getLogger("soundcheck.jobs")

DOUBLE_CLICK_S = 2.0
REMEMBERED_S = 60.0
TICK_S = 0.5
CATCH_UP_S = 2.0


class Jobs:
    """Makes clips in daemon threads. What it is asked returns at once.

    It also takes over what dead servers left, at first and then every BEAT_S. most: how many paid
    calls may ever be open at once; the engines' pace says how many may be now.
    """

    def __init__(self, library: Library, engines: Engines, *, most: int) -> None:
        self._library = library
        self._engines = engines
        self._crew = Crew(library, limit=lambda: engines.pace.limit, most=most)
        self._unfinished: set[int] = set()  # clips that wait for what could not be written down
        self._adrift: set[int] = set()  # clips of this process that nobody makes, it seems
        self.recover()
        threading.Thread(target=self._keep_house, name="housekeeping", daemon=True).start()

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
        """Start, or start again, the making of a clip that the library knows.

        One that is being made already stays that one job: the button was pressed twice.
        parts, known: the clip's parts, and the keys recorded already, of a caller who has them.
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
        if clip.state != "making":  # one that was just begun is
            self._library.clips.move(clip.id, "making")
        with self._crew.changed:
            self._crew.unsay(clip.id)
            self._crew.jobs[clip.id] = job
            self._crew.deal()
        return job

    def run(self, batch: Batch) -> None:
        """Make many clips that were just begun; those of a batch at work are added to it."""
        with self._crew.changed:
            running = self._crew.batches.get(batch.id)
            if running and running.state in ("running", "paused"):
                running.join(batch)
            else:
                self._crew.batches[batch.id] = batch
            self._crew.deal()

    def batch(self, batch_id: int) -> Batch | None:
        with self._crew.changed:
            return self._crew.batches.get(batch_id)

    def pause(self, batch_id: int) -> None:
        """Begin nothing more of it; what is under way is finished and kept."""
        with self._crew.changed:
            if (batch := self._crew.batches.get(batch_id)) and batch.state == "running":
                batch.state, batch.why = "paused", None
                self._crew.call_off(*batch.active.values())

    def go_on(self, batch_id: int, engine: Callable[[str], Engine]) -> None:
        """After a pause; engine: one by the model of each clip to come, with the key of now.

        Raises KeyMissingError where a model needs a key and there is none.
        """
        with self._crew.changed:
            if (batch := self._crew.batches.get(batch_id)) and batch.state == "paused":
                batch.go_on(engine)
                self._crew.deal()

    def cancel_batch(self, batch_id: int) -> None:
        """Buy nothing more of it, for good."""
        with self._crew.changed:
            batch = self._crew.batches.get(batch_id)
            if batch is None or batch.state not in ("running", "paused"):
                return
            clip_ids = batch.clip_ids
            batch.cancel()
            self._crew.call_off(*batch.active.values())
        self._library.clips.move_all(clip_ids, "cancelled")

    def get(self, clip_id: int) -> Job | None:
        with self._crew.changed:
            return self._crew.jobs.get(clip_id)

    def of(self, browser: str) -> list[Job]:
        """This browser's jobs that still work, oldest first."""
        with self._crew.changed:
            return [j for j in self._crew.jobs.values() if j.clip.browser == browser and j.active]

    def twin(self, browser: str, fingerprint: str, take: int, kind: Kind = "clip") -> Job | None:
        """The same clip asked for a moment ago: the second half of a double click."""
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
            self._crew.say(clip_id, "cancelled")

    def stop(self, wait_s: float) -> None:
        """Take nothing new, wait for what is open, interrupt the rest, end the threads."""
        with self._crew.changed:
            self._crew.stopping = True
            active = [job for job in self._crew.jobs.values() if job.active]
            self._crew.call_off(*active)
            self._crew.changed.wait_for(lambda: not any(job.running for job in active), wait_s)
            left = [job.clip.id for job in active if job.active]
            left += [clip_id for batch in self._crew.batches.values() for clip_id in batch.clip_ids]
        self._crew.end()
        try:
            self._crew.catch_up()
            self._library.clips.move_all(left, "interrupted")
        except StorageError as error:
            log.error("not written down at the end: %s", error)

    def recover(self) -> None:
        """Take over what dead servers left: fetch what is paid for, finish what needs no money."""
        left = self._library.recover()
        if left.owed or left.clips:
            threading.Thread(target=self._finish, args=(left,), name="finish", daemon=True).start()

    def _finish(self, left: Left) -> None:
        for entry in left.owed:
            try:
                studio.record(
                    entry.utterance,
                    engine=self._engines.client(),
                    library=self._library,
                    owner=entry.owner,
                    may_spend=False,
                )
            except SpeechError as error:
                log.warning("charge %s: its sound is not here yet: %s", entry.id, error)
        for clip in left.clips:
            if clip.kind != "line":  # its script offers to go on
                self._finish_clip(clip)

    def _finish_clip(self, clip: Clip) -> None:
        """As far as that needs no money."""
        try:
            if clip.model == OFFLINE:
                self.submit(clip, self._engines.speaker(OFFLINE, None), may_spend=False)
            else:
                self.submit(clip, self._engines.client(), may_spend=False)
        except SpeechError as error:
            log.warning("clip %d is not finished yet: %s", clip.id, error)

    def _keep_house(self) -> None:
        """Live among the servers, catch up with the library, forget jobs that ended a while ago."""
        beat_at_s = time.monotonic() + BEAT_S
        catch_up_at_s = 0.0
        while not self._crew.stopping:
            now_s = time.monotonic()
            if now_s >= beat_at_s:
                self._try(self._beat)
                beat_at_s = now_s + BEAT_S
            if now_s >= catch_up_at_s:
                self._try(self._catch_up)
                catch_up_at_s = time.monotonic() + CATCH_UP_S
            with self._crew.changed:
                self._crew.deal()  # a batch may have rested long enough
                for job in list(self._crew.jobs.values()):
                    if job.age_s > REMEMBERED_S and not job.active and not job.running:
                        self._crew.forget(job)
                for batch in list(self._crew.batches.values()):
                    if batch.state in ("done", "cancelled"):
                        del self._crew.batches[batch.id]
            time.sleep(TICK_S)

    def _try(self, work: Callable[[], None]) -> None:
        """Housekeeping goes on whatever fails in it: a server that falls silent is buried."""
        try:
            work()
        except SpeechError as error:
            log.warning("housekeeping: %s", error)
        except Exception:
            log.exception("housekeeping failed")

    def _beat(self) -> None:
        self._library.processes.beat()
        self.recover()
        self._interrupt_adrift()

    def _catch_up(self) -> None:
        """Write down what could not be written before, and finish the clips that waited for it."""
        self._crew.catch_up()
        self._library.backlog.flush()
        late = self._library.backlog.take_written()
        self._unfinished |= {e.clip_id for e in late if e.state == "paid" and e.clip_id}
        for clip_id in list(self._unfinished):
            if (job := self.get(clip_id)) and (job.active or job.running):
                continue  # it is about to fail
            clip = self._library.clips.get(clip_id)
            if clip and clip.state in ("making", "failed"):
                self._finish_clip(clip)
            self._unfinished.discard(clip_id)

    def _interrupt_adrift(self) -> None:
        """A clip whose making failed before there was a job for it must not wait for ever."""
        with self._crew.changed:
            made = set(self._crew.jobs)
            made.update(*(batch.clip_ids for batch in self._crew.batches.values()))
        adrift = self._library.clips.making_here() - made
        for clip_id in adrift & self._adrift:
            self._crew.say(clip_id, "interrupted")
        self._adrift = adrift
