"""The card of a failed clip: the reason in words, and buttons for what to do."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.clip import Clip
from lib.library.problem import Problem, kept
from lib.ui.services import services
from lib.ui.widgets import buying, clip_actions, going, style


def explain(clip: Clip) -> None:
    """Why a clip was not made, and what can be done about it."""
    problem = clip.problem or Problem()
    if clip.state != "failed":
        style.facts(f"This was {clip.state}.", _recorded_words(clip) or "Nothing was recorded.")
    elif problem.is_unclear:
        strong = "It was charged." if problem.checked else "May have been charged."
        style.notice("advice", strong, sentence(clip))
    else:
        strong = f"The {'sample' if clip.kind == 'sample' else 'clip'} was not made."
        style.notice("failure", strong, sentence(clip))
        if _is_refused(clip, problem):
            style.facts(problem.hint)
    with style.row(f"row_problem_{clip.id}", spread=False):
        _ways_on(clip, problem)


def alike(clips: Sequence[Clip]) -> list[list[Clip]]:
    """The clips in groups that failed for one reason, of which nothing was bought or recorded."""
    groups: dict[object, list[Clip]] = {}
    for clip in clips:
        problem = clip.problem or Problem()
        is_plain = clip.state == "failed" and problem.is_free and not _recorded_words(clip)
        reason = (clip.kind, clip.model == OFFLINE, problem.kind, problem.message)
        groups.setdefault(reason if is_plain else clip.id, []).append(clip)
    return list(groups.values())


def explain_all(clips: Sequence[Clip]) -> None:
    """As `explain`, once for a group of `alike`, with buttons that do it for all of them."""
    first, problem = clips[0], clips[0].problem or Problem()
    style.notice("failure", f"{money.count(len(clips), 'clip')} were not made.", sentence(first))
    if _is_refused(first, problem):
        style.facts(problem.hint)
    with style.row(f"row_problem_{first.id}", spread=False):
        if problem.is_about_the_key:
            _button(first, "Open Settings", "settings", going.add_a_key)
        if not problem.is_about_the_request:
            _button(first, "Try all again", "all", buying.again_all, clips)
        _button(first, "Dismiss", "dismiss", clip_actions.dismiss, *clips, quiet=True)


def _is_refused(clip: Clip, problem: Problem) -> bool:
    """Whether only another text or voice helps; samples and auditions have no text to change."""
    return problem.is_about_the_request and clip.kind == "clip"


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


def _ways_on(clip: Clip, problem: Problem) -> None:
    """The buttons for what to do, the most likely first."""
    if clip.state == "failed" and problem.is_unclear:
        if not problem.checked:
            _button(clip, "Check", "check", clip_actions.check, clip)
        words = "Try again (paid twice)" if problem.checked else "Try again (may be paid twice)"
        _again_for_more(clip, words, "twice", services().orders.charges.unclear(clip))
    elif _is_refused(clip, problem):
        _button(clip, "Use again", "use", clip_actions.use_again, clip)
    elif problem.is_about_the_key:
        _button(clip, "Open Settings", "settings", going.add_a_key)
        _button(clip, "Try again", "again", buying.again, clip, quiet=True)
    elif not (problem.is_about_the_request and clip.model == OFFLINE):  # it says no again
        label = f"Continue, {money.price_before(services().orders.rest(clip).offer.usd)}"
        if clip.state == "failed":
            label = "Fetch again" if problem.is_paid else "Try again"
        _button(clip, label, "again", buying.again, clip)
        if problem.is_paid:  # an expired link can never be fetched
            lost = services().orders.charges.lost(clip)
            price = money.price_before(services().orders.rest(clip, lost).offer.usd)
            _again_for_more(clip, f"Buy it again, {price}", "anew", lost)
    if clip.kind == "clip":  # a sample or an audition is about this voice and no other
        _others(clip, problem)
    _button(clip, "Dismiss", "dismiss", clip_actions.dismiss, clip, quiet=True)
    _details(clip, problem)


def _again_for_more(clip: Clip, label: str, name: str, lost: Sequence[str]) -> None:
    """Pay again for the charges that the page shows, and for no later ones."""
    again = partial(buying.again, clip, given_up=lost)
    _button(clip, label, name, again, quiet=True)


def _others(clip: Clip, problem: Problem) -> None:
    """Buttons to try the same text with another model."""
    the = services().catalogue
    if problem.is_about_the_model and (other := the.fallback(clip.model)):
        label = f"Use {the.model_label(other)}, {buying.price_of(clip, other)}"
        _button(clip, label, "fallback", buying.with_other, clip, other, quiet=True)
    if problem.is_free and clip.model != OFFLINE and clip.state == "failed":
        label = "Use a built-in voice, free"
        _button(clip, label, "offline", buying.with_other, clip, OFFLINE, quiet=True)


def _details(clip: Clip, problem: Problem) -> None:
    """More details: what to do, the service's own message, and its reference."""
    if problem.hint or problem.reference:
        with st.popover("Details", type="tertiary", key=f"work_details_{clip.id}"):
            style.facts(problem.hint)
            if problem.said:
                style.facts(f"The service says: {problem.said}")
            if problem.reference:
                style.facts("The service's reference for this call")
                st.code(problem.reference, language=None)


def _button(clip: Clip, label: str, name: str, do: Any, *args: Any, quiet: bool = False) -> None:
    st.button(
        label,
        key=f"work_{name}_{clip.id}",
        type="tertiary" if quiet else "secondary",
        on_click=do,
        args=args,
    )
