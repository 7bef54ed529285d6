"""Leave out what rolling captions repeat: each line is shown again below or above the next."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from lib.intake.captions.cue_text import Said
from lib.intake.captions.cues import Cue

CONTIGUOUS_MS = 100
FLASH_MS = 50  # between two lines YouTube shows the first for 10 ms
LINES_MAX = 4
SURE_WORDS = 3


class Shown(NamedTuple):
    cue: Cue
    lines: list[Said]


class _Repeat(NamedTuple):
    """lines: how many at the beginning were shown before. is_rolling: how rolling captions do it.

    grows: whether the last of them has more words than before.
    """

    lines: int = 0
    grows: bool = False
    is_rolling: bool = False
    is_sure: bool = False


def once(shown: Sequence[Shown]) -> tuple[list[Shown], int]:
    """The captions with each line once, and how many lines were left out.

    A line is said twice if it is shown twice in another way: after a pause, or for its full time
    among captions that do not roll.
    """
    repeats = [_repeat(before, after) for before, after in pairwise(shown)]
    repeating = [each for each in repeats if each.lines]
    rolling = sum(each.is_rolling for each in repeating)
    is_rolling = len(repeating) >= 2 and 2 * rolling >= len(repeating) >= len(repeats) / 2
    found: list[Shown] = []
    left_out = 0
    for each, repeat in zip(shown, [_Repeat(), *repeats][: len(shown)], strict=True):
        if not repeat.lines or not (is_rolling or repeat.is_sure):
            found.append(Shown(each.cue, list(each.lines)))
            continue
        left_out += repeat.lines
        if repeat.grows:
            last = found.pop()
            lines = [*last.lines[:-1], each.lines[repeat.lines - 1]]
            found.append(Shown(replace(last.cue, end_ms=each.cue.end_ms), lines))
        if rest := each.lines[repeat.lines :]:
            found.append(Shown(each.cue, rest))
    return found, left_out


def _repeat(before: Shown, after: Shown) -> _Repeat:
    if not _is_contiguous(before.cue, after.cue):
        return _Repeat()
    for lines in range(min(len(before.lines), len(after.lines), LINES_MAX), 0, -1):
        old, new = before.lines[-lines:], after.lines[:lines]
        grows = new[-1].words.startswith(f"{old[-1].words} ")
        if old[:-1] == new[:-1] and (grows or old[-1] == new[-1]):
            is_flash = min(_length_ms(before.cue), _length_ms(after.cue)) <= FLASH_MS
            is_rolling = grows or is_flash or lines < len(after.lines)
            words = sum(len(line.words.split()) for line in old)
            return _Repeat(lines, grows, is_rolling, is_rolling and words >= SURE_WORDS)
    return _Repeat()


def _is_contiguous(before: Cue, after: Cue) -> bool:
    if before.start_ms is None or before.end_ms is None or after.start_ms is None:
        return False
    return before.start_ms <= after.start_ms <= before.end_ms + CONTIGUOUS_MS


def _length_ms(cue: Cue) -> int:
    return (cue.end_ms or 0) - (cue.start_ms or 0)
