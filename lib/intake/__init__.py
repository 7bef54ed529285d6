"""Import files: read them as a text or as a table, and turn a table into lines of a script."""

import textwrap
from dataclasses import replace
from pathlib import PurePath

from lib import money
from lib.errors import InvalidRequestError
from lib.intake import captions, decoding, delimited, excel, kinds, spoilt, word
from lib.intake.brought import (
    CELL_MAX_CHARS,
    FILE_MAX_BYTES,
    GUESSED,
    ROWS_MAX,
    Choices,
    Kind,
    ReadAs,
    Sheet,
    Words,
    check_words,
    named,
)
from lib.intake.columns import Brought, Mapping, guess, lines, unused
from lib.intake.filled import filled
from lib.script.blocks import left_out

__all__ = [
    "CELL_MAX_CHARS",
    "FILE_MAX_BYTES",
    "GUESSED",
    "ROWS_MAX",
    "Brought",
    "Choices",
    "Mapping",
    "ReadAs",
    "Sheet",
    "Words",
    "filled",
    "guess",
    "lines",
    "read",
    "unused",
]

KINDS: tuple[Kind, ...] = ("text", "table", "captions")
TABLE_ENDINGS = frozenset((".csv", ".tsv", ".tab"))
NOTE_CHARS = 40


def read(name: str, data: bytes, choices: Choices = GUESSED) -> Words | Sheet:
    """Read a TXT, Markdown, DOCX, CSV, XLSX, SRT or VTT file; its content tells which it is.

    name: for messages, and to tell a table of one column from a text. choices: what a person
    wants instead of what would be guessed. Nothing in the file is run or fetched. Raises
    InvalidRequestError, which says what to do, for all other files.
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
            return excel.read(name, data, choices)
        case "document":
            found = word.read(name, data, choices)
            return found if isinstance(found, Sheet) else check_words(name, found)
        case "text":
            return _read_text(name, data, choices)


def _read_text(name: str, data: bytes, choices: Choices) -> Words | Sheet:
    decoded = decoding.decode(name, data, choices.encoding)
    if spoiled := spoilt.spoiled(decoded.text):
        decoded = decoded._replace(notes=(*decoded.notes, spoiled))
    brought = _of_kind(name, decoded, choices)
    read_as = replace(brought.read_as, kinds=KINDS, encoding=decoded.encoding)
    return replace(brought, read_as=read_as)


def _of_kind(name: str, decoded: decoding.Decoded, choices: Choices) -> Words | Sheet:
    text, notes, _ = decoded
    match choices.kind or _kind_of(name, text):
        case "captions":
            return captions.read(name, text, notes)
        case "table":
            return delimited.read(name, text, notes, choices)
        case "text":
            return check_words(name, Words(text, (*notes, *_unsaid(text))))


def _unsaid(text: str) -> list[str]:
    """A note of what Markdown keeps from being said. It stays in the text."""
    lines = "\n".join(text.splitlines())
    left = [f"“{textwrap.shorten(each, NOTE_CHARS, placeholder=' …')}”" for each in left_out(lines)]
    return [f"Comments and what describes the text are not said: {named(left)}."] if left else []


def _kind_of(name: str, text: str) -> Kind:
    if PurePath(name).suffix.lower() in TABLE_ENDINGS:
        return "captions" if captions.begins_so(text) else "table"
    if captions.is_captions(name, text):
        return "captions"
    return "table" if delimited.is_table(text) else "text"
