"""Work in the background: with progress, an error, a stop, and an end when the server ends."""

import logging
import threading
import uuid
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from lib.errors import SpeechError, StoppedError
from lib.threads import Threads

log = logging.getLogger("soundcheck.tasks")

Made = TypeVar("Made")
Progress = Callable[[int, int], None]  # done, total; raises StoppedError after `stop`


@dataclass(eq=False, kw_only=True)
class Task(Generic[Made]):
    """One piece of work. Its own thread writes here; any other may read it, and `stop` it.

    made: what the work returned; None before, and where it was stopped or failed.
    id: of this task alone. changed: called from its thread after each step and at the end.
    """

    done: int = 0
    total: int = 0
    made: Made | None = None
    error: SpeechError | None = None
    is_over: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    changed: Callable[["Task[Any]"], None] = field(default=lambda _task: None, repr=False)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End it at its next step. Returns at once."""
        self._stopped.set()

    def progress(self, done: int, total: int) -> None:
        """Called by the work after each step. Raises StoppedError after `stop`."""
        self.done, self.total = done, total
        if self._stopped.is_set():
            raise StoppedError("Nobody waits for this any more.")
        self.changed(self)

    def run(self, work: Callable[[Progress], Made]) -> None:
        """Do the work in this thread, and store its result or error. Raises nothing."""
        try:
            self.made = work(self.progress)
        except StoppedError:
            pass
        except SpeechError as error:
            self.error = error
        except Exception:
            log.exception("work in the background failed")  # the page gets a sentence
            self.error = SpeechError("Something went wrong inside Soundcheck.")
        self.is_over = True
        self.changed(self)


def numbers_of(task: Task[Any]) -> dict[str, float]:
    """phase: 1 once it is known how much there is to do."""
    return {"phase": min(1, task.total), "done": task.done, "total": task.total}


class Tasks:
    """All tasks of a process. A task with a key can be found again by its key.

    changed: called with each task after each of its steps and at its end, from its own thread. It
        must not raise.
    """

    def __init__(self, changed: Callable[[Task[Any]], None] = lambda _task: None) -> None:
        self._changed = changed
        self._lock = threading.Lock()
        self._threads = Threads()
        self._keyed: dict[Hashable, Task[Any]] = {}
        self._running: set[Task[Any]] = set()
        self._is_closed = False

    def begin(
        self, name: str, work: Callable[[Progress], Made], *, key: Hashable = None, total: int = 0
    ) -> Task[Made]:
        """Start `work` in a thread of this name, and return at once.

        work: it must not touch the page. It calls the given function as (done, total) after each
            step, so that it can be watched and stopped, and may raise SpeechError.
        key: while a task with this key is at work, it is returned and nothing is started.
        total: what `done` counts up to, where that is known before the first step.
        """
        with self._lock:
            known = self._keyed.get(key)
            if known and not known.is_over:
                return known
            task = Task[Made](total=total, changed=self._changed)
            if key is not None:
                self._keyed[key] = task
            self._running.add(task)
            if self._is_closed:
                task.stop()
            self._threads.start(name, lambda: self._run(task, work))
        return task

    def get(self, key: Hashable) -> Task[Any] | None:
        """The last task with this key, at work or over."""
        return self._keyed.get(key)

    def forget(self, key: Hashable) -> None:
        """Forget the task with this key; it can no longer be found."""
        self._keyed.pop(key, None)

    def stop(self) -> None:
        """End all tasks at their next step, also those that begin later."""
        with self._lock:
            self._is_closed = True
            running = list(self._running)
        for task in running:
            task.stop()

    def join(self, until_s: float) -> None:
        """Wait until all have ended, up to this time on the monotonic clock."""
        self._threads.join(until_s)

    def _run(self, task: Task[Made], work: Callable[[Progress], Made]) -> None:
        task.run(work)
        with self._lock:
            self._running.discard(task)
