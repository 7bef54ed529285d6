"""Check the ZIP archives that Excel and Word write, so that they are safe to open."""

import io
import re
import zipfile
from dataclasses import dataclass

from lib.errors import InvalidRequestError, SpeechError

ENTRIES_MAX = 2_000
UNPACKED_MAX_BYTES = 100_000_000
# Repeated bytes are compressed a thousandfold, in a bomb and also in an honest table of equal rows.
# So the ratio counts only above a size; below it the limits of XML are enough.
RATIO_MAX = 100
ANY_RATIO_MAX_BYTES = 20_000_000
BLOCK_BYTES = 65_536
ENCRYPTED = 0x1
DIRECTORY_ENTRY = b"PK\x01\x02"
BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
DECLARATION = b"<!DOCTYPE"
STRICT_NAMESPACE = b"purl.oclc.org/ooxml"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much XML the parts of a file may have together.

    tags: start and end tags, counted as "<": elements cost time, bytes do not.
    """

    xml_bytes: int
    tags: int


def names(name: str, data: bytes) -> frozenset[str]:
    """The names in the archive; none if damaged. Raises InvalidRequestError for too many."""
    # Python's zipfile makes an object for each name before it can count them.
    if data.count(DIRECTORY_ENTRY) > ENTRIES_MAX:
        raise _too_large(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def checked(name: str, data: bytes, limits: Limits) -> io.BytesIO:
    """The archive, after every part was unpacked block by block and is within the limits.

    An archive may state wrong sizes, and libraries would then unpack gigabytes. Raises
    InvalidRequestError for a bomb, too much XML, a password or a damaged archive.
    """
    file = io.BytesIO(data)
    try:
        with zipfile.ZipFile(file) as archive:
            _check(name, archive.infolist())
            xml_bytes = tags = 0
            for entry in archive.infolist():
                part_bytes, part_tags = _xml_in(archive, entry)
                xml_bytes, tags = xml_bytes + part_bytes, tags + part_tags
                if xml_bytes > limits.xml_bytes or tags > limits.tags:
                    raise too_much_work(name)
    except (SpeechError, MemoryError):
        raise
    except Exception as error:
        # Each compression method has its own errors, without a common base class.
        raise damaged(name, error) from error
    file.seek(0)
    return file


def outnumbers(file: io.BytesIO, pattern: re.Pattern[bytes], part: str) -> bool:
    """Whether `pattern` is in `part` of a checked archive more often than there are parts."""
    with zipfile.ZipFile(file) as archive:
        return len(pattern.findall(archive.read(part))) > len(archive.namelist())


def has(file: io.BytesIO, pattern: re.Pattern[bytes]) -> bool:
    """Whether `pattern` is in any XML part of a checked archive."""
    with zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.namelist() if part.endswith(".xml")]
        return any(pattern.search(archive.read(part)) for part in parts)


def count(file: io.BytesIO, word: bytes) -> int:
    """How often a word is in all parts of a checked archive together."""
    with zipfile.ZipFile(file) as archive:
        return sum(archive.read(part).count(word) for part in archive.namelist())


def is_strict(file: io.BytesIO, main_part: str) -> bool:
    """Whether Office saved it as Strict Open XML, which the libraries cannot read."""
    with zipfile.ZipFile(file) as archive:
        return STRICT_NAMESPACE in archive.read(main_part)[:2_000]


def damaged(name: str, error: Exception) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} is damaged, or was not written the way Office writes it.",
        hint="Open it in the program it comes from, save it anew, then bring that in.",
        detail=repr(error),
    )


def too_much_work(name: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} takes too much work to read.",
        hint="Copy the part you need into a new file, then bring that in.",
    )


def _too_large(name: str) -> InvalidRequestError:
    return InvalidRequestError(
        f"{name} is too large once it is unpacked.",
        hint="Copy the part you need into a new file, then bring that in.",
    )


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise InvalidRequestError(
            f"{name} is protected by a password.",
            hint="Save a copy without a password, then bring that in.",
        )
    if sum(entry.file_size for entry in entries) > UNPACKED_MAX_BYTES:
        raise _too_large(name)
    if any(
        entry.file_size > max(ANY_RATIO_MAX_BYTES, RATIO_MAX * entry.compress_size)
        for entry in entries
    ):
        raise _too_large(name)


def _xml_in(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """The real number of bytes in an XML part, and of "<"; zeros for other parts, as pictures.

    Raises ValueError for a DTD: Office writes none, and its entities may be an attack.
    """
    size = tags = 0
    is_xml = False
    with archive.open(entry) as file:
        # Read in blocks: one read would unpack all of it, whatever size was declared.
        while block := file.read(BLOCK_BYTES):
            if not size:
                # By the content: a workbook may give its parts any name.
                is_xml = block.lstrip(BEFORE_XML)[:1] in (b"<", b"")
                if DECLARATION in block[:2_000]:
                    raise ValueError(f"a DOCTYPE in {entry.filename}")
            size += len(block)
            tags += block.count(b"<")
    return (size, tags) if is_xml else (0, 0)
