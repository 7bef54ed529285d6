"""What is being made, and what could not be: cards where the finished clip will appear."""

from typing import Any

import streamlit as st

from lib import money
from lib.jobs import Job
from lib.library.clip import Clip
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import failure, messages, progress, style
from lib.ui.widgets import sample as hearing

FAST_POLL_S = 0.25  # soon after a click, when a short clip is about to be ready
SLOW_POLL_S = 1.0
FAST_FOR_S = 10.0


def show() -> None:
    """Notices, the question about a large sum, running work, and clips that were not made."""
    messages.show()
    unfinished = _unfinished()
    if working := progress.at_work(unfinished):
        st.session_state["_making"] = {clip.id for clip in working}
        poll_s = _poll_s()
        st.fragment(_running, run_every=poll_s)(poll_s)
    for clip in unfinished:
        if not progress.works(clip):
            _not_made(clip)


def _running(poll_s: float) -> None:
    """Runs by itself every `poll_s` while anything is being made."""
    making = progress.at_work(_unfinished())
    shown = {clip.id for clip in making}
    if st.session_state["_making"] - shown or not making or _poll_s() != poll_s:
        st.rerun()  # something ended: the page shows what came of it
    st.session_state["_making"] = shown
    for clip in making:
        _making(clip, services().jobs.get(clip.id))


def _unfinished() -> list[Clip]:
    """Clips, and the sample of the voice that is chosen: other pages show the rest."""
    found = services().library.listing.unfinished(session.browser(), "clip", "sample")
    if not any(clip.kind == "sample" for clip in found):
        return found
    wanted = hearing.sample().fingerprint
    return [clip for clip in found if clip.kind == "clip" or _is_news(clip, wanted)]


def _is_news(sample: Clip, wanted: str) -> bool:
    """Of a sample that was cancelled nothing is said: its button stands there again."""
    return sample.fingerprint == wanted and (progress.works(sample) or sample.state == "failed")


def _making(clip: Clip, job: Job | None) -> None:
    with st.container(key=f"card_job_{clip.id}"):
        style.title(f"Recording “{clip.title}”")
        st.progress(_share(job), text=_progress(job))
        with _row(f"job_{clip.id}"):
            spent, exact = services().library.ledger.spent(clip.id)
            cost = [f"Spent so far {money.price_after(spent, exact=exact)}"] if spent else []
            style.facts(*cost, "You can leave this page, the work goes on")
            if clip.state == "making":
                st.button(
                    "Cancel",
                    key=f"work_cancel_{clip.id}",
                    icon=":material/close:",
                    on_click=services().jobs.cancel,
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
    if job.error:
        return "The library cannot be written right now. What was paid for is kept until it can be"
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
    with st.container(key=f"card_problem_{clip.id}"):
        style.title(f"“{clip.title}”")
        failure.explain(clip)


def _poll_s() -> float:
    ages = [job.age_s for job in services().jobs.of(session.browser())]
    return FAST_POLL_S if ages and min(ages) < FAST_FOR_S else SLOW_POLL_S


def _row(name: str) -> Any:
    return style.row(f"row_{name}")
