"""Find the clip that a press on Generate would make once more."""

from collections.abc import Iterable
from dataclasses import replace

from lib.library import Library
from lib.library.clip import Clip, Part
from lib.library.folds import Folded
from lib.orders.plan import Plan, heard


def found(plan: Plan, *, library: Library, browser: str) -> Clip | None:
    """This browser's finished clip of these words, said as now, whose file still exists.

    Of several takes, it is the one that stands for the others.
    """
    same = [
        clip
        for clip in library.clips.ready(plan.fingerprint, browser=browser)
        if clip.file
        and library.files.has(clip.file)
        and _first_takes(library.clips.parts(clip)) == _first_takes(plan.pieces)
    ]
    if not same:
        return None
    (top,) = library.folds.under([same[0].id], Folded.ON_TOP).values()
    return top[0] if top[0] in same else same[0]


def _first_takes(parts: Iterable[Part]) -> list[tuple[object, ...]]:
    """Equal for parts that sound the same, but for their takes."""
    return heard(replace(part, utterance=replace(part.utterance, take=1)) for part in parts)
