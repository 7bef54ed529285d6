"""What a browser sends about a table. It can send anything, so only what can be true is taken."""

from collections.abc import Mapping
from typing import Any


def places(sent: Any, rows: int) -> list[int]:
    """Those that are numbers of its rows, from 0."""
    numbers = sent if isinstance(sent, list | tuple) else ()
    return [row for row in numbers if type(row) is int and 0 <= row < rows]


def edits(sent: Any, rows: int) -> dict[int, dict[str, Any]]:
    """The edited cells by row."""
    edited = sent if isinstance(sent, Mapping) else {}
    return {
        place: dict(edited[place])
        for place in places(list(edited), rows)
        if isinstance(edited[place], Mapping)
    }
