"""A script as a file of its own, in a form that can be brought in again: table or document."""

import io
from collections.abc import Sequence

import docx
import regex  # type: ignore[import-untyped]  # characters by their class

from lib.export.tables import csv_bytes
from lib.script import Line, chapters

COLUMNS = ("Title", "Speaker", "Voice", "Text", "Pause (s)")
HEADING_LEVELS = 9  # as many as Word has
# XML 1.0, section 2.2: what a document cannot hold in any way.
NOT_XML = regex.compile(r"[\p{Cs}\ufffe\uffff]|[^\P{Cc}\t\n\r]")


def script_csv(lines: Sequence[Line]) -> bytes:
    """One row for each line, in order; without the columns in which nothing stands."""
    rows = [(each.title, each.speaker, each.voice, each.text, each.pause_after_s) for each in lines]
    used = [
        place
        for place, name in enumerate(COLUMNS)
        if name == "Text" or any(row[place] not in ("", None) for row in rows)
    ]
    header = [COLUMNS[place] for place in used]
    return csv_bytes(header, ([row[place] for place in used] for row in rows))


def script_docx(title: str, text: str) -> bytes:
    """A text as typed, with its headings; one paragraph for each line. title: its property."""
    document = docx.Document()
    document.core_properties.title = NOT_XML.sub("", title)[:255]
    for line in NOT_XML.sub("", text).splitlines():
        if heading := chapters.HEADING.match(line):
            level = min(len(line.lstrip()) - len(line.lstrip().lstrip("#")), HEADING_LEVELS)
            document.add_heading(heading["title"], level)
        elif line.strip():
            document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
