"""Store sound files by name in a folder or any fsspec store; a file is complete or absent."""

import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

import fsspec
import fsspec.core

from lib.errors import StorageError
from lib.library import private

log = logging.getLogger("soundcheck.library")

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[a-z0-9]+)?")
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file in the store's list. changed_s: Unix seconds; None if the store does not say."""

    name: str
    path: str
    size_bytes: int
    changed_s: float | None

    def is_older_than(self, age_s: float) -> bool:
        return self.changed_s is not None and self.changed_s < time.time() - age_s


class Files:
    """`put` is atomic: a reader sees the whole file or none. Names are made by Soundcheck only.

    Each file is in a folder named after the two letters after its dash. Other files in the store
    are not ours. Raises StorageError if the disk is full or the store cannot be reached.
    """

    half = ".soundcheck-"  # the prefix of half-written files

    def __init__(self, url: str, *, free_min_bytes: int) -> None:
        self._store, root = fsspec.core.url_to_fs(url)
        self._root = PurePosixPath(root)
        self._free_min_bytes = free_min_bytes
        self.is_local = isinstance(self._store, fsspec.get_filesystem_class("file"))

    def make_root(self) -> None:
        if self.is_local:
            private.make_folder(Path(self._root))

    @property
    def place(self) -> str:
        """The location of the files, to show to people."""
        return str(self._root) if self.is_local else self._store.unstrip_protocol(str(self._root))

    def put(self, name: str, data: bytes) -> None:
        with self.writing(name) as file:
            file.write(data)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A seekable temporary file. It becomes `name` if the block ends without an error."""
        with as_storage_errors():
            target = self._path(name)
            if self.is_local:
                Path(target).parent.mkdir(exist_ok=True)
            with self._writing_at(target) as file:
                yield file

    @contextmanager
    def _writing_at(self, target: str) -> Iterator[BinaryIO]:
        folder = Path(target).parent if self.is_local else None
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=self.half, suffix=".part")
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
        with as_storage_errors():
            return cast(IO[bytes], self._store.open(self._path(name), "rb"))

    def read(self, name: str) -> bytes:
        with as_storage_errors(), self.open(name) as file:
            return file.read()

    def local(self, name: str) -> Path | None:
        """The file on this machine; from a remote store it is fetched and cached. None if gone."""
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
        """Raises StorageError if the store cannot tell, which is different from False."""
        return self._info(self._path(name)) is not None

    def delete(self, name: str) -> None:
        """Delete the file; ignored if it cannot be deleted now."""
        try:
            self._store.rm_file(self._path(name))
        except FileNotFoundError:
            pass
        except OSError as error:
            log.warning("%s could not be deleted: %s", name, error)

    def check_room(self, expected_bytes: int = 0) -> None:
        """Raises StorageError if a file of `expected_bytes` would leave too little free space."""
        needed_bytes = self._free_min_bytes + expected_bytes
        if self.is_local and shutil.disk_usage(self._root).free < needed_bytes:
            raise StorageError(
                "The disk is almost full, so nothing new is made. Nothing was charged.",
                hint="Make room on the disk that holds Soundcheck's data, then try again.",
            )

    def listed(self) -> Iterator[Stored]:
        """The files in the right place for their name, and our half-written ones.

        Raises StorageError if the store cannot be reached.
        """
        for folder in self._ls(str(self._root)):
            place = PurePosixPath(folder["name"]).name
            if folder["type"] != "directory" or len(place) != 2:
                continue
            for info in self._ls(folder["name"]):
                file = _stored(info)
                in_place = file.name.startswith(self.half) or self._folder(file.name).name == place
                if in_place and info["type"] == "file" and not info.get("islink"):
                    yield file
        self._store.invalidate_cache()  # other servers write here too

    def delete_half_written(self) -> None:
        """Delete half-written files that did not change for an hour: their process was killed."""
        for file in self.listed() if self.is_local else ():  # other stores have none
            if file.name.startswith(self.half) and file.is_older_than(HOUR_S):
                log.info("half-written file deleted: %s", file.path)
                with suppress(FileNotFoundError):
                    self._store.rm_file(file.path)

    def _ls(self, path: str) -> list[dict[str, Any]]:
        with as_unreachable():
            return cast(list[dict[str, Any]], self._store.ls(path, detail=True))
        return []

    def _info(self, path: str) -> dict[str, Any] | None:
        with as_unreachable():
            return cast(dict[str, Any], self._store.info(path))
        return None

    def _path(self, name: str) -> str:
        if not NAME.fullmatch(name):
            raise ValueError("not a name of ours")
        return str(self._folder(name) / name)

    def _folder(self, name: str) -> PurePosixPath:
        # Two letters of the hash, since a folder of a hundred thousand files is slow to list.
        return self._root / (name.partition("-")[2][:2] or "00")


def _stored(info: dict[str, Any]) -> Stored:
    changed = info.get("mtime") or info.get("LastModified") or info.get("created")
    if isinstance(changed, datetime):
        changed = changed.timestamp()
    return Stored(
        name=PurePosixPath(info["name"]).name,
        path=info["name"],
        size_bytes=info.get("size") or 0,
        changed_s=changed if isinstance(changed, int | float) else None,
    )


def _sync_folder(folder: Path) -> None:
    """Make the rename durable (not on Windows, which cannot open a folder)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def as_storage_errors() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise StorageError("The sound file is no longer there.") from None
    except OSError as error:
        raise StorageError(f"The sound could not be stored: {error.strerror}.") from None


@contextmanager
def as_unreachable() -> Iterator[None]:
    """Ignore a missing file or folder in the block. Any other error becomes StorageError: drivers
    raise errors of many types, and none of them means that a file is gone.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError):
        pass
    except Exception as error:
        log.error("store unreachable: %s", error)
        raise StorageError("The sound files cannot be reached right now.") from None
