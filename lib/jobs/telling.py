"""Tell how far jobs and batches are: to those who watch, as events, and in words.

Words may have fields such as {done} and {left}, which the browser fills with the latest numbers.
"""

from collections.abc import Collection

from lib import events, money
from lib.events import Events
from lib.jobs.job import Group, Job
from lib.library.clip import Clip

PHASES = ("waiting", "recording", "delayed", "joining")  # the last also for what has ended
DELAYED = "The voice service is busy, and is tried again by itself"
STOPPING = "Stopping: nothing more is sent, what is on its way is kept"


class Telling:
    """Publishes jobs and batches as they change; called under the manager's lock."""

    def __init__(self, to: Events) -> None:
        self._to = to

    def job(self, job: Job) -> None:
        """Called after any change of a job. Its result must be in the library already."""
        if job.state in PHASES:
            self._to.progress(events.clip(job.clip.id), numbers_of(job))
        drawn_as = (job.active, job.error is not None, job.active or _is_under_way(job))
        if drawn_as != job.told_as:
            job.told_as = drawn_as
            self.clip(job.clip)
        if job.batch:
            self._row(job, job.batch)
            self.batch(job.batch)

    def clip(self, clip: Clip) -> None:
        """Called after a change of a clip in the library without a change of its job."""
        self._to.publish(events.clip(clip.id), events.clips(clip.kind, clip.browser))

    def _row(self, job: Job, batch: Group) -> None:
        row_as = (job.active, job.error is not None, _is_under_way(job))  # "Recording…", "Waiting"
        if row_as != job.row_told_as:
            job.row_told_as = row_as
            self._to.publish(events.rows(batch.id))

    def batch(self, batch: Group) -> None:
        self._to.progress(events.batch(batch.id), batch_numbers_of(batch))
        drawn_as = (
            batch.state,
            batch.is_settling,
            batch.failed,
            batch.total,
            batch.rests_until_s is None,
        )
        if drawn_as != batch.told_as:
            batch.told_as = drawn_as
            self._to.publish(events.batch(batch.id))

    def rows(self, batch: Group) -> None:
        """Called after clips of a batch changed without a change of their jobs."""
        self._to.publish(events.rows(batch.id))


def _is_under_way(job: Job) -> bool:
    """How many threads work on it is not shown; the one that made it ready has nothing to add."""
    return job.running > 0 and job.state != "ready"


def _phase_of(job: Job) -> int:
    # Others of its parts may still be on their way, but none can begin.
    if job.state == "recording" and job.delayed:
        return PHASES.index("delayed")
    return PHASES.index(job.state) if job.state in PHASES else len(PHASES)


def numbers_of(job: Job) -> events.Numbers:
    """phase: its index in PHASES. left_s, usd: None if unknown."""
    return {
        "phase": _phase_of(job),
        "done": job.done,
        "total": job.total,
        "joined": job.joined,
        "left_s": job.left_s,
        "usd": None if job.spent_usd is None else float(job.spent_usd),
    }


def batch_numbers_of(batch: Group) -> events.Numbers:
    return {
        "done": batch.done,
        "failed": batch.failed,
        "total": batch.total,
        "left_s": batch.left_s,
    }


def phases_of(job: Job | None) -> tuple[str, ...]:
    """The words for each of PHASES; only one sentence if it is the same for all."""
    if job is None:
        return ("Another server is working on it",)
    if job.error:
        return (
            "The library cannot be written right now. What was paid for is kept until it can be",
        )
    if not job.active:
        return (STOPPING,)
    parts = money.count(job.total, "part")
    recording = "Recording, {age} so far" if job.total == 1 else f"{{done}} of {parts}{{left}}"
    joining = f"Joining, {{joined}} of {parts}{{left}}"
    counted = "" if job.total == 1 else f"{{done}} of {parts} · "
    return "Waiting for its turn", recording, f"{counted}{DELAYED}", joining


def batch_words(batch: Group, thing: str) -> str:
    """thing: what one of them is called, such as "row"."""
    words = f"{{done}} of {money.count(batch.total, thing)}"
    if batch.state == "paused":
        return f"Paused · {words}"
    if batch.rests_until_s is not None:
        return f"{words} · the voice service is failing: it is tried again soon, by itself"
    return f"{words}{{left}}"


def many_words(
    done: int, total: int, thing: str, jobs: Collection[Job], *, is_stopping: bool
) -> str:
    """Such as "12 of 22 voices, 20 s left". jobs: those of what is not done, if known here."""
    if is_stopping:
        return STOPPING
    words = f"{done} of {money.count(total, thing)}"
    if not done or not jobs:
        return words
    age_s = max(job.age_s for job in jobs)
    return f"{words}, {money.left(age_s / done * (total - done))}"
