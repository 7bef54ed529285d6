"""Cards of clips in progress and of failed clips, at the place where finished clips appear."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from lib import events
from lib.jobs import Job, telling
from lib.library.clip import Clip
from lib.ui import session
from lib.ui.services import services
from lib.ui.studio import voice_sample
from lib.ui.widgets import clip_card, failure, live, messages, progress, style

SHARES = {"done": 0.9, "joined": 0.1}  # of the bar: recording is most of it
FACTS = "{cost}You can leave this page, the work goes on"


def show() -> list[Clip]:
    """The messages, the work in progress, which is returned, and the failed clips."""
    messages.show("studio")
    browser = session.browser()
    drawn = live.seen(*(events.clips(kind, browser) for kind in ("clip", "sample")))
    unfinished = _unfinished()
    working = progress.at_work(unfinished)
    live.watch("studio_live", drawn, poll=bool(working), untold=progress.is_elsewhere(working))
    for clip in working:
        _making(clip, services().jobs.get(clip.id))
    for clips in failure.alike([clip for clip in unfinished if not progress.works(clip)]):
        _not_made(clips)
    return working


def _unfinished() -> list[Clip]:
    """The unfinished clips, and the sample of the chosen voice. Other pages show the rest."""
    found = services().library.listing.unfinished(session.browser(), "clip", "sample")
    if not any(clip.kind == "sample" for clip in found):
        return found
    wanted = voice_sample.wanted().fingerprint
    return [clip for clip in found if clip.kind == "clip" or _is_news(clip, wanted)]


def _is_news(sample: Clip, wanted: str) -> bool:
    """Whether the sample gets a card: a cancelled one does not, since its button is shown again."""
    return sample.fingerprint == wanted and (progress.works(sample) or sample.state == "failed")


def _making(clip: Clip, job: Job | None) -> None:
    with st.container(key=f"card_job_{clip.id}"):
        style.title(f"Recording “{clip.title}”")
        topic, numbers = events.clip(clip.id), telling.numbers_of(job) if job else {}
        live.progress(
            f"work_progress_{clip.id}",
            topic,
            numbers,
            *telling.phases_of(job),
            shares={} if job is None or job.total == 1 else SHARES,
            age_s=job.age_s if job else 0,
            sound=_sound(clip, job),
        )
        with style.row(f"row_job_{clip.id}"):
            live.facts(f"work_facts_{clip.id}", topic, numbers, FACTS, _cost(clip, job))
            if clip.state == "making":
                st.button(
                    "Cancel",
                    key=f"work_cancel_{clip.id}",
                    icon=":material/close:",
                    on_click=services().jobs.cancel,
                    args=(clip.id,),
                )


def _sound(clip: Clip, job: Job | None) -> live.Sound | None:
    """What can be heard before the clip is finished: the sound of its only part is its sound."""
    if job is None or not job.single or job.parts[0].gap_after_s:
        return None
    return clip_card.coming_sound(clip, job.parts[0].utterance, place="studio")


def _cost(clip: Clip, job: Job | None) -> live.Cost:
    """What was spent before the job's own count began."""
    spent, exact = services().orders.charges.spent(clip.id)
    counted = job.spent_usd if job else Decimal(0)
    return live.Cost(None if spent is None or counted is None else spent - counted, exact)


def _not_made(clips: Sequence[Clip]) -> None:
    with st.container(key=f"card_problem_{clips[0].id}"):
        style.title(failure.names([f"“{clip.title}”" for clip in clips]))
        failure.explain(*clips)
