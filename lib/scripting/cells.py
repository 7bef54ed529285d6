"""The cells of a table script, by the names of its columns."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lib.library.scripts import Row
from lib.script import clean, clock

TEXTS = {"Title": "title", "Speaker": "speaker", "Text": "text", "Voice": "voice"}
PAUSE, START = "Pause, s", "Start"


def edited(row: Row, cells: Mapping[str, Any]) -> Row:
    """The row with these values of cells. A text of a wrong type is ignored.

    An invalid pause becomes the usual one: `Row` sees to that.
    """
    values: dict[str, Any] = {
        field: clean(cells[name] or "").text
        for name, field in TEXTS.items()
        if name in cells and isinstance(cells[name], str | None)
    }
    if PAUSE in cells:
        values["pause_after_s"] = cells[PAUSE]
    if START in cells:
        values |= _times(row, str(cells[START] or ""))
    return replace(row, **values)


def _times(row: Row, written: str) -> dict[str, float | None]:
    """The row's times after another start was typed; none is typed to let it follow the others.

    It stays as long as it was. What is no time is ignored.
    """
    if not written.strip():
        return {"start_s": None, "end_s": None}
    start_s = clock.read(written)
    if start_s is None:
        return {}
    lasts_s = None if row.end_s is None or row.start_s is None else row.end_s - row.start_s
    return {"start_s": start_s, "end_s": None if lasts_s is None else start_s + lasts_s}
