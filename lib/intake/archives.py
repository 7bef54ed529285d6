"""Files that are ZIP archives inside, as Excel and Word write them, made safe to open."""

import io
import re
import zipfile
from dataclasses import dataclass

from lib.errors import InvalidRequestError, SpeechError

ENTRIES_MAX = 2_000
UNPACKED_MAX_BYTES = 100_000_000
# What repeats itself for ever packs a thousandfold. So may an honest table of equal rows do, which
# the limits of XML are for; only beyond a size is the ratio itself a sign.
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
    """How much XML a library may be given, over all parts of a file.

    tags: beginnings and ends of elements, each a "<": what costs is elements, not bytes.
    """

    xml_bytes: int
    tags: int


def names(name: str, data: bytes) -> frozenset[str]:
    """The names in the archive, empty if it is damaged. Raises InvalidRequestError for too many."""
    # Python's own reader makes an object of each before it tells how many there are.
    if data.count(DIRECTORY_ENTRY) > ENTRIES_MAX:
        raise _too_large(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return frozenset()


def checked(name: str, data: bytes, limits: Limits) -> io.BytesIO:
    """The archive, once every part of it has been unpacked within limits, a block at a time.

    An archive may lie about its sizes, and then the libraries that open it unpack gigabytes. Raises
    InvalidRequestError for a bomb, for too much work, for a password or a damaged archive.
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
        # Each kind of compression has errors of its own, without a common base class.
        raise damaged(name, error) from error
    file.seek(0)
    return file


def outnumbers(file: io.BytesIO, pattern: re.Pattern[bytes], part: str) -> bool:
    """Whether something is in a part of a checked archive more often than there are parts."""
    with zipfile.ZipFile(file) as archive:
        return len(pattern.findall(archive.read(part))) > len(archive.namelist())


def has(file: io.BytesIO, pattern: re.Pattern[bytes]) -> bool:
    """Whether something is in any of the XML of a checked archive."""
    with zipfile.ZipFile(file) as archive:
        parts = [part for part in archive.namelist() if part.endswith(".xml")]
        return any(pattern.search(archive.read(part)) for part in parts)


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
    """How many bytes a part really has, and how many "<"; zeros for what is no XML, as a picture.

    Raises ValueError for definitions of its own: Office writes none, and entities may be an attack.
    """
    size = tags = 0
    is_xml = False
    with archive.open(entry) as file:
        # In blocks: reading it whole unpacks it whole, whatever size was declared.
        while block := file.read(BLOCK_BYTES):
            if not size:
                # By what is in it: a workbook may call its sheets as it likes.
                is_xml = block.lstrip(BEFORE_XML)[:1] in (b"<", b"")
                if DECLARATION in block[:2_000]:
                    raise ValueError(f"a DOCTYPE in {entry.filename}")
            size += len(block)
            tags += block.count(b"<")
    return (size, tags) if is_xml else (0, 0)
