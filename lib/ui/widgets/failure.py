"""Why a clip was not made, in words, and what a person can do about it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.clip import Clip
from lib.library.entry import Entry
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import buying, clip_actions, style


def explain(clip: Clip) -> None:
    """Why a clip was not made, and what can be done about it."""
    problem = clip.problem or {}
    if clip.state != "failed":
        style.facts(f"This was {clip.state}.", _kept(clip) or "Nothing was recorded.")
    elif unclear(problem):
        strong = "It was charged." if checked(problem) else "May have been charged."
        style.notice("advice", strong, sentence(clip, problem))
    else:
        strong = f"The {'sample' if clip.kind == 'sample' else 'clip'} was not made."
        style.notice("failure", strong, sentence(clip, problem))
    with st.container(key=f"row_problem_{clip.id}", horizontal=True, vertical_alignment="center"):
        _ways_on(clip, problem)


def unclear(problem: dict[str, Any]) -> bool:
    """Whether nobody knows if it was charged."""
    return bool(problem) and problem.get("charged") is None


def is_open(problem: dict[str, Any] | None) -> bool:
    """Of a clip that failed: whether it is paid for, or nobody knows."""
    return (problem or {}).get("charged") is not False


def checked(problem: dict[str, Any]) -> bool:
    """Whether the service's records have answered, and say that it was charged."""
    return bool(problem.get("checked"))


def sentence(clip: Clip, problem: dict[str, Any]) -> str:
    """Why it was not made, and what became of money and text."""
    message = str(problem.get("message", ""))
    if message and message[-1] not in ".!?…":  # what a service says may end anyhow
        message += "."
    has_text = clip.kind != "sample"
    charged = {
        False: f"Nothing was charged{', and your text is safe' if has_text else ''}.",
        True: "It is paid for; only the sound has not arrived.",
        None: "It counts as spent until you check it.",
    }[problem.get("charged")]
    if checked(problem):
        charged = "Trying again pays once more."
    kept = _kept(clip)
    if "Nothing was charged" in message or (kept and problem.get("charged") is False):
        charged = (
            "Your text is safe." if has_text else ""
        )  # of a long text, what is recorded was charged
    return " ".join(words for words in (message, charged, kept) if words)


def _kept(clip: Clip) -> str:
    said = {part.utterance.key for part in services().library.clips.parts(clip)}
    done = len(services().library.recordings.known(list(said)))
    if not done:
        return ""
    if len(said) == 1:
        return "It is recorded and stays free."
    return f"{done} of {money.count(len(said), 'part')} are recorded and stay free."


def _ways_on(clip: Clip, problem: dict[str, Any]) -> None:
    """What a person can do about it, the most likely first."""
    kind = problem.get("kind")
    if unclear(problem):
        if not checked(problem):
            _button(clip, "Check", "check", clip_actions.check, clip)
        words = "Try again (paid twice)" if checked(problem) else "Try again (may be paid twice)"
        _again_for_more(clip, words, "twice", session.unclear(clip))
    elif kind in ("KeyMissingError", "KeyRejectedError", "KeyForbiddenError"):
        if st.button("Open Settings", key=f"work_settings_{clip.id}"):
            st.switch_page("pages/settings.py")
        _button(clip, "Try again", "again", buying.again, clip, quiet=True)
    else:
        label = f"Continue, {money.price_before(session.rest_usd(clip))}"
        if clip.state == "failed":
            label = "Fetch again" if problem.get("charged") else "Try again"
        _button(clip, label, "again", buying.again, clip)
        if problem.get("charged"):  # a link may have expired, and then it can never be fetched
            lost = [*session.owed(clip), *session.unclear(clip)]
            price = money.price_before(session.rest_usd(clip, [entry.id for entry in lost]))
            _again_for_more(clip, f"Buy it again, {price}", "anew", lost)
    if clip.kind == "clip":  # a sample or an audition is about this voice and no other
        _others(clip, problem)
    _button(clip, "Dismiss", "dismiss", clip_actions.dismiss, clip, quiet=True)
    _details(clip, problem)


def _again_for_more(clip: Clip, label: str, name: str, lost: Sequence[Entry]) -> None:
    """Pay these charges again: those that the page shows, and none made since."""
    again = partial(buying.again, clip, given_up=[entry.id for entry in lost])
    _button(clip, label, name, again, quiet=True)


def _others(clip: Clip, problem: dict[str, Any]) -> None:
    """The same text with something else that can say it."""
    missing = problem.get("kind") == "ModelUnavailableError"
    if other := services().catalogue.fallback(clip.model) if missing else None:
        label = f"Use {services().catalogue.model_label(other)}"
        _button(clip, label, "fallback", clip_actions.with_other, clip, other, quiet=True)
    if problem.get("charged") is False and clip.model != OFFLINE and clip.state == "failed":
        label = "Use the offline voice"
        _button(clip, label, "offline", clip_actions.with_other, clip, OFFLINE, quiet=True)


def _details(clip: Clip, problem: dict[str, Any]) -> None:
    """What else is known: what to do, the service's own words, and its reference."""
    if problem.get("hint") or problem.get("reference"):
        with st.popover("Details", type="tertiary", key=f"work_details_{clip.id}"):
            style.facts(str(problem.get("hint", "")))
            if problem.get("said"):
                style.facts(f"The service says: {problem['said']}")
            if problem.get("reference"):
                style.facts("The service's reference for this call")
                st.code(str(problem["reference"]), language=None)


def _button(clip: Clip, label: str, name: str, do: Any, *args: Any, quiet: bool = False) -> None:
    st.button(
        label,
        key=f"work_{name}_{clip.id}",
        type="tertiary" if quiet else "secondary",
        on_click=do,
        args=args,
    )
