"""Background work of a server: renew its lease, take over from dead servers, write late, tidy."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol

from lib import studio
from lib.engines import OFFLINE, Engines
from lib.errors import SpeechError
from lib.jobs.crew import Crew
from lib.jobs.job import Job
from lib.library import Left, Library
from lib.library.clip import Clip
from lib.library.processes import BEAT_S
from lib.speech import Engine
from lib.threads import Threads

log = logging.getLogger("soundcheck.jobs")

REMEMBERED_S = 60.0
TICK_S = 0.5
CATCH_UP_S = 2.0


class Submit(Protocol):
    def __call__(self, clip: Clip, engine: Engine, *, may_spend: bool) -> Job: ...


class Upkeep:
    """Takes over the work of dead servers, at once and then every BEAT_S."""

    def __init__(self, library: Library, engines: Engines, crew: Crew, submit: Submit) -> None:
        self._library = library
        self._engines = engines
        self._crew = crew
        self._submit = submit
        self._threads = Threads()
        self._ending = threading.Event()
        self._unfinished: set[int] = set()  # clips that wait for a late write
        self._adrift: set[int] = set()  # clips of this process that seem to have no job
        self._try(self.recover)  # it may fail, as with a full disk: clips can still be played
        self._threads.start("upkeep", self._run)

    def recover(self) -> None:
        """Fetch the sounds that dead servers paid for, and finish their clips if that is free.

        Returns as soon as their entries are taken over; the rest is done in threads.
        """
        left = self._library.recover()
        if left.owed or left.clips:
            self._threads.start("finish", partial(self._finish, left))

    def end(self) -> None:
        """End its threads at their next step. Returns at once."""
        self._ending.set()

    def join(self, until_s: float) -> None:
        """Wait until its threads have ended, up to this time on the monotonic clock."""
        self._threads.join(until_s)

    def _run(self) -> None:
        beat_at_s = time.monotonic() + BEAT_S
        catch_up_at_s = 0.0
        while not self._ending.is_set():
            if time.monotonic() >= beat_at_s:
                beat_at_s = time.monotonic() + BEAT_S
                self._try(self._beat)
            if time.monotonic() >= catch_up_at_s:
                self._try(self._catch_up)
                catch_up_at_s = time.monotonic() + CATCH_UP_S
            self._try(self._forget)
            self._ending.wait(TICK_S)

    def _try(self, work: Callable[[], None]) -> None:
        """Do the work and log its errors: the lease must be renewed whatever fails here."""
        try:
            work()
        except SpeechError as error:
            log.warning("upkeep: %s", error)
        except Exception:
            log.exception("upkeep failed")

    def _beat(self) -> None:
        self._library.processes.beat()
        self.recover()
        self._interrupt_adrift()

    def _catch_up(self) -> None:
        """Write outcomes that could not be written before, and finish clips that need them."""
        self._crew.states.catch_up()
        self._library.backlog.flush()
        late = self._library.backlog.take_written()
        self._unfinished |= {e.clip_id for e in late if e.state == "paid" and e.clip_id}
        for clip_id in list(self._unfinished):
            job = self._crew.jobs.get(clip_id)
            if job and (job.active or job.running):
                continue  # its job is just failing
            clip = self._library.clips.get(clip_id)
            if clip and clip.state in ("making", "failed"):
                self._finish_clip(clip)
            self._unfinished.discard(clip_id)

    def _forget(self) -> None:
        """Forget jobs that ended a while ago, and resume batches that rested long enough."""
        with self._crew.changed:
            self._crew.deal()
            for job in list(self._crew.jobs.values()):
                if job.age_s > REMEMBERED_S and not job.active and not job.running:
                    self._crew.forget(job)
            for batch in list(self._crew.batches.values()):
                if batch.state in ("done", "cancelled"):
                    del self._crew.batches[batch.id]

    def _interrupt_adrift(self) -> None:
        """Interrupt clips without a job, as after a failure before it was made."""
        with self._crew.changed:
            made = set(self._crew.jobs)
            made.update(*(batch.clip_ids for batch in self._crew.batches.values()))
        adrift = self._library.listing.making(self._library.processes.id) - made
        for clip_id in adrift & self._adrift:
            self._crew.states.say(clip_id, "interrupted")
        self._adrift = adrift

    def _finish(self, left: Left) -> None:
        for entry in left.owed:
            if self._ending.is_set():
                return
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
            if self._ending.is_set():
                return
            if clip.kind == "line":
                continue  # the script's page offers to continue it
            try:
                self._finish_clip(clip)
            except SpeechError as error:
                log.warning("clip %d is not finished yet: %s", clip.id, error)

    def _finish_clip(self, clip: Clip) -> None:
        """Finish the clip if nothing must be bought for it."""
        free = clip.model == OFFLINE
        engine = self._engines.speaker(OFFLINE, None) if free else self._engines.client()
        self._submit(clip, engine, may_spend=False)
