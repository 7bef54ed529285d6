"""Leave out the words of a DOCX that are hidden or struck out."""

from collections.abc import Iterator, Sequence
from typing import Any

from lib import money
from lib.intake.word.accepting import tag
from lib.intake.word.leftout import LeftOut, note, paragraph_of, take_away, were
from lib.intake.word.styles import Run

WORDS = frozenset(map(tag, ("t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym")))
# Hidden pictures go too, but not the marks of a field, which would lose its other end.
STAYING = frozenset(map(tag, ("rPr", "fldChar", "instrText")))


def leave_out_unseen(runs: Sequence[Run]) -> Iterator[str]:
    """Take hidden and struck-out words out of the tree; yields notes."""
    hidden = _taken([(run, look.is_hidden) for run, look in runs], everything=True)
    struck = _taken([(run, look.is_struck) for run, look in runs], everything=False)
    if hidden:
        yield f"{money.count(len(hidden), 'hidden passage')} {were(len(hidden))} left out."
    if struck:
        yield note("struck-out passage", struck)


def _taken(runs: Sequence[tuple[Any, bool]], *, everything: bool) -> list[LeftOut]:
    """The passages that were taken away; runs that follow each other are one passage."""
    passages: list[LeftOut] = []
    is_open = False
    for run, goes in runs:
        if not goes:
            is_open = is_open and not any(child.tag in WORDS for child in run)
            continue
        place = paragraph_of(run)
        words = "".join(child.text or "" for child in run if child.tag == tag("t"))
        for child in list(run):
            if (everything and child.tag not in STAYING) or child.tag in WORDS:
                take_away(child)
        if is_open and passages[-1].paragraph is place:
            passages[-1] = passages[-1].longer(words)
        elif words.strip():
            passages.append(LeftOut(words, place))
            is_open = True
    return passages
