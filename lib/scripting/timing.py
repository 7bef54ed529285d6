"""How well the rows of captions fit their times, before they are recorded and after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lib.library.clip import Part
from lib.library.scripts import Row
from lib.orders.parts import LINE_GAP_S
from lib.script import expected_length_s

UNHEARD_S = 0.1  # nobody hears a smaller difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """late_s: how much later than its time it begins. over_s: how long it goes on after its end.

    is_known: whether all sounds up to it are recorded; otherwise it is an estimate.
    """

    late_s: float
    over_s: float
    is_known: bool


@dataclass(slots=True)
class _Stretch:
    """A row with a time, or the first of all, and the rows without one that follow it."""

    row: Row
    end_s: float | None
    length_s: float = 0.0
    is_known: bool = True


def of(
    rows: Sequence[Row],
    clips: Sequence[tuple[int | None, Sequence[Part]]],
    lengths_s: Callable[[Sequence[str]], Mapping[str, float]],
) -> dict[int, Timing]:
    """The timing of each row with a time, by its id, as `lib.audio.join` will place it.

    clips: the row of each clip, None for all of them, and its parts. lengths_s: returns the lengths
    of what is recorded, by the keys of utterances.
    """
    if all(row.start_s is None for row in rows):
        return {}
    parts: dict[int, Sequence[Part]] = {}
    for row_id, pieces in clips:
        parts |= {row_id: pieces} if row_id is not None else _by_row(rows, pieces)
    known_s = lengths_s([part.utterance.key for some in parts.values() for part in some])
    found: dict[int, Timing] = {}
    now_s, is_known = 0.0, True
    for each in _stretches(rows, parts, known_s):
        is_known = is_known and each.is_known
        start_s = each.row.start_s
        begins_s = max(now_s, start_s or 0.0)
        now_s = begins_s + each.length_s
        if start_s is not None:
            over_s = 0.0 if each.end_s is None else now_s - each.end_s
            found[each.row.id] = Timing(
                late_s=_heard(begins_s - start_s), over_s=_heard(over_s), is_known=is_known
            )
    return found


def _stretches(
    rows: Sequence[Row], parts: Mapping[int, Sequence[Part]], lengths_s: Mapping[str, float]
) -> Iterator[_Stretch]:
    now: _Stretch | None = None
    pause_s = 0.0
    for row in rows:
        own = parts.get(row.id, ())
        if own and (now is None or row.start_s is not None):
            if now:
                yield now
            now, pause_s = _Stretch(row, None), 0.0
        if now is None or not (own or row.start_s is None):
            continue
        now.end_s = row.end_s or now.end_s
        now.length_s += pause_s if own else 0.0
        for part in own:
            known_s = lengths_s.get(part.utterance.key)
            length_s = expected_length_s(part.utterance.text) if known_s is None else known_s
            now.length_s += length_s + part.gap_after_s
            now.is_known = now.is_known and known_s is not None
        if own:
            pause_s = LINE_GAP_S if row.pause_after_s is None else row.pause_after_s
    if now:
        yield now


def _by_row(rows: Sequence[Row], pieces: Sequence[Part]) -> dict[int, list[Part]]:
    """The parts of a clip of all rows; those of a row without a time are with the row before."""
    timed = [row for row in rows if row.start_s is not None]
    found: dict[int, list[Part]] = {}
    now = rows[0].id if rows else 0
    for part in pieces:
        if part.at_s is not None:
            while timed[0].start_s != part.at_s:  # nothing of that row can be said
                del timed[0]
            now = timed.pop(0).id
        found.setdefault(now, []).append(part)
    return found


def _heard(seconds: float) -> float:
    return seconds if seconds >= UNHEARD_S else 0.0
