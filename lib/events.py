"""Publish changes in this process to those who show them (publish and subscribe).

Each topic has a version, which grows with each change, and may have numbers about the progress of
work. Changes do not queue up: a late subscriber gets only the newest version.

Versions are numbers from one counter that begins at the process's start time in milliseconds. So a
page that was drawn before a restart sees that all topics are newer, and draws itself again.
"""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

TOPICS_MAX = 10_000  # above it old ones are forgotten, and their pages draw once too often

Numbers = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Now:
    """The current state of a topic."""

    version: int
    numbers: Numbers = field(default_factory=dict)


class Events:
    """The topics of one process. Every method may be called from any thread, and returns at once.

    Several servers would need a feed between them, such as a table that each of them reads; it
    would call `publish` here for changes by the other servers.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clock = self._forgotten = time.time_ns() // 1_000_000
        self._topics: OrderedDict[str, Now] = OrderedDict()
        self._listening: defaultdict[str, set[Subscription]] = defaultdict(set)

    def publish(self, *topics: str) -> None:
        """Tell that these topics have changed, so that they must be drawn again."""
        with self._lock:
            for topic in topics:
                self._clock += 1
                self._put(topic, Now(self._clock, self._now(topic).numbers))

    def progress(self, topic: str, numbers: Numbers) -> None:
        """Tell that only the numbers have changed, which a page shows without a redraw."""
        with self._lock:
            self._put(topic, Now(self._now(topic).version, numbers))

    def now(self, topic: str) -> Now:
        with self._lock:
            return self._now(topic)

    def versions(self, *topics: str) -> dict[str, int]:
        """The versions of these topics; a page reads them before it reads the data to show."""
        with self._lock:
            return {topic: self._now(topic).version for topic in topics}

    def subscribe(self, wake: Callable[[], None]) -> "Subscription":
        """wake: called in the publisher's thread, once before each `take`. It must not block."""
        return Subscription(self, wake)

    def close(self) -> None:
        """End all subscriptions: the process ends or starts again."""
        with self._lock:
            for each in {each for some in self._listening.values() for each in some}:
                each.end()

    def _now(self, topic: str) -> Now:
        return self._topics.get(topic) or Now(self._forgotten)

    def _put(self, topic: str, now: Now) -> None:
        self._topics[topic] = now
        self._topics.move_to_end(topic)
        if len(self._topics) > TOPICS_MAX:
            _, oldest = self._topics.popitem(last=False)
            self._forgotten = max(self._forgotten, oldest.version)
        for each in self._listening.get(topic, ()):
            each.mark(topic)


class Subscription:
    """Collects which of its topics have changed since the last `take`."""

    def __init__(self, events: Events, wake: Callable[[], None]) -> None:
        self._events, self._wake = events, wake
        self._topics: frozenset[str] = frozenset()
        self._changed: set[str] = set()
        self.is_over = False

    def listen(self, topics: Iterable[str]) -> None:
        """Listen only to these topics; new ones count as changed."""
        with self._events._lock:
            wanted = frozenset(topics)
            self._leave(self._topics - wanted)
            for topic in wanted - self._topics:
                self._events._listening[topic].add(self)
                self.mark(topic)
            self._topics = wanted

    def take(self) -> dict[str, Now]:
        """The topics that have changed, with their current state."""
        with self._events._lock:
            changed, self._changed = self._changed, set()
            return {topic: self._events._now(topic) for topic in changed & self._topics}

    def close(self) -> None:
        self.listen(())

    def end(self) -> None:
        """Called under the lock."""
        self.is_over = True
        self._wake()

    def mark(self, topic: str) -> None:
        """Called under the lock."""
        was_empty = not self._changed
        self._changed.add(topic)
        if was_empty:
            self._wake()

    def _leave(self, topics: Iterable[str]) -> None:
        for topic in topics:
            listening = self._events._listening
            listening[topic].discard(self)
            if not listening[topic]:
                del listening[topic]


# ---- Names of topics ----


def clips(kind: str, browser: str) -> str:
    """The unfinished clips of that kind of this browser, and their results."""
    return f"{kind}s/{browser}"


def clip(clip_id: int) -> str:
    """The progress of one clip."""
    return f"clip/{clip_id}"


def batch(batch_id: int) -> str:
    """The progress of the recording of a script."""
    return f"batch/{batch_id}"


def rows(batch_id: int) -> str:
    """The states of a script's clips."""
    return f"rows/{batch_id}"


def task(task_id: str) -> str:
    """Work in the background: that it is over, and how far it is."""
    return f"task/{task_id}"


def steps(task_id: str) -> str:
    """Each of its steps, for whoever shows what it has made so far."""
    return f"steps/{task_id}"


def share(share_id: int) -> str:
    """What the viewers of a link have chosen, and whether it is open."""
    return f"share/{share_id}"


def test(test_id: int) -> str:
    """The votes of a listening test, and whether it is open."""
    return f"test/{test_id}"
