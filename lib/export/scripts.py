"""Export a script as a table or a document that can be imported again."""

import io
from collections.abc import Sequence

import docx
import regex  # type: ignore[import-untyped]  # characters by their class

from lib.export.tables import csv_bytes
from lib.script import Line, clock
from lib.script.blocks import HEADING

COLUMNS = ("Title", "Speaker", "Voice", "Text", "Pause (s)", "Start", "End")
HEADING_LEVELS = 9  # the number of levels in Word
# XML 1.0, section 2.2: characters that a document cannot contain.
NOT_XML = regex.compile(r"[\p{Cs}\ufffe\uffff]|[^\P{Cc}\t\n\r]")


def script_csv(lines: Sequence[Line]) -> bytes:
    """One row for each line, in order, without empty columns."""
    rows = [
        (
            each.title,
            each.speaker,
            each.voice,
            each.text,
            each.pause_after_s,
            _time(each.start_s),
            _time(each.end_s),
        )
        for each in lines
    ]
    used = [
        place
        for place, name in enumerate(COLUMNS)
        if name == "Text" or any(row[place] not in ("", None) for row in rows)
    ]
    header = [COLUMNS[place] for place in used]
    return csv_bytes(header, ([row[place] for place in used] for row in rows))


def _time(seconds: float | None) -> str:
    return "" if seconds is None else clock.exact(seconds)


def script_docx(title: str, text: str) -> bytes:
    """A text with its headings, one paragraph for each line. title: the document property."""
    document = docx.Document()
    document.core_properties.title = NOT_XML.sub("", title)[:255]
    for line in NOT_XML.sub("", text).splitlines():
        if heading := HEADING.match(line):
            level = min(len(line.lstrip()) - len(line.lstrip().lstrip("#")), HEADING_LEVELS)
            document.add_heading(heading["title"], level)
        elif line.strip():
            document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
