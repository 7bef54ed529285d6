"""Decode bytes of any usual encoding."""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import spoilt
from lib.intake.brought import named
from lib.intake.guessing import likeliest, wide

UNICODE: Mapping[str, str] = {
    "utf-8": "Any language (UTF-8)",
    "utf-16-le": "Any language (UTF-16, “Unicode”)",
    "utf-16-be": "Any language (UTF-16, big-endian)",
    "utf-32-le": "Any language (UTF-32)",
    "utf-32-be": "Any language (UTF-32, big-endian)",
}
# Old encodings that say nothing of themselves. Of each script the usual one of Windows is first.
# Where Python knows an encoding in two extents, it is the wider one.
OLD: Mapping[str, str] = {
    "cp1252": "Western European (Windows-1252)",
    "iso8859-15": "Western European (ISO 8859-15)",
    "cp850": "Western European (DOS 850)",
    "cp437": "Western European (DOS 437)",
    "mac-roman": "Western European (Mac)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859-2": "Central European (ISO 8859-2)",
    "cp852": "Central European (DOS 852)",
    "mac-latin2": "Central European (Mac)",
    "cp1257": "Baltic (Windows-1257)",
    "iso8859-13": "Baltic (ISO 8859-13)",
    "cp775": "Baltic (DOS 775)",
    "cp1254": "Turkish (Windows-1254)",
    "cp857": "Turkish (DOS 857)",
    "mac-turkish": "Turkish (Mac)",
    "cp1251": "Cyrillic (Windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "koi8-u": "Cyrillic (KOI8-U)",
    "iso8859-5": "Cyrillic (ISO 8859-5)",
    "cp866": "Cyrillic (DOS 866)",
    "mac-cyrillic": "Cyrillic (Mac)",
    "cp1253": "Greek (Windows-1253)",
    "iso8859-7": "Greek (ISO 8859-7)",
    "cp737": "Greek (DOS 737)",
    "cp869": "Greek (DOS 869)",
    "mac-greek": "Greek (Mac)",
    "cp1255": "Hebrew (Windows-1255)",
    "iso8859-8": "Hebrew (ISO 8859-8)",
    "cp862": "Hebrew (DOS 862)",
    "cp1256": "Arabic (Windows-1256)",
    "iso8859-6": "Arabic (ISO 8859-6)",
    "cp1258": "Vietnamese (Windows-1258)",
    "cp874": "Thai (Windows-874)",
    "cp932": "Japanese (Shift-JIS)",
    "euc_jis_2004": "Japanese (EUC-JP)",
    "iso2022_jp_ext": "Japanese (ISO-2022-JP)",
    "gb18030": "Chinese (GB 18030)",
    "big5hkscs": "Chinese (Big5)",
    "cp949": "Korean (Windows-949)",
}
ENCODINGS: Mapping[str, str] = {**UNICODE, **OLD}
# Byte-order marks, the longest first: the one of UTF-32 begins with the one of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
BINARY = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


class Decoded(NamedTuple):
    """encoding: a name of `ENCODINGS`, such as "utf-8" or "cp1252"."""

    text: str
    notes: tuple[str, ...]
    encoding: str


def decode(name: str, data: bytes, encoding: str = "") -> Decoded:
    """The text without byte-order mark and NULs; the notes say what was guessed or lost.

    encoding: the one of `ENCODINGS` to use; guessed if empty. Raises InvalidRequestError for
    another one, and if the bytes are not a text.
    """
    if encoding not in ("", *ENCODINGS):
        raise InvalidRequestError(
            f"{name} cannot be read as “{encoding}”.", hint="Choose another way to read it."
        )
    text, notes, used = (_plain(data, encoding), [], encoding) if encoding else _guessed(data)
    nulls = text.count("\0")
    text = text.replace("\0", "")
    if max(nulls, 10 * len(BINARY.findall(text))) > len(text) / 10 + 10:
        raise InvalidRequestError(
            f"{name} is not a text, a document, a table or captions.",
            hint="Choose another way to read its letters."
            if encoding
            else "Bring in TXT, Markdown, DOCX, CSV, XLSX, SRT or VTT.",
        )
    if nulls:
        was = "was" if nulls == 1 else "were"
        notes.append(f"{money.count(nulls, 'NUL character')} {was} left out.")
    if lost := text.count(UNREADABLE):
        shows = "shows" if lost == 1 else "show"
        notes.append(
            f"{money.count(lost, 'character')} could not be read and {shows} as {UNREADABLE}."
        )
    return Decoded(text, tuple(notes), used)


def _plain(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    # This one has the accents of Vietnamese apart from their letters.
    return unicodedata.normalize("NFC", text) if encoding == "cp1258" else text


def _guessed(data: bytes) -> tuple[str, list[str], str]:
    """Text, notes and encoding."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _plain(data, encoding), [], encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    # Half characters look like controls or NULs; a few stray NULs in a text of bytes do not count.
    halves = data.count(0) > len(data) / 4 or BINARY.search(text)
    if b"\0" in data and (halves or not text) and (encoding := wide(data)):
        return _plain(data, encoding), [], encoding
    if not text:
        return _mixed(data) or _old(data)
    if JAPANESE_SHIFT.search(data):
        return _old(data)
    return text, [], "utf-8"


def _mixed(data: bytes) -> tuple[str, list[str], str] | None:
    found = spoilt.mixed(data, lambda lines: likeliest(lines, OLD))
    if not found:
        return None
    text, numbers, encoding = found
    notes = []
    if numbers:
        lines, were, them = (
            ("Line", "was", "it") if len(numbers) == 1 else ("Lines", "were", "them")
        )
        notes.append(
            f"{lines} {named(numbers)} {were} saved in another way than the rest and {were} read "
            f"as {OLD[encoding]}: look at {them} before you record."
        )
    return text, notes, "utf-8"


def _old(data: bytes) -> tuple[str, list[str], str]:
    if JAPANESE_SHIFT.search(data) and data.isascii():
        encoding = "iso2022_jp_ext"
    else:
        encoding = likeliest(data, OLD) or next(iter(OLD))
    note = (
        f"The letters were read as {OLD[encoding]}: look at them before you record, or choose "
        "another way to read them."
    )
    return _plain(data, encoding), [note], encoding
