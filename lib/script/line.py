"""A line, the unit of a script."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table, a turn of a dialogue, a chapter of a document.

    text: as typed. title: the name of its clip or chapter. speaker: who says it in a dialogue.
    voice: a name from a file, or the id of a chosen voice; empty if not given.
    pause_after_s: seconds of silence after it; None for the usual pause.
    start_s, end_s: when it is heard, from the start of the whole; None if it follows the others.
    """

    text: str
    title: str = ""
    speaker: str = ""
    voice: str = ""
    pause_after_s: float | None = None
    start_s: float | None = None
    end_s: float | None = None
