"""Merge what two people have changed in one text at the same time."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Merged(NamedTuple):
    """is_doubled: both changed the same lines, and both versions are in the text."""

    text: str
    is_doubled: bool


class _Change(NamedTuple):
    """lines[start:end] of the text before, and what is there instead."""

    start: int
    end: int
    lines: list[str]


def merged(before: str, mine: str, theirs: str) -> Merged:
    """The text `theirs` with what `mine` changed of `before`, line by line.

    Where both changed the same lines, mine follow theirs: nothing that was typed is lost. It is
    written here since the libraries for it are under the GPL, or merge letters and not lines, which
    may leave a word that nobody wrote.
    """
    if before in (mine, theirs):
        return Merged(theirs if before == mine else mine, False)
    others = _changes(before, theirs)
    lines = theirs.split("\n")
    is_doubled = False
    for change in reversed(_changes(before, mine)):  # from the last on: places before it stay
        if change in others:
            continue
        same = [each for each in others if each.start < change.end and change.start < each.end]
        if not same:
            place = _place(change.start, others)
            lines[place : place + change.end - change.start] = change.lines
        elif any(change.lines):
            last = same[-1]
            place = _place(last.start, others) + len(last.lines)
            lines[place:place] = [*([""] if any(last.lines) else []), *change.lines]
            is_doubled = True
    return Merged("\n".join(lines), is_doubled)


def _changes(before: str, after: str) -> list[_Change]:
    """The changes in order. Most lines are the same at both ends, and need no comparison."""
    old, new = before.split("\n"), after.split("\n")
    above = _same(old, new)
    below = _same(old[above:][::-1], new[above:][::-1])
    old, new = old[above : len(old) - below], new[above : len(new) - below]
    codes = SequenceMatcher(None, old, new).get_opcodes()
    return [
        _Change(above + start, above + end, new[first:last])
        for kind, start, end, first, last in codes
        if kind != "equal"
    ]


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are the same from the first on."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _place(start: int, others: list[_Change]) -> int:
    """Which line of `theirs` the line `start` of the text before is."""
    moved = (len(each.lines) - (each.end - each.start) for each in others if each.end <= start)
    return start + sum(moved)
