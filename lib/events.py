"""What has changed, told at once to whoever shows it.

Each topic has a version, which grows with each change, and may have numbers that say how far a
piece of work is. Nothing queues up: who looks late finds the newest version alone.

Versions come from one clock that starts at the process's own start in milliseconds. So a page that
was drawn before a restart finds every topic newer than what it shows, and draws itself anew.
"""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

TOPICS_MAX = 10_000  # older ones are forgotten: their pages draw themselves once more than needed

Numbers = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Now:
    """How a topic stands."""

    version: int
    numbers: Numbers = field(default_factory=dict)


class Events:
    """The topics of one process. Every method may be called from any thread, and returns at once.

    Several servers need a feed between them, such as a table that each of them reads; it would call
    `publish` here for what the others did.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clock = self._forgotten = time.time_ns() // 1_000_000
        self._topics: OrderedDict[str, Now] = OrderedDict()
        self._listening: defaultdict[str, set[Subscription]] = defaultdict(set)

    def publish(self, *topics: str) -> None:
        """What these are about is no longer as it was drawn."""
        with self._lock:
            for topic in topics:
                self._clock += 1
                self._put(topic, Now(self._clock, self._now(topic).numbers))

    def progress(self, topic: str, numbers: Numbers) -> None:
        """How far it is: only numbers have changed, which a page shows without being drawn anew."""
        with self._lock:
            self._put(topic, Now(self._now(topic).version, numbers))

    def now(self, topic: str) -> Now:
        with self._lock:
            return self._now(topic)

    def versions(self, *topics: str) -> dict[str, int]:
        """To be read before the data that a page shows of these topics."""
        with self._lock:
            return {topic: self._now(topic).version for topic in topics}

    def subscribe(self, wake: Callable[[], None]) -> "Subscription":
        """wake: called in the publisher's thread, once before each `take`. It must not block."""
        return Subscription(self, wake)

    def close(self) -> None:
        """Let everybody who listens go: the process ends, or begins anew."""
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
    """Collects which of its topics have changed since it was asked last."""

    def __init__(self, events: Events, wake: Callable[[], None]) -> None:
        self._events, self._wake = events, wake
        self._topics: frozenset[str] = frozenset()
        self._changed: set[str] = set()
        self.is_over = False

    def listen(self, topics: Iterable[str]) -> None:
        """To these and no others; the new ones count as changed."""
        with self._events._lock:
            wanted = frozenset(topics)
            self._leave(self._topics - wanted)
            for topic in wanted - self._topics:
                self._events._listening[topic].add(self)
                self.mark(topic)
            self._topics = wanted

    def take(self) -> dict[str, Now]:
        """The topics that have changed, as they are now."""
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


# ---- What topics are called ----

STARTERS = "starters"


def clips(kind: str, browser: str) -> str:
    """Which clips of that kind this browser has in the making, and what became of them."""
    return f"{kind}s/{browser}"


def clip(clip_id: int) -> str:
    """How far one clip is."""
    return f"clip/{clip_id}"


def batch(batch_id: int) -> str:
    """How far the recording of a script is."""
    return f"batch/{batch_id}"


def rows(batch_id: int) -> str:
    """What has become of each of its clips."""
    return f"rows/{batch_id}"


def test(test_id: int) -> str:
    """A listening test: its votes, and whether it is open."""
    return f"test/{test_id}"
