"""The library's store of sound: its files, the mark that says whose it is, and its trash."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from lib.errors import StorageError
from lib.library import private
from lib.library.files import Files, as_storage_errors, as_unreachable

MARK = "soundcheck-library.json"
TAKE_OVER = "take over"  # in place of a mark: whoever runs Soundcheck wants this store to be used
TRASH = "soundcheck-trash"
OURS = re.compile(r"[a-z][a-z0-9]*-[0-9a-f]{32}(\.[a-z0-9]+)?")
ABOUT = "The sound of a Soundcheck library. Without this file Soundcheck does not use the folder."


class Store(Files):
    """Files, in a store that carries the id of the library whose they are.

    Nothing is written before `take` or `enter` has said which library that is.
    """

    library_id = ""
    _our_bytes = b""  # of the mark

    def mark(self) -> str | None:
        """The id of the library whose store this is, TAKE_OVER, "" for a mark that cannot be read.

        None where there is no mark. Raises StorageError if the store cannot be reached.
        """
        with as_unreachable():
            written = bytes(self._store.cat_file(str(self._root / MARK)))
            text = written.decode("utf-8-sig", errors="replace")
            if text.strip().lower() == TAKE_OVER:
                return TAKE_OVER
            try:
                return str(json.loads(text)["library"])
            except (ValueError, KeyError, TypeError):
                return ""
        return None

    def enter(self, library_id: str) -> None:
        """The mark is this library's: its files may be used."""
        self.library_id = library_id
        self._our_bytes = _text_of(library_id)
        self.half = f".soundcheck-{library_id}-"

    def take(self, library_id: str) -> None:
        """Put the library's mark into the store; nothing that is there is changed."""
        self.make_root()
        with as_storage_errors(), self._writing_at(str(self._root / MARK)) as file:
            file.write(_text_of(library_id))
        self.enter(library_id)

    def check_mark(self) -> None:
        """Raises StorageError unless this is still the library's store: no file in it is then gone,
        and none may be bought or written.
        """
        # The bytes as we wrote them, in a folder here, need no driver and no reading.
        if self.is_local and self._has_our_bytes():
            return
        if self.mark() != self.library_id:
            raise StorageError(
                f"The folder of the sound files is not there, or is another one: {self.place}",
                hint="Nothing was bought or deleted. Ask whoever runs Soundcheck to connect it "
                "again.",
            )

    def _has_our_bytes(self) -> bool:
        try:
            return Path(self._root / MARK).read_bytes() == self._our_bytes
        except OSError:
            return False

    def is_in_use(self) -> bool:
        """Whether a library's mark or files are here; not after somebody has said TAKE_OVER."""
        mark = self.mark()
        if mark is not None:
            return mark != TAKE_OVER
        return any(OURS.fullmatch(file.name) for file in self.listed())

    def check_room(self, expected_bytes: int = 0) -> None:
        self._check_folder()
        super().check_room(expected_bytes)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        self._check_folder()
        with super().writing(name) as file:
            yield file

    def has(self, name: str) -> bool:
        """Whether the file is here, or was in the trash and is here again.

        False means that it is gone. Raises StorageError where nobody can know that.
        """
        if self.exists(name):
            return True
        self.check_mark()
        return self._move(self._trashed(name), self._path(name))

    def trash(self, name: str) -> bool:
        """Out of the way, and still in the store. False if it was not there."""
        return self._move(self._path(name), self._trashed(name))

    def is_in_trash(self, name: str) -> bool:
        return self._info(self._trashed(name)) is not None

    def delete_from_trash(self, name: str) -> None:
        with as_storage_errors(), suppress(FileNotFoundError):
            self._store.rm_file(self._trashed(name))

    def _check_folder(self) -> None:
        # A folder may be a network's that is no longer mounted, and an empty one lies beneath.
        if self.is_local:
            self.check_mark()

    def _trashed(self, name: str) -> str:
        return str(self._root / TRASH / self._folder(name).name / name)

    def _move(self, source: str, target: str) -> bool:
        if self._info(source) is None:
            return False
        with as_storage_errors():
            if self.is_local:
                private.make_folder(Path(target).parent)
                os.replace(source, target)
            else:
                self._store.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
                self._store.cp_file(source, target)
                self._store.rm_file(source)
        return True


def _text_of(library_id: str) -> bytes:
    return json.dumps({"library": library_id, "about": ABOUT}, indent=2).encode() + b"\n"
