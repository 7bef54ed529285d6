"""Many clips made at one click: samples of voices, or one script in several voices."""

from collections.abc import Sequence

import streamlit as st

from lib import money
from lib.jobs import telling
from lib.library.clip import Clip
from lib.ui.services import services
from lib.ui.widgets import style

GAP_S = 0.5  # between two runs of a page on which many clips become ready


def works(clip: Clip) -> bool:
    """Whether it is being made, or was stopped with open calls, whose sound is still stored."""
    job = services().jobs.get(clip.id)
    return clip.state == "making" or (job is not None and job.running > 0)


def at_work(clips: Sequence[Clip]) -> list[Clip]:
    return [clip for clip in clips if works(clip)]


def is_elsewhere(working: Sequence[Clip]) -> bool:
    """Whether one of these clips is made by another server, or by one that died a moment ago."""
    return any(services().jobs.get(clip.id) is None for clip in working)


def card(place: str, thing: str, working: Sequence[Clip]) -> None:
    """Progress of the clips that are being made, as one card with Cancel; nothing if none is.

    thing: what one of them is called, such as "voice". The page runs again when one is ready.
    """
    if working:
        _card(place, thing, working)
    else:
        st.session_state.pop(f"_{place}_batch", None)


def begin(place: str, clips: Sequence[Clip]) -> None:
    """Count these clips as one piece of work, so that "12 of 22" includes those that are ready."""
    st.session_state[f"_{place}_batch"] = [clip.id for clip in clips]


def _card(place: str, thing: str, working: Sequence[Clip]) -> None:
    now = {clip.id for clip in working}
    batch = set(st.session_state.get(f"_{place}_batch", [])) | now
    done = len(batch) - len(now)
    with st.container(key=f"card_{place}_work"):
        style.title(f"Recording {money.count(len(batch), thing)}")
        jobs = [job for clip in working if (job := services().jobs.get(clip.id))]
        is_stopping = all(clip.state != "making" for clip in working)
        words = telling.many_words(done, len(batch), thing, jobs, is_stopping=is_stopping)
        st.progress(done / len(batch), text=words)
        with style.row(f"row_{place}_work"):
            spent, exact = services().orders.charges.spent(*batch)
            cost = [f"Spent so far {money.price_after(spent, exact=exact)}"] if spent else []
            style.facts(*cost, "You can leave this page, the work goes on")
            if not is_stopping:
                st.button(
                    "Cancel",
                    key=f"{place}_cancel",
                    icon=":material/close:",
                    on_click=_cancel,
                    args=(working,),
                )


def _cancel(clips: Sequence[Clip]) -> None:
    for clip in clips:
        services().jobs.cancel(clip.id)
