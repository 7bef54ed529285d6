"""The library: recordings, clips, ledger, drafts and preferences of one installation."""

import logging
from typing import NamedTuple

from lib.library.auditions import Auditions
from lib.library.backlog import Backlog
from lib.library.clip import Clip
from lib.library.clips import Clips
from lib.library.database import Database
from lib.library.entry import Entry
from lib.library.files import Files
from lib.library.ledger import Ledger
from lib.library.lexicon import LexiconStore
from lib.library.listening import ListeningTests
from lib.library.listing import Listing
from lib.library.notes import Drafts, PreferenceStore
from lib.library.outcome import aside
from lib.library.processes import Processes
from lib.library.recordings import Recordings
from lib.library.scripts import Scripts
from lib.settings import Settings

log = logging.getLogger("soundcheck.library")


class Left(NamedTuple):
    """What dead processes left: charges whose sound is still to be had, and unfinished clips."""

    owed: list[Entry]
    clips: list[Clip]


class Library:
    """Opens, and on the way migrates, the library that the settings name.

    Raises StorageError when it cannot be used; nothing may then be bought.
    """

    def __init__(self, settings: Settings) -> None:
        self.database = Database(settings.library_url, lock_wait_s=settings.lock_wait_s)
        self.files = Files(settings.sound_url, free_min_bytes=settings.free_disk_min_bytes)
        self.processes = Processes(self.database, settings.servers_dir)
        self.ledger = Ledger(self.database, self.processes.id)
        self.backlog = Backlog(self.ledger, self.files, settings.data_dir / "unwritten")
        self.recordings = Recordings(self.database, self.files, self.processes)
        self.clips = Clips(self.database, self.processes.id)
        self.listing = Listing(self.database)
        self.auditions = Auditions(self.database)
        self.listening = ListeningTests(self.database)
        self.scripts = Scripts(self.database)
        self.lexicon = LexiconStore(self.database)
        self.drafts = Drafts(self.database)
        self.preferences = PreferenceStore(self.database)

    def recover(self) -> Left:
        """Take over what dead processes left. Sends nothing, deletes nothing that was paid for."""
        self.backlog.adopt()
        with self.database.write():
            self.processes.bury()
            sent = self.ledger.sent_by_the_dead()
            in_hand = [entry_id for entry_id in sent if self.files.exists(aside(entry_id))]
            return Left(owed=self.ledger.recover(in_hand), clips=self.clips.recover())

    def purge(self) -> None:
        """Forget clips that were deleted long ago."""
        for file in self.clips.purge():
            self.files.delete(file)

    def sweep(self) -> int:
        """Delete files that no row has pointed at for an hour; returns how many."""
        wanted = self.recordings.files() | self.clips.files() | self.listening.files()
        wanted |= {entry.address for entry in self.ledger.owed() if entry.address}
        return self.files.sweep(wanted)

    def close(self) -> None:
        self.backlog.flush()
        self.processes.leave()
        self.database.close()
