"""Decode bytes of any usual encoding."""

import codecs
import re
from typing import NamedTuple

import charset_normalizer

from lib import money
from lib.errors import InvalidRequestError

# Byte-order marks, the longest first: the one of UTF-32 begins with the one of UTF-16.
MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Old encodings that programs still use by default: the one that Office uses for each script.
GUESSED = {
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1257": "Baltic (Windows-1257)",
    "cp932": "Japanese (Shift-JIS)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean (Windows-949)",
}
SAMPLE_BYTES = 50_000
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
BINARY = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


class Decoded(NamedTuple):
    """encoding: Python's name of it, such as "utf-8" or "cp1252"."""

    text: str
    notes: tuple[str, ...]
    encoding: str


def decode(name: str, data: bytes, encoding: str = "") -> Decoded:
    """The text without byte-order mark and NULs; the notes say what was guessed or lost.

    encoding: the one to use; guessed if empty. Raises InvalidRequestError if the bytes are not a
    text.
    """
    text, note, encoding = _decoded(data)
    notes = [note] if note else []
    nulls = text.count("\0")
    text = text.replace("\0", "")
    if max(nulls, 10 * len(BINARY.findall(text))) > len(text) / 10 + 10:
        raise InvalidRequestError(
            f"{name} is not a text, a document, a table or captions.",
            hint="Bring in TXT, Markdown, DOCX, CSV, XLSX, SRT or VTT.",
        )
    if nulls:
        was = "was" if nulls == 1 else "were"
        notes.append(f"{money.count(nulls, 'NUL character')} {was} left out.")
    if lost := text.count(UNREADABLE):
        notes.append(
            f"{money.count(lost, 'character')} could not be read and shows as {UNREADABLE}."
        )
    return Decoded(text, tuple(notes), encoding)


def _decoded(data: bytes) -> tuple[str, str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), "", encoding
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if encoding := _wide(data, is_utf8=bool(text)):
        return data.decode(encoding, "replace"), "", encoding
    return (text, "", "utf-8") if text else _guessed(data)


def _wide(data: bytes, *, is_utf8: bool) -> str:
    """The encoding if it is UTF-16 without a mark, whose NULs are half characters; else ""."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    # A few stray NULs in a text of single bytes do not count.
    if min(even, odd) or not max(even, odd) or (is_utf8 and even + odd < len(data) / 4):
        return ""
    encoding = "utf-16-le" if odd else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    return encoding if "\n" in text or b"\n" not in data else ""


def _guessed(data: bytes) -> tuple[str, str, str]:
    """Guess UTF-8 with a few broken bytes, or else one of the old encodings."""
    text = data.decode("utf-8", "replace")
    broken = text.count(UNREADABLE)
    if sum(not char.isascii() for char in text) > 10 * broken:
        return text, "", "utf-8"
    sample, size = [], 0
    for line in data.splitlines():
        if not line.isascii() and size + len(line) <= SAMPLE_BYTES:
            sample.append(line)
            size += len(line)
    tried = b"\n".join(sample) or data[:SAMPLE_BYTES]
    matches = charset_normalizer.from_bytes(tried, cp_isolation=list(GUESSED))
    if not matches:
        return data.decode("cp1252", "replace"), "", "cp1252"
    # A short text may be valid in several encodings: the most common one is preferred.
    best = max(matches, key=lambda match: (-match.chaos, match.coherence, _western(match)))
    encoding = "cp1252" if _western(best) else best.encoding
    note = f"Read as {GUESSED.get(encoding, encoding)}: look at the accents before you record."
    return data.decode(encoding, "replace"), note, encoding


def _western(match: charset_normalizer.CharsetMatch) -> bool:
    return "cp1252" in match.could_be_from_charset
