"""The rows and the kind of the script that a brought-in file becomes."""

from collections.abc import Sequence

from lib.library.scripts import Kind, Row
from lib.script import Line, clean


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """The lines as rows, cleaned. What a file tells of each is kept as it is, its speaker too."""
    return [
        Row(
            position=place,
            title=line.title,
            speaker=clean(line.speaker).text,
            voice=line.voice,
            text=clean(line.text).text,
            pause_after_s=line.pause_after_s,
            start_s=line.start_s,
            end_s=line.end_s,
        )
        for place, line in enumerate(lines)
    ]


def kind_of(lines: Sequence[Line]) -> Kind:
    """A dialogue if the lines have speakers but no voices, else a table."""
    speak = any(line.speaker for line in lines) and not any(line.voice for line in lines)
    return "dialogue" if speak else "table"
