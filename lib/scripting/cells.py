"""The cells of a table script, by the names of its columns."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lib.library.scripts import Row
from lib.script import clean

TEXTS = {"Title": "title", "Speaker": "speaker", "Text": "text", "Voice": "voice"}
PAUSE = "Pause, s"


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
    return replace(row, **values)
