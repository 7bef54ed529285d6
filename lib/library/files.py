"""Sound files by name, in a folder or in any store that fsspec reaches; each whole or not there."""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

import fsspec
import fsspec.core

from lib.errors import StorageError

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[a-z0-9]+)?")
ORPHAN_AGE_S = 3600.0


class Files:
    """`put` is atomic: a reader sees the whole file or none. Names are ours, never a person's.

    Raises StorageError when the disk is full or the store cannot be reached.
    """

    def __init__(self, url: str, *, free_min_bytes: int) -> None:
        self._store, root = fsspec.core.url_to_fs(url)
        self._root = PurePosixPath(root)
        self._free_min_bytes = free_min_bytes
        self.is_local = isinstance(self._store, fsspec.get_filesystem_class("file"))
        if self.is_local:
            Path(root).mkdir(parents=True, exist_ok=True)

    @property
    def place(self) -> str:
        """Where the files are, for people."""
        return str(self._root) if self.is_local else self._store.unstrip_protocol(str(self._root))

    def put(self, name: str, data: bytes) -> None:
        with self.writing(name) as file:
            file.write(data)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A seekable temporary file that takes its place under `name` when the block ends well."""
        with _as_storage_errors():
            target = self._path(name)
            folder = Path(target).parent if self.is_local else None
            if folder:
                folder.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "w+b") as file:
                    yield cast(BinaryIO, file)
                    file.flush()
                    os.fsync(file.fileno())
                if folder:
                    os.replace(temporary, target)
                    _sync_folder(folder)
                else:
                    self._store.put_file(temporary, target)
            finally:
                with suppress(FileNotFoundError):
                    os.unlink(temporary)

    def open(self, name: str) -> IO[bytes]:
        with _as_storage_errors():
            return cast(IO[bytes], self._store.open(self._path(name), "rb"))

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()

    def local(self, name: str) -> Path | None:
        """The file on this machine, fetched and kept there if the store is remote; None if gone."""
        try:
            path = self._path(name)
        except ValueError:
            return None
        if self.is_local:
            file = Path(path)
            return file if file.is_file() and not file.is_symlink() else None
        if not self._store.exists(path):
            return None
        return Path(fsspec.open_local(f"simplecache::{self._store.unstrip_protocol(path)}"))

    def exists(self, name: str) -> bool:
        return bool(self._store.exists(self._path(name)))

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._store.rm_file(self._path(name))

    def check_room(self, expected_bytes: int = 0) -> None:
        """Refuse to make what could not be kept. Raises StorageError below the free minimum."""
        needed_bytes = self._free_min_bytes + expected_bytes
        if self.is_local and shutil.disk_usage(self._root).free < needed_bytes:
            raise StorageError(
                "The disk is almost full, so nothing new is made. Nothing was charged.",
                hint="Make room on the disk that holds Soundcheck's data, then try again.",
            )

    def sweep(self, wanted: set[str], *, age_s: float = ORPHAN_AGE_S) -> int:
        """Delete files not in `wanted`, half-written ones too, that are that old; how many."""
        limit_s = time.time() - age_s
        swept = 0
        for path, info in self._store.find(str(self._root), detail=True).items():
            changed = info.get("mtime") or info.get("LastModified") or limit_s
            changed_s = changed if isinstance(changed, int | float) else changed.timestamp()
            if changed_s < limit_s and PurePosixPath(path).name not in wanted:
                with suppress(FileNotFoundError):
                    self._store.rm_file(path)
                    swept += 1
        return swept

    def _path(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError("not a name of ours")
        return str(self._folder(name) / name)

    def _folder(self, name: str) -> PurePosixPath:
        # Two letters of the hash: folders of a hundred thousand files are slow to list.
        return self._root / (name.partition("-")[2][:2] or "00")


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _as_storage_errors() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise StorageError("The sound file is no longer there.") from None
    except OSError as error:
        raise StorageError(f"The sound could not be stored: {error.strerror}.") from None
