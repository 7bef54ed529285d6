"""Keep the outcomes of charges while the database cannot be written."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from lib.errors import StorageError
from lib.library import private
from lib.library.entry import LedgerEntry
from lib.library.files import Files
from lib.library.ledger import Ledger
from lib.library.outcome import Outcome

log = logging.getLogger("soundcheck.library")


class Backlog:
    """Outcomes in memory, and if possible also in `folder`, where a restart finds them."""

    def __init__(self, ledger: Ledger, files: Files, folder: Path) -> None:
        self._ledger = ledger
        self._files = files
        self._folder = folder
        self._lock = threading.Lock()
        self._waiting: dict[str, Outcome] = {}
        self._written: list[LedgerEntry] = []
        self._unreadable: set[Path] = set()  # already in the log

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def write(self, outcome: Outcome) -> LedgerEntry | None:
        """Close the entry of the ledger now; None if the outcome is kept for later."""
        try:
            return self._write_down(outcome)
        except StorageError as error:
            log.error("charge %s: %s is not written down yet: %s",
                      outcome.entry_id, outcome.state, error)  # fmt: skip
            with self._lock:
                self._waiting[outcome.entry_id] = outcome
            self._put_into_folder(outcome)
            return None

    def flush(self) -> None:
        """Write as many of the outcomes kept by this process as possible."""
        with self._lock:
            # Outcomes without sound first: they can be written even if the file store is full.
            waiting = sorted(self._waiting.values(), key=lambda each: each.sound is not None)
        for outcome in waiting:
            try:
                entry = self._write_down(outcome)
            except StorageError:
                break
            self._forget(outcome.entry_id)
            if entry:
                with self._lock:
                    self._written.append(entry)

    def take_written(self) -> list[LedgerEntry]:
        """The entries written late since the last call: their clips can be finished now."""
        with self._lock:
            written, self._written = self._written, []
        return written

    def holds_paid(self, entry_id: str) -> bool:
        """Whether a charge is known to be paid although the ledger does not say so yet."""
        with self._lock:
            outcome = self._waiting.get(entry_id)
        return outcome is not None and outcome.state == "paid"

    def adopt(self) -> None:
        """Write the outcomes that dead processes left in the folder. Raises StorageError.

        Outcomes of unknown charges stay: a newer copy of the library may know them.
        """
        for file, outcome in self._in_folder():
            if outcome.entry_id not in self._waiting and self._ledger.has(outcome.entry_id):
                self._write_down(outcome)
                file.unlink(missing_ok=True)

    def _write_down(self, outcome: Outcome) -> LedgerEntry | None:
        if outcome.sound is not None:
            self._files.put(str(outcome.columns["address"]), outcome.sound)
        return self._ledger.write(outcome)

    def _put_into_folder(self, outcome: Outcome) -> None:
        target = self._file_of(outcome.entry_id)
        try:
            private.make_folder(self._folder)
            part = target.with_suffix(".part")
            with open(part, "w", encoding="utf-8", opener=_for_owner_alone) as file:
                file.write(outcome.to_json())
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            log.error("charge %s is in memory alone: %s", outcome.entry_id, error)

    def _in_folder(self) -> Iterator[tuple[Path, Outcome]]:
        for file in sorted(self._folder.glob("sc-*.json")):
            try:
                yield file, Outcome.from_json(file.read_text(encoding="utf-8"))
            except (OSError, ValueError, TypeError, KeyError) as error:
                if file not in self._unreadable:
                    log.error("%s cannot be read and stays: %s", file, error)
                self._unreadable.add(file)

    def _forget(self, entry_id: str) -> None:
        with self._lock:
            self._waiting.pop(entry_id, None)
        self._file_of(entry_id).unlink(missing_ok=True)

    def _file_of(self, entry_id: str) -> Path:
        return self._folder / f"{entry_id}.json"


def _for_owner_alone(path: str, flags: int) -> int:
    # The address of a sound may be signed, which makes it a secret.
    return os.open(path, flags, 0o600)
