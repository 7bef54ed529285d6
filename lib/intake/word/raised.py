"""Keep what raised and lowered letters of a DOCX mean: 10⁶, m² and H₂O, and marks of notes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from lib.intake.word.accepting import tag
from lib.intake.word.leftout import LeftOut, note, paragraph_of
from lib.intake.word.looks import Look
from lib.intake.word.powers import SEEN_CHARS, lowered, raised
from lib.intake.word.styles import Run

LONGEST = 12  # more letters are a line set higher, not a power
# In half points; less is a correction that nobody sees.
LIFT_MIN, DROP_MAX = 4, -2


class Stretch(NamedTuple):
    """Words of one height that follow each other: what to say of them is decided together."""

    height: str
    words: list[Any]

    @property
    def text(self) -> str:
        return "".join(word.text or "" for word in self.words)


def settle_heights(runs: Sequence[Run]) -> Iterator[str]:
    """Change the tree so that raised and lowered letters keep their meaning; yields a note."""
    heights = [_height(run, look) for run, look in runs]
    if not any(heights):
        return
    marks: list[LeftOut] = []
    words = [
        (word, height)
        for (run, _), height in zip(runs, heights, strict=True)
        for word in run.iterchildren(tag("t"))
    ]
    for paragraph, group in groupby(words, key=lambda each: paragraph_of(each[0])):
        stretches = [
            Stretch(height, [word for word, _ in same])
            for height, same in groupby(group, key=lambda each: each[1])
        ]
        marks += [LeftOut(mark, paragraph) for mark in _settled(stretches)]
    if marks:
        yield note("raised mark", marks, " of a note")


def _settled(stretches: Sequence[Stretch]) -> Iterator[str]:
    """Give the stretches of a paragraph the text to be said; yields the marks left out."""
    before = ""
    for stretch, following in zip(stretches, [*stretches[1:], None], strict=True):
        text = stretch.text
        core = text.strip()
        if stretch.height and core and len(core) <= LONGEST:
            behind = text[len(text.rstrip()) :] + ("" if following is None else following.text)
            said = _said(stretch.height, core, before + text[: text.index(core)], behind)
            if not said:
                yield core
            text = text.replace(core, said, 1)
            stretch.words[0].text = text
            for word in stretch.words[1:]:
                word.text = ""
        before = (before + text)[-SEEN_CHARS:]


def _said(height: str, core: str, before: str, behind: str) -> str:
    if height == "subscript":
        return lowered(core, before)
    return raised(core, before[-SEEN_CHARS:], behind[:SEEN_CHARS])


def _height(run: Any, look: Look) -> str:
    """ "superscript", "subscript" or "". LibreOffice moves letters up or down instead."""
    if look.height or DROP_MAX < look.lift < LIFT_MIN:
        return look.height
    text = "".join(word.text or "" for word in run.iterchildren(tag("t"))).strip()
    if not (text.isascii() and text.lstrip("+-").isdecimal()):
        return ""
    return "superscript" if look.lift > 0 else "subscript"
