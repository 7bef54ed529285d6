"""Compare's audition: what is recorded for it, and how people rate its voices."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.auditions import Audition, Candidate
from lib.library.clip import Clip
from lib.orders.auditions import missing, replaced
from lib.orders.parts import Request
from lib.script import clean
from lib.ui import session
from lib.ui.compare import form
from lib.ui.services import services
from lib.ui.widgets import buying, hidden_value, messages, progress, set_aside
from lib.ui.widgets.buying import Order
from lib.web.marks import Marks

PLACE = "compare"


def current() -> Audition | None:
    """The audition on the page: the last one of this browser, or one that was opened."""
    draft = services().library.drafts.get(session.browser(), form.PAGE)
    audition_id = draft.get("audition")
    return services().library.auditions.get(audition_id) if audition_id else None


def candidates() -> list[Candidate]:
    now = current()
    return services().library.auditions.candidates(now.id) if now else []


def unfinished() -> list[Clip]:
    return [each.clip for each in candidates() if each.clip.state != "ready"]


def record() -> None:
    """The primary button: record what the form asks for and the page does not have yet."""
    messages.clear()
    form.save()
    asked = form.requests()
    if not asked:
        messages.tell("No voice is chosen.", "Choose at least one, then press Record again.")
        return
    buying.spend(partial(_order, asked))


def _order(asked: Sequence[Request]) -> Order | None:
    wanted = missing(services().orders.plans(asked), current(), candidates())
    if not wanted:
        messages.tell(
            "These voices are all here.", "Add others, or change the script.", kind="info"
        )
        return None
    return buying.order_of(
        wanted,
        f"{money.count(len(wanted), 'voice')} to record",
        kind="audition",
        then=partial(_put_on_page, wanted[0].text),
    )


def _put_on_page(text: str, clips: Sequence[Clip]) -> None:
    now = current()
    clip_ids = [clip.id for clip in clips]
    if now is None or now.script != text:
        begun = services().library.auditions.begin(
            text, clip_ids, owner=session.OWNER, browser=session.browser()
        )
        form.save(audition=begun)
    else:
        for replaced_id in replaced(clips, candidates()):
            services().library.auditions.drop(now.id, replaced_id)
        services().library.auditions.extend(now.id, clip_ids)
    progress.begin(PLACE, clips)


def is_another_script() -> bool:
    """Whether the text in the form differs from the text of the voices on the page."""
    now = current()
    return now is not None and clean(st.session_state["compare_script"]).text != now.script


# ---- Marks and buttons of the cards ----


def mark(marks: Marks) -> None:
    """Save the stars and remarks that have changed."""
    now = current()
    if now is None:
        return
    for each in candidates():
        name = str(each.clip.id)
        stars = marks.stars.get(name, {}).get("stars", each.stars)
        if stars != each.stars:
            services().library.auditions.rate(now.id, each.clip.id, stars)
        remark = marks.remarks.get(name, each.remark)
        if remark != each.remark:
            services().library.auditions.remark(now.id, each.clip.id, remark)


def press(name: str, clip_id: str) -> None:
    """One of the buttons on a card."""
    now = current()
    clip = next((each.clip for each in candidates() if str(each.clip.id) == clip_id), None)
    if now is None or clip is None:
        return
    if name == "keep":
        messages.clear()
        services().library.clips.keep(clip.id, clip.kind != "clip")
    elif name == "remove":
        messages.clear()
        services().library.auditions.drop(now.id, clip.id)


# ---- Saving and opening ----


def save_as(field: str) -> None:
    """field: the key of the widget with the name."""
    messages.clear()
    hidden_value.close("compare_save")
    if now := current():
        services().library.auditions.save(now.id, st.session_state[field])


def open_saved(audition: Audition) -> None:
    """Show this audition, and fill the form with its script and voices."""
    messages.clear()
    hidden_value.close("compare_saved")
    is_recorded = current() is not None and not is_another_script()
    set_aside.keep(form.PAGE, "" if is_recorded else form.script(), audition.script)
    shown = [each.clip for each in services().library.auditions.candidates(audition.id)]
    built_in = {voice.id for voice in services().catalogue.voices(OFFLINE)}
    cloud = {voice.id for voice in form.cloud_voices()}
    voices = list(dict.fromkeys(clip.voice for clip in shown))
    models = {clip.model for clip in shown}
    form.fill(
        audition.script,
        [model for model in form.cloud_models() if model in models] or [form.cloud_models()[0]],
        [voice for voice in voices if voice in cloud],
        [voice for voice in voices if voice in built_in],
    )
    form.save(audition=audition.id)


def delete(audition: Audition) -> None:
    messages.clear()
    services().library.auditions.delete(audition.id)
    messages.offer_undo("compare", f"“{audition.title}” deleted", partial(_restore, audition.id))


def _restore(audition_id: int) -> None:
    services().library.auditions.restore(audition_id)
