"""Read what a browser sends about a table. It can send any value, so invalid ones are dropped."""

from collections.abc import Mapping
from typing import Any


def places(sent: Any, rows: int) -> list[int]:
    """The valid row numbers, from 0."""
    numbers = sent if isinstance(sent, list | tuple) else ()
    return [row for row in numbers if type(row) is int and 0 <= row < rows]


def edits(sent: Any, rows: int) -> dict[int, dict[str, Any]]:
    """The edited cells, by row number and column."""
    edited = sent if isinstance(sent, Mapping) else {}
    return {
        place: dict(edited[place])
        for place in places(list(edited), rows)
        if isinstance(edited[place], Mapping)
    }
