"""The card of a failed clip: the reason in words, and buttons for what to do."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.clip import Clip
from lib.library.problem import Problem, kept
from lib.ui.services import services
from lib.ui.widgets import buying, clip_actions, going, style

NAMED, REFERENCES_MAX = 4, 20  # of those that failed for one reason, which may be thousands

Thing = TypeVar("Thing")


def explain(*clips: Clip) -> None:
    """Why a clip, or a group of `alike`, was not made, and what can be done about it."""
    clip, problem = clips[0], clips[0].problem or Problem()
    if clip.state != "failed":
        style.facts(f"This was {clip.state}.", _recorded_words(clip) or "Nothing was recorded.")
    elif problem.is_unclear:
        strong = "It was charged." if problem.checked else "May have been charged."
        style.notice("advice", strong, sentence(clip))
    else:
        style.notice("failure", _not_made(clips), sentence(clip))
        if problem.is_about_the_request and clip.kind != "sample":  # nobody writes its text
            style.facts(problem.hint)
    with style.row(f"row_problem_{clip.id}", spread=False):
        _ways_on(clips, problem)


def _not_made(clips: Sequence[Clip]) -> str:
    if len(clips) > 1:
        return f"{money.count(len(clips), 'clip')} were not made."
    return f"The {'sample' if clips[0].kind == 'sample' else 'clip'} was not made."


def alike(clips: Sequence[Clip]) -> list[list[Clip]]:
    """The clips in groups that failed for one reason, of which nothing was bought or recorded."""

    def reason(clip: Clip) -> object:
        problem = clip.problem or Problem()
        if clip.state == "failed" and problem.is_free and not _recorded_words(clip):
            model = clip.model if problem.is_about_the_model else clip.model == OFFLINE
            return clip.kind, model, problem.reason
        return None

    return together(clips, reason)


def together(things: Iterable[Thing], reason: Callable[[Thing], object]) -> list[list[Thing]]:
    """The things in groups of one reason, in the order of the first of each.

    A thing stands alone if its reason is None.
    """
    groups: dict[object, list[Thing]] = {}
    for place, thing in enumerate(things):
        why = reason(thing)
        groups.setdefault(place if why is None else why, []).append(thing)
    return list(groups.values())


def names(titles: Sequence[str]) -> str:
    """A heading for these: the first few of them."""
    more = f" and {len(titles) - NAMED:,} more" if len(titles) > NAMED else ""
    return ", ".join(titles[:NAMED]) + more


def sentence(clip: Clip) -> str:
    """Why it was not made, whether it was charged, and what was kept."""
    problem = clip.problem or Problem()
    return problem.sentence(
        has_text=clip.kind != "sample", kept=_recorded_words(clip), costs=clip.model != OFFLINE
    )


def _recorded_words(clip: Clip) -> str:
    """How many of its parts are recorded, in words; "" if none is."""
    said = {part.utterance.key for part in services().library.clips.parts(clip)}
    return kept(len(services().library.recordings.known(list(said))), len(said))


def _ways_on(clips: Sequence[Clip], problem: Problem) -> None:
    """The buttons for what to do, the most likely first; each does it for all of the clips."""
    clip = clips[0]
    if clip.state == "failed" and problem.is_unclear:
        if not problem.checked:
            _button(clip, "Check", "check", clip_actions.check, clip)
        words = "Try again (paid twice)" if problem.checked else "Try again (may be paid twice)"
        _again_for_more(clip, words, "twice", services().orders.charges.unclear(clip))
    elif problem.is_about_the_request:  # it would be refused again
        if clip.kind == "clip":  # a sample or an audition has no text of its own to change
            _use_again(clips)
    elif problem.is_about_the_key:
        _button(clip, "Open Settings", "settings", going.add_a_key)
        _again(clips, quiet=True)
    else:
        _again(clips)
        if problem.is_paid:  # an expired link can never be fetched
            lost = services().orders.charges.lost(clip)
            price = money.price_before(services().orders.rest(clip, lost).offer.usd)
            _again_for_more(clip, f"Buy it again, {price}", "anew", lost)
    if clip.kind == "clip":  # a sample or an audition is about this voice and no other
        _others(clips, problem)
    _button(clip, "Dismiss", "dismiss", clip_actions.dismiss, *clips, quiet=True)
    details(f"work_details_{clip.id}", [each.problem or Problem() for each in clips])


def _use_again(clips: Sequence[Clip]) -> None:
    """Put a text back into the form, which has room for one."""
    if len(clips) == 1:
        _button(clips[0], "Use again", "use", clip_actions.use_again, clips[0])
        return
    with st.popover("Use again", key=f"work_which_{clips[0].id}"):
        for clip in clips:
            _button(clip, f"“{clip.title}”", "use", clip_actions.use_again, clip, quiet=True)


def _again(clips: Sequence[Clip], *, quiet: bool = False) -> None:
    """The button that makes the clips again; its words say what is missing."""
    clip, problem = clips[0], clips[0].problem or Problem()
    if len(clips) > 1:
        label = "Try all again"
    elif clip.state == "failed":
        label = "Fetch again" if problem.is_paid else "Try again"
    else:
        label = f"Continue, {money.price_before(services().orders.rest(clip).offer.usd)}"
    _button(clip, label, "again", buying.again, clips, quiet=quiet)


def _again_for_more(clip: Clip, label: str, name: str, lost: Sequence[str]) -> None:
    """Pay again for the charges that the page shows, and for no later ones."""
    again = partial(buying.again, [clip], given_up=lost)
    _button(clip, label, name, again, quiet=True)


def _others(clips: Sequence[Clip], problem: Problem) -> None:
    """Buttons to try the same texts with another model."""
    the, clip = services().catalogue, clips[0]
    if problem.is_about_the_model and (other := the.fallback(clip.model)):
        label = f"Use {the.model_label(other)}, {buying.price_of(clips, other)}"
        _button(clip, label, "fallback", buying.with_other, clips, other, quiet=True)
    if problem.is_free and clip.model != OFFLINE and clip.state == "failed":
        label = "Use a built-in voice, free"
        _button(clip, label, "offline", buying.with_other, clips, OFFLINE, quiet=True)


def details(key: str, problems: Sequence[Problem]) -> None:
    """A popover: what to do, the service's own messages, and its references, each once."""
    hint = problems[0].hint
    references = dict.fromkeys(each.reference for each in problems if each.reference)
    if hint or references:
        with st.popover("Details", type="tertiary", key=key):
            style.facts(hint)
            for said in list(dict.fromkeys(each.said for each in problems if each.said))[:NAMED]:
                style.facts(f"The service says: {said}")
            if references:
                calls = "this call" if len(references) == 1 else "these calls"
                style.facts(f"The service's reference for {calls}")
                st.code("\n".join(list(references)[:REFERENCES_MAX]), language=None)


def _button(clip: Clip, label: str, name: str, do: Any, *args: Any, quiet: bool = False) -> None:
    st.button(
        label,
        key=f"work_{name}_{clip.id}",
        type="tertiary" if quiet else "secondary",
        on_click=do,
        args=args,
    )
