"""Putting away the files that this library wrote and needs no more; never anything else."""

import logging
import time
from collections.abc import Callable, Collection, Mapping

from lib import money
from lib.library.clips import KEEP_DELETED_S, Clips
from lib.library.files import HOUR_S, Stored
from lib.library.notes import PreferenceStore
from lib.library.store import OURS, TRASH, Store
from lib.library.written import Written

log = logging.getLogger("soundcheck.library")

SHARE_MAX = 0.05  # of the store's files, or of their bytes: more than that is no leftover
DAY_S = 86_400.0
KEEP_DAYS = round(KEEP_DELETED_S / DAY_S)
DAYS = "days"
NAMED_MAX = 20


class Sweeper:
    """held_back: why nothing is put away, for Settings; empty where all is well.

    wanted: the names of all files that a row points at.
    """

    held_back = ""

    def __init__(
        self,
        store: Store,
        written: Written,
        clips: Clips,
        preferences: PreferenceStore,
        wanted: Callable[[], set[str]],
    ) -> None:
        self._store = store
        self._written = written
        self._clips = clips
        self._preferences = preferences
        self._wanted = wanted

    def sweep(self) -> int:
        """Move what no row points at into the trash; how many files.

        That is what this library noted as written over an hour ago. If any of it was paid for, or
        it is more than a few per cent of all, something else is wrong, and nothing is touched.
        """
        self._store.check_mark()
        written = self._written.all()
        listed = {each.name: each for each in self._store.listed() if self._is_ours(each, written)}
        unneeded = written.keys() - self._wanted()
        going = [listed[name] for name in unneeded & listed.keys()]
        going = [each for each in going if each.is_older_than(HOUR_S)]
        self.held_back = self._doubt([each for each in going if written[each.name]], going, listed)
        if self.held_back:
            log.warning("%s %s", self.held_back, ", ".join(each.name for each in going[:NAMED_MAX]))
            return 0
        horizon_s = self._horizon_s()
        gone = [each.name for each in going] + self._clips.purge(horizon_s)
        for name in gone:
            self.put_away(name)
        self._forget(unneeded - listed.keys())
        self._empty_trash(horizon_s)
        self._store.delete_half_written()
        return len(gone)

    def put_away(self, name: str) -> None:
        """Into the trash, for KEEP_DAYS."""
        if self._store.trash(name):
            log.info("no longer needed, in %s now: %s", TRASH, name)
            self._written.trashed(name)

    def _is_ours(self, file: Stored, written: Collection[str]) -> bool:
        return file.name in written or bool(OURS.fullmatch(file.name))

    def _doubt(self, paid: list[Stored], going: list[Stored], listed: Mapping[str, Stored]) -> str:
        all_bytes, going_bytes = (
            sum(each.size_bytes for each in files) for files in (listed.values(), going)
        )
        if paid:
            what = f"{money.count(len(paid), 'sound file')} that cost money"
        elif len(going) > SHARE_MAX * len(listed) or going_bytes > SHARE_MAX * all_bytes:
            what = f"{len(going):,} of {money.count(len(listed), 'sound file')}"
        else:
            return ""
        return (
            f"No clip uses {what} ({money.size(sum(each.size_bytes for each in paid or going))}), "
            "as after an older copy of the database was put back. They are kept, and so is all "
            "else. The log names them: what nobody wants can be moved out of the folder by hand."
        )

    def _forget(self, names: Collection[str]) -> None:
        """Of what is gone from its place; not of what a crash left in the trash unnoted."""
        for name in (trashed := {name for name in names if self._store.is_in_trash(name)}):
            self._written.trashed(name)
        self._written.forget(set(names) - trashed)

    def _empty_trash(self, horizon_s: float) -> None:
        names = set(self._written.trashed_before(horizon_s)) - self._wanted()
        for name in names:
            log.info("deleted after %d days in %s: %s", KEEP_DAYS, TRASH, name)
            self._store.delete_from_trash(name)
        self._written.forget(names)

    def _horizon_s(self) -> float:
        """What is older has lain for KEEP_DAYS, and on as many days Soundcheck ran.

        A clock that is set forward by a year counts as one day, and as none when it is set back.
        """
        now_s = time.time()
        kept = self._preferences.recall(DAYS) or []
        days = [day_s for day_s in kept if day_s <= now_s]
        if not days or now_s - days[-1] >= DAY_S:
            days = [*days, now_s][-KEEP_DAYS - 1 :]
        if days != kept:
            self._preferences.remember({DAYS: days})
        return min(days[0], now_s - KEEP_DELETED_S) if len(days) > KEEP_DAYS else 0.0
