"""The folder of large files that are prepared for download."""

import logging
import re

from lib.library.files import Files
from lib.settings import Settings

log = logging.getLogger("soundcheck.take_out")

DAY_S = 86_400.0
OURS = re.compile(r"out-([0-9a-f]{2})[0-9a-f]{30}\.[a-z0-9]+")


class PreparedFiles(Files):
    """A folder on this server's disk. Its files stay at least a day, then they are deleted.

    Raises StorageError if the disk is full.
    """

    half = ".soundcheck-out-"

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            str(settings.data_dir / "take-out"), free_min_bytes=settings.free_disk_min_bytes
        )
        self.make_root()

    def tidy(self) -> None:
        """Delete files older than a day that have a name made by this class."""
        self.delete_half_written()
        for file in self.listed():
            if OURS.fullmatch(file.name) and file.is_older_than(DAY_S):
                log.info("taken out over a day ago, deleted: %s", file.name)
                self.delete(file.name)
