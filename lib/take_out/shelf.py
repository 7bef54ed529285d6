"""Where what is taken out waits to be fetched."""

from lib.library.files import Files
from lib.settings import Settings

DAY_S = 86_400.0


class Shelf(Files):
    """A folder on this server's disk whose files are there for a day at least, then go.

    Raises StorageError when the disk is full.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(
            str(settings.data_dir / "take-out"), free_min_bytes=settings.free_disk_min_bytes
        )

    def tidy(self) -> None:
        """Delete what is older than a day."""
        self.sweep(set(), age_s=DAY_S)
