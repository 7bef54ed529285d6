"""Move files that this library wrote and no longer needs to the trash; never other files."""

import logging
import time
from collections.abc import Callable, Collection, Mapping

from lib import money
from lib.library.clips import KEEP_DELETED_S, Clips
from lib.library.files import HOUR_S, Stored
from lib.library.preferences import PreferenceStore
from lib.library.store import OURS, TRASH, Store
from lib.library.written import Written

log = logging.getLogger("soundcheck.library")

SHARE_MAX = 0.05  # of the store's files or bytes: if more is unused, something is wrong
DAY_S = 86_400.0
KEEP_DAYS = round(KEEP_DELETED_S / DAY_S)
DAYS = "days"


class Sweeper:
    """held_back: why no file is moved, as a sentence for Settings; "" if all is well.

    wanted: returns the names of all files that a database row refers to.
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
        """Move files without a row to the trash; returns how many.

        Only files that this library wrote, over an hour ago, are moved. If any of them was paid
        for, or if they are more than 5 % of all, something else is wrong and nothing is moved.
        """
        self._store.check_mark()
        written = self._written.all()
        unneeded = written.keys() - self._wanted()
        found = self._store.listed() if unneeded else ()
        listed = {each.name: each for each in found if self._is_ours(each, written)}
        going = [listed[name] for name in unneeded & listed.keys()]
        going = [each for each in going if each.is_older_than(HOUR_S)]
        self.held_back = self._doubt([each for each in going if written[each.name]], going, listed)
        if self.held_back:
            log.warning("nothing is put away: %s", self.held_back)
            for each in going:
                log.warning("no clip uses it, kept: %s", each.path)
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
        """Move a file to the trash, where it stays for KEEP_DAYS."""
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
        """Delete the notes on missing files; a crash may have left some in the trash: note that."""
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
        """Older files have been in the trash for KEEP_DAYS on which Soundcheck ran (Unix seconds).

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
