"""The worker threads that make clips, and the lock under which jobs change."""

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial

from lib import studio
from lib.errors import SpeechError, StoppedError
from lib.jobs.batch import Batch
from lib.jobs.job import Job, end_of
from lib.jobs.states import States
from lib.jobs.telling import Telling
from lib.jobs.turns import Turn, Turns
from lib.library import Library
from lib.library.problem import Problem
from lib.library.recordings import ClaimedError
from lib.speech import Utterance
from lib.threads import Threads

log = logging.getLogger("soundcheck.jobs")

SPARE_THREADS = 4  # for downloads, saving and joining, besides threads that call or wait


class JoiningStoppedError(Exception):
    """Raised while a clip is joined, if its job was cancelled."""


class Crew:
    """Works on `jobs` and `batches`. Others add to them under `changed`, then call `deal`.

    limit: returns how many paid calls may be open at once now. most: its highest value.
    """

    def __init__(
        self, library: Library, *, limit: Callable[[], int], most: int, telling: Telling
    ) -> None:
        self.changed = threading.Condition()
        self.telling = telling
        self.states = States(library, telling, self.changed)
        self.jobs: dict[int, Job] = {}
        self.batches: dict[int, Batch] = {}
        self.stopping = False
        self._library = library
        self._turns = Turns(limit)
        self._work: queue.SimpleQueue[Turn | None] = queue.SimpleQueue()
        self._most = most
        self._threads = Threads()
        self._size = self._idle = 3 * most + SPARE_THREADS
        for number in range(self._size):
            self._threads.start(f"record-{number}", self._serve)

    def deal(self) -> None:
        """Give work that may begin to the threads; called under the lock after each change."""
        for batch in self.batches.values():
            try:
                while job := batch.next(2 * self._most):
                    self.jobs[job.clip.id] = job
            except SpeechError as error:  # such as a missing key
                batch.state, batch.why = "paused", error
                self.telling.batch(batch)
        while not self.stopping and self._idle and (turn := self._turns.next(self.jobs.values())):
            self._idle -= 1
            self._work.put(turn)
            self.telling.job(turn.job)
        self._turns.let_go()

    def end(self, until_s: float) -> None:
        """End each thread after its current work.

        Waits for them until this time on the monotonic clock.
        """
        for _ in range(self._size):
            self._work.put(None)
        self._threads.join(until_s)

    def _serve(self) -> None:
        while (turn := self._work.get()) is not None:
            try:
                self._work_on(turn)
            except Exception:
                log.exception("clip %d was left", turn.job.clip.id)
            finally:
                self._done_with(turn)

    def _work_on(self, turn: Turn) -> None:
        job = turn.job
        try:
            if turn.utterance is None:
                self._assemble(job)
            else:
                self._record(turn, turn.utterance)
        except JoiningStoppedError:
            pass
        except ClaimedError:
            self._put_off(turn)
        except StoppedError:
            self._put_back(turn)
        except SpeechError as error:
            self._fail(job, error)
        except Exception:
            log.exception("clip %d failed", job.clip.id)  # the page gets a sentence
            self._fail(job, SpeechError("Something went wrong inside Soundcheck."))

    def _done_with(self, turn: Turn) -> None:
        job = turn.job
        with self.changed:
            self._turns.give_back(turn)  # not earlier: a failure must first call off waiting turns
            job.running -= 1
            self._idle += 1
            if turn.utterance:
                for other in self.jobs.values():  # they may wait for its claim
                    other.held.pop(turn.utterance.key, None)
            self.telling.job(job)
            if job.batch and not job.active and self.jobs.get(job.clip.id) is job:
                del self.jobs[job.clip.id]  # nobody asks for it, and there may be thousands of them
            self.deal()
            self.changed.notify_all()

    def _record(self, turn: Turn, utterance: Utterance) -> None:
        job = turn.job

        def await_turn() -> None:
            with self.changed:
                if self.stopping or not job.goes:
                    turn.decided.set()
                elif not turn.decided.is_set():  # if set, a pause that has ended called it off
                    self._turns.line_up(turn)
                    self.deal()
            turn.decided.wait()
            if turn.stage != "calling":
                raise StoppedError("Stopped before this was sent.")

        bought = False

        def on_answer() -> None:
            """The call is over: the next one may begin while this sound is fetched and stored."""
            nonlocal bought
            bought = True
            with self.changed:
                self._turns.give_back(turn)
                self.deal()

        recording = studio.record(
            utterance,
            engine=job.engine,
            library=self._library,
            owner=job.clip.owner,
            clip_id=job.clip.id,
            estimate_usd=job.estimates_usd.get(utterance.key),
            may_spend=job.may_spend,
            wait=False,
            await_turn=await_turn,
            on_answer=on_answer,
            on_busy=partial(self._delayed, job),
        )
        with self.changed:
            job.done += 1
            if bought:
                job.spend(recording.usd)
            self.telling.job(job)

    def _delayed(self, job: Job, is_delayed: bool) -> None:
        """The service is busy: a call of this job waits to be tried again, or waits no more."""
        with self.changed:
            job.delayed += 1 if is_delayed else -1
            self.telling.job(job)

    def _put_off(self, turn: Turn) -> None:
        """Another job records the same words: do other work first, and check again later."""
        with self.changed:
            if turn.utterance and turn.job.active:
                turn.job.put_off(turn.utterance)

    def _put_back(self, turn: Turn) -> None:
        """Return an utterance whose call was called off, by a pause or the end of its job."""
        with self.changed:
            if turn.utterance and turn.job.active:
                turn.job.pending.appendleft(turn.utterance)

    def call_off(self, *jobs: Job) -> None:
        """Prevent calls of these jobs that have not begun; called under the lock."""
        for job in jobs:
            self._turns.call_off(job)

    def forget(self, job: Job) -> None:
        """Called under the lock."""
        self._turns.forget(self.jobs.pop(job.clip.id))

    def _assemble(self, job: Job) -> None:
        def progress(done: int, places: int) -> None:
            # What is said at several places is one part, as where it is recorded.
            job.joined = done * job.total // max(1, places)
            with self.changed:
                self.telling.job(job)
            if job.state != "joining":
                raise JoiningStoppedError

        studio.assemble(job.clip, library=self._library, progress=progress)
        with self.changed:
            job.state = "ready"
            if job.batch:
                job.batch.made(job)
            self.telling.job(job)

    def _fail(self, job: Job, error: SpeechError) -> None:
        """End the job with its first error. The library is told before the job shows it.

        This works even if the library or its disk is what failed.
        """
        with self.changed:
            if not job.active or job.error is not None:
                return
            job.pending.clear()
            job.error = error
            self._turns.call_off(job)
        self.states.say(job.clip.id, end_of(error), Problem.of(error))
        again: list[Job] = []
        with self.changed:
            if job.active:
                job.state = end_of(error)
                if job.batch:
                    again = job.batch.not_made(job, error)
                    if job.batch.state == "paused" or again:
                        self.call_off(*job.batch.active.values())
                self.telling.job(job)
        for each in again:
            self.states.say(each.clip.id, "making")
        if again and job.batch:
            with self.changed:
                self.telling.rows(job.batch)
