"""What an audition lacks: the voices that it does not have, or could not make."""

from collections.abc import Iterable, Sequence

from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.orders.parts import Request
from lib.orders.plan import Plan


def missing(
    plans: Sequence[Plan], audition: Audition | None, candidates: Iterable[Candidate]
) -> list[Plan]:
    """The plans that the audition has no clip for. All, if it is of another text.

    Plans that may be paid for already are left out: the cards of their clips ask what to do.
    """
    if audition is None or not plans or audition.script != plans[0].text:
        return list(plans)
    clips = [each.clip for each in candidates]
    there = {_who(clip) for clip in clips if clip.state in ("making", "ready") or clip.is_open}
    return [plan for plan in plans if _who(plan.request) not in there]


def replaced(clips: Iterable[Clip], candidates: Iterable[Candidate]) -> list[int]:
    """The ids of clips that these new clips replace: the failed tries of the same voices."""
    new = list(clips)
    ids, voices = {clip.id for clip in new}, {_who(clip) for clip in new}
    before = [each.clip for each in candidates]
    return [clip.id for clip in before if _who(clip) in voices and clip.id not in ids]


def _who(speaks: Clip | Request) -> tuple[str, str, str]:
    return speaks.model, speaks.voice, speaks.format
