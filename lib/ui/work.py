"""What is being made, and what could not be: cards where the finished clip will appear."""

from functools import partial
from typing import Any

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.jobs import Job
from lib.library.clip import Clip
from lib.ui import actions, look, session, together
from lib.ui.house import house

FAST_POLL_S = 0.25  # soon after a click, when a short clip is about to be ready
SLOW_POLL_S = 1.0
FAST_FOR_S = 10.0


def show() -> None:
    """Notices, the question about a large sum, running work, and clips that were not made."""
    notices()
    unfinished = _unfinished()
    if any(together.works(clip) for clip in unfinished):
        poll_s = _poll_s()
        st.fragment(_running, run_every=poll_s)(poll_s)
    for clip in unfinished:
        if not together.works(clip):
            _not_made(clip)


def notices() -> None:
    if note := actions.notice():
        look.notice(note.kind, note.strong, note.text)
    if gone := actions.deleted():
        with _row("deleted"):
            look.facts(f"{money.count(len(gone), 'clip')} deleted")
            st.button("Undo", key="work_undo", on_click=actions.undo)
    if asked := actions.question():
        with st.container(key="card_question"):
            look.title(f"This will cost {money.price_before(asked.usd)}.")
            look.facts(asked.words, "the limit for asking is set in Settings")
            with st.container(key="row_question", horizontal=True, vertical_alignment="center"):
                st.button(
                    f"Go ahead, {money.price_before(asked.usd)}",
                    key="work_yes",
                    on_click=actions.answer_question,
                    args=(True,),
                )
                st.button(
                    "Not now",
                    key="work_no",
                    type="tertiary",
                    on_click=actions.answer_question,
                    args=(False,),
                )


def _running(poll_s: float) -> None:
    """Runs by itself every `poll_s` while anything is being made."""
    making = [clip for clip in _unfinished() if together.works(clip)]
    shown = [clip.id for clip in making]
    before = st.session_state.get("_making", shown)
    st.session_state["_making"] = shown
    if set(before) - set(shown) or not making or _poll_s() != poll_s:
        st.session_state.pop("_making", None)
        st.rerun()  # something ended: the page shows what came of it
    for clip in making:
        _making(clip, house().jobs.get(clip.id))


def _unfinished() -> list[Clip]:
    """Clips, and the sample of the voice that is chosen: other pages show the rest."""
    found = house().library.listing.unfinished(session.browser(), "clip", "sample")
    voice = st.session_state["studio_voice"]
    return [clip for clip in found if clip.kind == "clip" or clip.voice == voice]


def _making(clip: Clip, job: Job | None) -> None:
    with st.container(key=f"card_job_{clip.id}"):
        look.title(f"Recording “{clip.title}”")
        st.progress(_share(job), text=_progress(job))
        with _row(f"job_{clip.id}"):
            spent, exact = house().library.ledger.spent(clip.id)
            cost = [f"Spent so far {money.price_after(spent, exact=exact)}"] if spent else []
            look.facts(*cost, "You can leave this page, the work goes on")
            if clip.state == "making":
                st.button(
                    "Cancel",
                    key=f"work_cancel_{clip.id}",
                    icon=":material/close:",
                    on_click=house().jobs.cancel,
                    args=(clip.id,),
                )


def _share(job: Job | None) -> float:
    """Recording is most of the bar, joining its last part."""
    if job is None or job.total == 1:
        return 0.0
    return 0.9 * job.done / job.total + 0.1 * job.joined / job.total


def _progress(job: Job | None) -> str:
    if job is None:
        return "Another server is working on it"
    if not job.active:
        return "Stopping: nothing more is sent, what is on its way is kept"
    if job.state == "waiting":
        return "Waiting for its turn"
    if job.state == "joining":
        return f"Joining, {job.joined} of {money.count(job.total, 'part')}"
    if job.total == 1:
        return f"Recording, {money.span(job.age_s)} so far"
    left = f", {money.left(job.left_s)}" if job.left_s is not None else ""
    return f"{job.done} of {money.count(job.total, 'part')}{left}"


def _not_made(clip: Clip) -> None:
    problem = clip.problem or {}
    with st.container(key=f"card_problem_{clip.id}"):
        if clip.state == "failed":
            look.title(f"“{clip.title}”")
            if _unclear(problem):
                strong = "It was charged." if _checked(problem) else "May have been charged."
                look.notice("advice", strong, _sentence(clip, problem))
            else:
                look.notice("failure", "The clip was not made.", _sentence(clip, problem))
        else:
            look.title(f"“{clip.title}”")
            look.facts(f"This was {clip.state}.", _kept(clip) or "Nothing was recorded.")
        with st.container(
            key=f"row_problem_{clip.id}", horizontal=True, vertical_alignment="center"
        ):
            _ways_on(clip, problem)


def _unclear(problem: dict[str, Any]) -> bool:
    return bool(problem) and problem.get("charged") is None


def _checked(problem: dict[str, Any]) -> bool:
    """Whether the service's records have answered, and say that it was charged."""
    return bool(problem.get("checked"))


def _sentence(clip: Clip, problem: dict[str, Any]) -> str:
    message = str(problem.get("message", ""))
    if message and message[-1] not in ".!?…":  # what a service says may end anyhow
        message += "."
    charged = {
        False: "Nothing was charged, and your text is safe.",
        True: "It is paid for; only the sound has not arrived.",
        None: "It counts as spent until you check it.",
    }[problem.get("charged")]
    if _checked(problem):
        charged = "Trying again pays once more."
    kept = _kept(clip)
    if "Nothing was charged" in message or (kept and problem.get("charged") is False):
        charged = "Your text is safe."  # of a long text, what is recorded was charged
    return " ".join(words for words in (message, charged, kept) if words)


def _kept(clip: Clip) -> str:
    said = {part.utterance.key for part in house().library.clips.parts(clip)}
    done = len(house().library.recordings.known(list(said)))
    if not done:
        return ""
    if len(said) == 1:
        return "It is recorded and stays free."
    return f"{done} of {money.count(len(said), 'part')} are recorded and stay free."


def _ways_on(clip: Clip, problem: dict[str, Any]) -> None:
    """What a person can do about it, the most likely first."""
    kind = problem.get("kind")
    if _unclear(problem):
        if not _checked(problem):
            _button(clip, "Check", "check", actions.check, clip)
        words = "Try again (paid twice)" if _checked(problem) else "Try again (may be paid twice)"
        _button(clip, words, "twice", partial(actions.again, clip, anew=True), quiet=True)
    elif kind in ("KeyMissingError", "KeyRejectedError", "KeyForbiddenError"):
        if st.button("Open Settings", key=f"work_settings_{clip.id}"):
            st.switch_page("pages/settings.py")
        _button(clip, "Try again", "again", actions.again, clip, quiet=True)
    else:
        label = f"Continue, {money.price_before(session.rest_usd(clip))}"
        if clip.state == "failed":
            label = "Fetch again" if problem.get("charged") else "Try again"
        _button(clip, label, "again", actions.again, clip)
        if problem.get("charged"):  # a link may have expired, and then it can never be fetched
            price = money.price_before(session.rest_usd(clip, anew=True))
            label = f"Buy it again, {price}"
            _button(clip, label, "anew", partial(actions.again, clip, anew=True), quiet=True)
    other = house().catalogue.fallback(clip.model) if kind == "ModelUnavailableError" else None
    if other:
        label = f"Use {house().catalogue.model_label(other)}"
        _button(clip, label, "fallback", actions.with_other, clip, other, quiet=True)
    if problem.get("charged") is False and clip.model != OFFLINE and clip.state == "failed":
        label = "Use the offline voice"
        _button(clip, label, "offline", actions.with_other, clip, OFFLINE, quiet=True)
    _button(clip, "Dismiss", "dismiss", actions.dismiss, clip, quiet=True)
    _details(clip, problem)


def _details(clip: Clip, problem: dict[str, Any]) -> None:
    """What else is known: what to do, the service's own words, and its reference."""
    if problem.get("hint") or problem.get("reference"):
        with st.popover("Details", type="tertiary", key=f"work_details_{clip.id}"):
            look.facts(str(problem.get("hint", "")))
            if problem.get("said"):
                look.facts(f"The service says: {problem['said']}")
            if problem.get("reference"):
                look.facts("The service's reference for this call")
                st.code(str(problem["reference"]), language=None)


def _button(clip: Clip, label: str, name: str, do: Any, *args: Any, quiet: bool = False) -> None:
    st.button(
        label,
        key=f"work_{name}_{clip.id}",
        type="tertiary" if quiet else "secondary",
        on_click=do,
        args=args,
    )


def _poll_s() -> float:
    ages = [job.age_s for job in house().jobs.of(session.browser())]
    return FAST_POLL_S if ages and min(ages) < FAST_FOR_S else SLOW_POLL_S


def _row(name: str) -> Any:
    return st.container(
        key=f"row_{name}",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    )
