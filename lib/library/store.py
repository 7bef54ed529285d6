"""The library's file store: sound files, the mark file with the library's id, and the trash."""

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
TAKE_OVER = "take over"  # the operator writes this into the mark to use this store
TRASH = "soundcheck-trash"
OURS = re.compile(r"[a-z][a-z0-9]*-[0-9a-f]{32}(\.[a-z0-9]+)?")
ABOUT = "The sound of a Soundcheck library. Without this file Soundcheck does not use the folder."


class Store(Files):
    """Files in a store with a mark file, which has the id of the library that owns them.

    Nothing is written before `take` or `enter` has set that id.
    """

    library_id = ""
    _our_bytes = b""  # content of the mark file

    def mark(self) -> str | None:
        """The id in the mark, or TAKE_OVER; "" for an unreadable mark, None without a mark.

        Raises StorageError if the store cannot be reached.
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
        """Use the store, whose mark has the id of this library."""
        self.library_id = library_id
        self._our_bytes = _text_of(library_id)
        self.half = f".soundcheck-{library_id}-"

    def take(self, library_id: str) -> None:
        """Write the mark of this library into the store; other files do not change."""
        self.make_root()
        with as_storage_errors(), self._writing_at(str(self._root / MARK)) as file:
            file.write(_text_of(library_id))
        self.enter(library_id)

    def check_mark(self) -> None:
        """Raises StorageError if this is not the library's store any more. Then a missing file may
        still exist elsewhere, and nothing may be bought or written.
        """
        # In a local folder the bytes are compared directly, which is fast.
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
        """Whether the store has the mark or files of a library; False if the mark is TAKE_OVER."""
        mark = self.mark()
        return mark != TAKE_OVER if mark is not None else self.holds_sound()

    def holds_sound(self) -> bool:
        """Whether the store has files of a library."""
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
        """Whether the file exists; a file in the trash is restored.

        False means that it is gone for good. Raises StorageError if that cannot be known.
        """
        if self.exists(name):
            return True
        self.check_mark()
        return self._move(self._trashed(name), self._path(name))

    def trash(self, name: str) -> bool:
        """Move the file to the trash of the store. False if it did not exist."""
        return self._move(self._path(name), self._trashed(name))

    def is_in_trash(self, name: str) -> bool:
        return self._info(self._trashed(name)) is not None

    def delete_from_trash(self, name: str) -> None:
        with as_storage_errors(), suppress(FileNotFoundError):
            self._store.rm_file(self._trashed(name))

    def _check_folder(self) -> None:
        # If a network folder is not mounted any more, an empty local folder is in its place.
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
