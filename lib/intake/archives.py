"""Files that are ZIP archives inside, as Excel and Word write them, made safe to open."""

import io
import zipfile

from lib.errors import InvalidRequestError, SpeechError

ENTRIES_MAX = 2_000
UNPACKED_MAX_BYTES = 100_000_000
BLOCK_BYTES = 65_536
ENCRYPTED = 0x1
DECLARATION = b"<!DOCTYPE"
STRICT_NAMESPACE = b"purl.oclc.org/ooxml"


def names(data: bytes) -> frozenset[str]:
    """The names in the archive, empty if it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def unpacked(name: str, data: bytes) -> io.BytesIO:
    """The same archive without compression, read within limits.

    An archive may lie about its sizes, and then the libraries that open it unpack gigabytes. What
    they get is this copy. Raises InvalidRequestError for a bomb, a password or a damaged archive.
    """
    copied = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(copied, "w") as plain:
            entries = {entry.filename: entry for entry in packed.infolist()}
            _check(name, list(entries.values()))
            for entry in entries.values():
                content = _content(packed, entry)
                # Office writes none, and what declares entities may be an attack by them.
                if DECLARATION in content[:2_000]:
                    raise damaged(name, ValueError(f"a DOCTYPE in {entry.filename}"))
                plain.writestr(entry.filename, content)
    except SpeechError:
        raise
    except Exception as error:
        # Each kind of compression has errors of its own, without a common base class.
        raise damaged(name, error) from error
    copied.seek(0)
    return copied


def is_strict(file: io.BytesIO, main_part: str) -> bool:
    """Whether Office saved it in the dialect that the libraries do not know."""
    with zipfile.ZipFile(file) as archive:
        return STRICT_NAMESPACE in archive.read(main_part)[:2_000]


def damaged(name: str, error: Exception) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} is damaged, or was not written the way Office writes it.",
        hint="Open it in the program it comes from, save it anew, then bring that in.",
        detail=repr(error),
    )


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise InvalidRequestError(
            f"{name} is protected by a password.",
            hint="Save a copy without a password, then bring that in.",
        )
    unpacked_bytes = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES_MAX or unpacked_bytes > UNPACKED_MAX_BYTES:
        raise InvalidRequestError(
            f"{name} is too large once it is unpacked.",
            hint="Copy the part you need into a new file, then bring that in.",
        )


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    content = bytearray()
    with packed.open(entry) as file:
        # In blocks: reading it whole unpacks it whole, whatever size was declared.
        while block := file.read(BLOCK_BYTES):
            content += block
    return bytes(content)
