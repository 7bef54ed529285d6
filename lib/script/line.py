"""What a script is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table, a turn of a dialogue, a chapter of a document.

    text: as typed. title: names its clip or chapter. speaker: who says it in a dialogue.
    voice: as written in a file or chosen by its id, empty where not said.
    pause_after_s: silence after it; None for the usual.
    """

    text: str
    title: str = ""
    speaker: str = ""
    voice: str = ""
    pause_after_s: float | None = None
