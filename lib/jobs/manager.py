"""The one job manager of a process: its threads, and what is asked of it from the screens."""

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence, Set
from decimal import Decimal

from lib import studio
from lib.engines import OFFLINE, Engines
from lib.errors import SpeechError, StoppedError
from lib.jobs.job import Job, end_of, problem
from lib.jobs.turns import Turn, Turns
from lib.library import Library
from lib.library.clip import Clip, Kind, Part
from lib.library.processes import BEAT_S
from lib.speech import Engine, Utterance

log = logging.getLogger("soundcheck.jobs")

SPARE_THREADS = 4  # for downloads, saving and joining beside the calls and those that wait
DOUBLE_CLICK_S = 2.0
REMEMBERED_S = 60.0


class JoiningStoppedError(Exception):
    """Raised inside joining when the job was cancelled."""


class Jobs:
    """Makes clips in daemon threads. What it is asked returns at once.

    limit: how many paid calls may be open at once, asked anew for every turn. most: its ceiling.
    """

    def __init__(self, library: Library, *, limit: Callable[[], int], most: int) -> None:
        self._library = library
        self._turns = Turns(limit)
        self._jobs: dict[int, Job] = {}
        self._stopping = False
        self._changed = threading.Condition()
        self._work: queue.SimpleQueue[Turn] = queue.SimpleQueue()
        self._idle = 3 * most + SPARE_THREADS
        for number in range(self._idle):
            threading.Thread(target=self._serve, name=f"record-{number}", daemon=True).start()
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
        said = {part.utterance.key: part.utterance for part in parts}
        if known is None:
            known = self._library.recordings.known(list(said))
        job = Job(
            clip=clip,
            engine=engine,
            pending=deque(utterance for key, utterance in said.items() if key not in known),
            total=len(said),
            reused=len(known & said.keys()),
            may_spend=may_spend,
            estimates_usd=estimates_usd or {},
        )
        if clip.state != "making":  # one that was just begun is
            self._library.clips.move(clip.id, "making")
        with self._changed:
            self._jobs[clip.id] = job
            self._deal()
        return job

    def get(self, clip_id: int) -> Job | None:
        with self._changed:
            return self._jobs.get(clip_id)

    def of(self, browser: str) -> list[Job]:
        """This browser's jobs that still work, oldest first."""
        with self._changed:
            return [j for j in self._jobs.values() if j.clip.browser == browser and j.active]

    def twin(self, browser: str, fingerprint: str, take: int, kind: Kind = "clip") -> Job | None:
        """The same clip asked for a moment ago: the second half of a double click."""
        asked = (browser, fingerprint, take, kind)
        with self._changed:
            for job in self._jobs.values():
                clip = job.clip
                same = (clip.browser, clip.fingerprint, clip.take, clip.kind) == asked
                if same and (job.active or (job.state == "ready" and job.age_s < DOUBLE_CLICK_S)):
                    return job
        return None

    def cancel(self, clip_id: int) -> None:
        with self._changed:
            job = self._jobs.get(clip_id)
            if job is not None:
                job.cancel()
                self._turns.call_off(job)
        if job is None or job.state == "cancelled":
            self._library.clips.move(clip_id, "cancelled")

    def stop(self, wait_s: float) -> None:
        """Take nothing new, wait for what is open, and mark the rest as interrupted."""
        with self._changed:
            self._stopping = True
            active = [job for job in self._jobs.values() if job.active]
            for job in active:
                self._turns.call_off(job)
            self._changed.wait_for(lambda: not any(job.running for job in active), wait_s)
        for job in active:
            if job.active:
                self._library.clips.move(job.clip.id, "interrupted")

    def resume(self, interrupted: Sequence[Clip], engines: Engines) -> None:
        """After a restart: fetch what was paid for, and finish what needs no more money."""
        for entry in self._library.ledger.owed():
            try:
                studio.record(
                    entry.utterance,
                    engine=engines.client(),
                    library=self._library,
                    owner=entry.owner,
                    may_spend=False,
                )
            except SpeechError as error:
                log.warning("charge %s: its sound is not here yet: %s", entry.id, error)
        for clip in interrupted:
            engine = engines.client() if clip.model != OFFLINE else engines.speaker(OFFLINE, None)
            self.submit(clip, engine, may_spend=False)

    def _deal(self) -> None:
        """Hand out what can go on now; called under the lock after every change."""
        while not self._stopping and self._idle and (turn := self._turns.next(self._jobs.values())):
            self._idle -= 1
            self._work.put(turn)
        self._turns.let_go()

    def _serve(self) -> None:
        while True:
            turn = self._work.get()
            job = turn.job
            try:
                if turn.utterance is None:
                    self._assemble(job)
                else:
                    self._record(turn, turn.utterance)
            except (JoiningStoppedError, StoppedError):
                pass
            except SpeechError as error:
                self._fail(job, error)
            except Exception:
                log.exception("clip %d failed", job.clip.id)  # the page gets a sentence
                self._fail(job, SpeechError("Something went wrong inside Soundcheck."))
            with self._changed:
                self._turns.give_back(turn)  # only now: a failure has called off what waits
                job.running -= 1
                self._idle += 1
                self._deal()
                self._changed.notify_all()

    def _record(self, turn: Turn, utterance: Utterance) -> None:
        job = turn.job

        def await_turn() -> None:
            with self._changed:
                if not self._stopping and job.active and job.error is None:
                    self._turns.line_up(turn)
                    self._deal()
                else:
                    turn.decided.set()
            turn.decided.wait()
            if turn.stage != "calling":
                raise StoppedError("Stopped before this was sent.")

        def on_answer() -> None:
            """The call is over: the next may start while this sound is fetched and kept."""
            with self._changed:
                self._turns.give_back(turn)
                self._deal()

        studio.record(
            utterance,
            engine=job.engine,
            library=self._library,
            owner=job.clip.owner,
            clip_id=job.clip.id,
            estimate_usd=job.estimates_usd.get(utterance.key),
            may_spend=job.may_spend,
            await_turn=await_turn,
            on_answer=on_answer,
        )
        with self._changed:
            job.done += 1

    def _assemble(self, job: Job) -> None:
        def progress(done: int, _total: int) -> None:
            job.joined = done
            if job.state != "joining":
                raise JoiningStoppedError

        studio.assemble(job.clip, library=self._library, progress=progress)
        with self._changed:
            job.state = "ready"

    def _fail(self, job: Job, error: SpeechError) -> None:
        """The first error ends the job; the library knows it before anybody asks the job."""
        with self._changed:
            if not job.active or job.error is not None:
                return
            job.pending.clear()
            job.error = error
            self._turns.call_off(job)
        self._library.clips.move(job.clip.id, end_of(error), problem(error))
        with self._changed:
            if job.active:
                job.state = end_of(error)

    def _keep_house(self) -> None:
        """Tell other servers that this one lives, and forget jobs that ended a while ago."""
        while not self._stopping:
            try:
                self._library.processes.beat()
            except SpeechError as error:
                log.warning("no heartbeat: %s", error)
            with self._changed:
                for clip_id, job in list(self._jobs.items()):
                    if job.age_s > REMEMBERED_S and not job.active and not job.running:
                        self._turns.forget(self._jobs.pop(clip_id))
            time.sleep(BEAT_S)
