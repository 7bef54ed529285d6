"""The states of clips on their way into the library, which may not take them at once."""

import logging
import threading

from lib.errors import StorageError
from lib.jobs.telling import Telling
from lib.library import Library
from lib.library.clip import State
from lib.library.problem import Problem

log = logging.getLogger("soundcheck.jobs")


class States:
    """Writes them, now or as soon as the library can be written. lock: under which jobs change."""

    def __init__(self, library: Library, telling: Telling, lock: threading.Condition) -> None:
        self._library = library
        self._telling = telling
        self._lock = lock
        self._unsaid: dict[int, tuple[State, Problem | None]] = {}  # by clip

    def say(self, clip_id: int, state: State, problem: Problem | None = None) -> None:
        """Write a clip's new state to the library, now or as soon as it can be written."""
        try:
            self._library.clips.move(clip_id, state, problem)
        except StorageError as error:
            log.error("clip %d is %s, which is not written down yet: %s", clip_id, state, error)
            with self._lock:
                self._unsaid[clip_id] = (state, problem)

    def unsay(self, clip_id: int) -> None:
        """Drop the unwritten state of a clip that is made again; called under the lock."""
        self._unsaid.pop(clip_id, None)

    def catch_up(self) -> None:
        """Write the states that could not be written before. Raises StorageError if it fails."""
        for clip_id, said in list(self._unsaid.items()):
            self._library.clips.move(clip_id, *said)
            with self._lock:
                if self._unsaid.get(clip_id) is said:  # no newer state was added meanwhile
                    del self._unsaid[clip_id]
            if clip := self._library.clips.get(clip_id):  # its job may be forgotten by now
                self._telling.clip(clip)
