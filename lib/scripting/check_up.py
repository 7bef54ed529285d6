"""The findings of the check-up in a script, with their places and corrections."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from lib import checkup
from lib.checkup import Finding
from lib.script import Line
from lib.scripting.state import ScriptState

SHORT_CHARS = 1_000
PLACES = {"table": "Row", "document": "Clip"}


@dataclass(frozen=True, slots=True)
class Note:
    """place: such as "Row 3". finding: None for a note on the whole row."""

    place: str
    message: str
    finding: Finding | None = None


def notes_of(now: ScriptState, *, known: Set[str], row_max_chars: int) -> list[Note]:
    """All notes, in the order of the script. known: words without a note, such as the lexicon's.

    A correction applies to all places with the same words, so each finding is listed once.
    """
    return list(
        _notes(now, frozenset(known | set(now.script.form.get("mends", {}))), row_max_chars)
    )


def _notes(now: ScriptState, known: frozenset[str], row_max_chars: int) -> Iterator[Note]:
    place = PLACES.get(now.script.kind, "")
    if now.script.kind == "table":
        voices = {row.voice for row in now.rows if now.cast.of(row.voice)}
        lines = [Line(text=row.text, title=row.title, voice=row.voice) for row in now.rows]
        for each in checkup.across(lines, voices=voices, row_max_chars=row_max_chars):
            if each.kind != "empty":
                yield Note(f"Row {each.position + 1}", each.message)
        numbers = {f"row-{row.id}": number for number, row in enumerate(now.rows, 1)}
    else:
        numbers = {item.unit.id: number for number, item in enumerate(now.units, 1)}
    seen: set[str] = set()
    for item in now.units:
        for finding in _find(item.unit.text, known):
            if finding.said not in seen:  # a correction applies to all places
                seen.add(finding.said)
                where = f"{place} {numbers[item.unit.id]}".strip() or f"“{finding.said[:40]}”"
                yield Note(where, finding.message, finding)


def _find(text: str, known: frozenset[str]) -> tuple[Finding, ...]:
    """The findings in a text; cached, except for long texts, which would take too much memory."""
    return (_of_short if len(text) <= SHORT_CHARS else _of_long)(text, known)


def _checked(text: str, known: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(checkup.find(text, known=known))


_of_short = lru_cache(maxsize=20_000)(_checked)
_of_long = lru_cache(maxsize=64)(_checked)
