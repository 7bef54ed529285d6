"""The library: recordings, clips, ledger, drafts and preferences of one installation."""

import logging
from typing import NamedTuple

from lib.errors import StorageError
from lib.library import belonging
from lib.library.auditions import Auditions
from lib.library.backlog import Backlog
from lib.library.clip import Clip
from lib.library.clips import Clips
from lib.library.database import Database
from lib.library.drafts import Drafts
from lib.library.entry import LedgerEntry
from lib.library.folds import Folds
from lib.library.ledger import Ledger
from lib.library.lexicon import LexiconStore
from lib.library.listening import ListeningTests
from lib.library.listing import Listing
from lib.library.outcome import aside
from lib.library.preferences import PreferenceStore
from lib.library.processes import Processes
from lib.library.recordings import Recordings
from lib.library.scripts import Scripts
from lib.library.shares import Shares
from lib.library.store import Store
from lib.library.sweeping import Sweeper
from lib.library.written import Written
from lib.settings import Settings

log = logging.getLogger("soundcheck.library")


class Left(NamedTuple):
    """Work that dead processes left: paid charges without their sound, and unfinished clips."""

    owed: list[LedgerEntry]
    clips: list[Clip]


class Library:
    """The library that the settings name. It is opened, and migrated if needed.

    Raises StorageError if it cannot be used; then nothing may be bought.
    """

    def __init__(self, settings: Settings) -> None:
        self.files = Store(settings.sound_url, free_min_bytes=settings.free_disk_min_bytes)
        self.database = Database(
            settings.library_url,
            lock_wait_s=settings.lock_wait_s,
            is_in_use=self.files.is_in_use,
        )
        beside = self.database.file.parent if self.database.file else settings.data_dir
        try:
            self._is_new_here = belonging.meet(self.database, self.files)
            self.processes = Processes(self.database, beside / "servers")
        except StorageError:
            self.database.close()
            raise
        self.ledger = Ledger(self.database, self.processes.id)
        self.backlog = Backlog(self.ledger, self.files, settings.data_dir / "unwritten")
        self.recordings = Recordings(self.database, self.files, self.processes)
        self.clips = Clips(self.database, self.processes.id)
        self.listing = Listing(self.database)
        self.folds = Folds(self.database)
        self.auditions = Auditions(self.database)
        self.listening = ListeningTests(self.database)
        self.shares = Shares(self.database)
        self.scripts = Scripts(self.database)
        self.lexicon = LexiconStore(self.database)
        self.drafts = Drafts(self.database)
        self.preferences = PreferenceStore(self.database)
        self._sweeper = Sweeper(
            self.files, Written(self.database), self.clips, self.preferences, self._wanted
        )

    def recover(self) -> Left:
        """Take over the work of dead processes. Sends nothing, deletes nothing that was paid."""
        self.backlog.adopt()
        with self.database.write():
            self.processes.bury()
            sent = self.ledger.sent_by_the_dead()
            in_hand = [entry_id for entry_id in sent if self.files.exists(aside(entry_id))]
            return Left(owed=self.ledger.recover(in_hand), clips=self.clips.recover())

    def sweep(self) -> int:
        """Move files that this library wrote and no longer needs to the trash; returns how many.

        It does nothing in the first run with a store, whose configuration may still be wrong.
        """
        return 0 if self._is_new_here else self._sweeper.sweep()

    def put_away(self, file: str) -> None:
        """Move the file to the store's trash, where it can be restored for 30 days."""
        self._sweeper.put_away(file)

    @property
    def held_back(self) -> str:
        """Why `sweep` moves nothing, as a sentence; "" if all is well."""
        return self._sweeper.held_back

    def close(self) -> None:
        self.backlog.flush()
        try:
            self.processes.leave()
        finally:
            self.database.close()

    def _wanted(self) -> set[str]:
        """The names of all files that a database row refers to."""
        rows = (self.recordings, self.clips, self.listening, self.ledger)
        return set().union(*(each.files() for each in rows))
