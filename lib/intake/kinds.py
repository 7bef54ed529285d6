"""Detect the type of a file from its content, not from its name."""

import re
from pathlib import PurePath
from typing import Literal, NamedTuple

from lib.errors import InvalidRequestError
from lib.intake import archives

Kind = Literal["workbook", "document", "text"]


class Foreign(NamedTuple):
    """A type of file that cannot be imported: what it is, and what to use instead."""

    thing: str
    save_as: str


TEXT_OR_WORD = "Save it as Word (.docx) or plain text (.txt), then bring that in."
WORD = "Save it as a Word document (.docx), then bring that in."
EXCEL = "Save it as an Excel workbook (.xlsx) or as CSV, then bring that in."
WRITTEN = "Bring in a text, a Word document, a table or captions."
PICTURE = Foreign("a picture", f"Words in it cannot be read. {WRITTEN}")
SOUND = Foreign("a sound or a film", WRITTEN)
PACKED = Foreign("an archive of files", "Unpack it, then bring in the file you need.")
LOCKED = Foreign("protected by a password", "Save a copy without a password, then bring that in.")
WEB_PAGE = Foreign(
    "a web page inside, whatever its name says",
    "Open it in a browser or in Excel, save it as .xlsx, .csv or plain text, then bring that in.",
)
STRICT = Foreign(
    "saved as Strict Open XML, which cannot be read",
    'Save it anew, as plain "Excel Workbook" or "Word Document", then bring that in.',
)

# By the first bytes.
BEGINNINGS: tuple[tuple[bytes, Foreign], ...] = (
    (b"%PDF-", Foreign("a PDF", TEXT_OR_WORD)),
    (b"{\\rtf", Foreign("a Rich Text document (.rtf)", WORD)),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"fLaC", SOUND),
    (b"\x1f\x8b", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"Rar!", PACKED),
    (b"PK\x05\x06", PACKED),
)
# By a name in the directory of an old Office file, in UTF-16.
OLD_OFFICE: tuple[tuple[str, Foreign], ...] = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", Foreign("an old Word document (.doc)", WORD)),
    ("Workbook", Foreign("an old Excel workbook (.xls)", EXCEL)),
    ("PowerPoint Document", Foreign("an old presentation (.ppt)", TEXT_OR_WORD)),
    ("Book", Foreign("an old Excel workbook (.xls)", EXCEL)),
)
# By a name inside the archive.
ARCHIVES: tuple[tuple[str, Foreign], ...] = (
    ("xl/workbook.bin", Foreign("a binary Excel workbook (.xlsb)", EXCEL)),
    ("ppt/presentation.xml", Foreign("a presentation", TEXT_OR_WORD)),
    ("META-INF/container.xml", Foreign("an e-book", TEXT_OR_WORD)),
)
OPEN_DOCUMENTS: tuple[tuple[bytes, Foreign], ...] = (
    (b"opendocument.text", Foreign("an OpenDocument text (.odt)", WORD)),
    (b"opendocument.spreadsheet", Foreign("an OpenDocument spreadsheet (.ods)", EXCEL)),
    (b"opendocument", Foreign("an OpenDocument file", TEXT_OR_WORD)),
)
APPLE: dict[str, Foreign] = {
    ".numbers": Foreign("a Numbers document", f"In Numbers, export it. {EXCEL}"),
    ".pages": Foreign("a Pages document", f"In Pages, export it. {WORD}"),
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = re.compile(
    rb"\s*(<!doctype html|<html|<table|<\?xml[^>]{0,200}>\s{0,99}<html)", re.IGNORECASE
)
XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
MAIN_PARTS: dict[str, Kind] = {"xl/workbook.xml": "workbook", "word/document.xml": "document"}


def kind_of(name: str, data: bytes) -> Kind:
    """Raises InvalidRequestError, with what to do instead, for a file that cannot be imported."""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(name, data)
    foreign = next((other for begin, other in BEGINNINGS if data.startswith(begin)), None)
    if data.startswith(OLE):
        foreign = _old_office(data)
    elif data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        foreign = PICTURE if data[8:12] in (b"WEBP", b"heic", b"avif", b"mif1") else SOUND
    elif HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:1_000]):
        foreign = WEB_PAGE
    elif XML_WORKBOOK in data[:2_000]:
        foreign = Foreign("an old XML spreadsheet", EXCEL)
    if foreign:
        raise _refused(name, foreign)
    return "text"


def _kind_of_archive(name: str, data: bytes) -> Kind:
    inside = archives.names(name, data)
    for part, kind in MAIN_PARTS.items():
        if part in inside:
            return kind
    foreign = next((other for part, other in ARCHIVES if part in inside), PACKED)
    # An OpenDocument file states its type in its first bytes, without compression.
    if b"mimetypeapplication/vnd.oasis" in data[:200]:
        foreign = next(other for mark, other in OPEN_DOCUMENTS if mark in data[:200])
    elif any(part.endswith(".iwa") for part in inside) or "Index.zip" in inside:
        foreign = APPLE.get(PurePath(name).suffix.lower(), Foreign("an iWork file", TEXT_OR_WORD))
    elif not inside:
        foreign = Foreign("a damaged archive", "Save or download it anew, then bring that in.")
    raise _refused(name, foreign)


def _old_office(data: bytes) -> Foreign:
    found = (other for mark, other in OLD_OFFICE if mark.encode("utf-16-le") in data)
    return next(found, Foreign("an old Office file", TEXT_OR_WORD))


def _refused(name: str, foreign: Foreign) -> InvalidRequestError:
    return InvalidRequestError(f"{name} is {foreign.thing}.", hint=foreign.save_as)


def strict(name: str) -> InvalidRequestError:
    """The error for a file in Strict Open XML, which the libraries cannot read."""
    return _refused(name, STRICT)
