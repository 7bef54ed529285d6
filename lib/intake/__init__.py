"""Import files: read them as a text or as a table, and turn a table into lines of a script."""

from pathlib import PurePath

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import captions, decoding, delimited, documents, kinds, workbooks
from lib.intake.brought import (
    CELL_MAX_CHARS,
    FILE_MAX_BYTES,
    ROWS_MAX,
    Sheet,
    Words,
    check_words,
)
from lib.intake.columns import Brought, Mapping, guess, lines
from lib.intake.filled import filled

__all__ = [
    "CELL_MAX_CHARS",
    "FILE_MAX_BYTES",
    "ROWS_MAX",
    "Brought",
    "Mapping",
    "Sheet",
    "Words",
    "filled",
    "guess",
    "lines",
    "read",
]

TABLE_ENDINGS = frozenset((".csv", ".tsv", ".tab"))


def read(name: str, data: bytes) -> Words | Sheet:
    """Read a TXT, Markdown, DOCX, CSV, XLSX, SRT or VTT file; its content tells which it is.

    name: for messages, and to tell a table of one column from a text. Nothing in the file is run
    or fetched. Raises InvalidRequestError, which says what to do, for all other files.
    """
    name = PurePath(name.replace("\\", "/")).name or "This file"
    if len(data) > FILE_MAX_BYTES:
        raise InvalidRequestError(
            f"{name} has {money.size(len(data))}; {money.size(FILE_MAX_BYTES)} is the most.",
            hint="Split it, or save the part you need as a file of its own.",
        )
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidRequestError(f"{name} is empty.", hint="Choose another file.")
    match kinds.kind_of(name, data):
        case "workbook":
            return workbooks.read(name, data)
        case "document":
            return check_words(name, documents.read(name, data))
        case "text":
            return _read_text(name, data)


def _read_text(name: str, data: bytes) -> Words | Sheet:
    text, notes = decoding.decode(name, data)
    if captions.is_captions(text):
        return captions.read(name, text, notes)
    if PurePath(name).suffix.lower() in TABLE_ENDINGS or delimited.is_table(text):
        return delimited.read(name, text, notes)
    return check_words(name, Words(text, notes))
