"""Hear the voice of a speaker, before it says anything of the script."""

from collections.abc import Iterable, Sequence

import streamlit as st

from lib import events
from lib.library.clip import Clip
from lib.library.scripts import Script
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.script import dialogue
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import failure, live, messages, progress, sample, style

PLACE = "scripts_voice"
SPEAKER = "_scripts_hears"  # whose voice was asked for last


def samples(now: ScriptState, names: Sequence[str]) -> dict[str, Plan]:
    """The sample of each voice that these speakers have."""
    voices = list(dict.fromkeys(now.cast.speaker(name) for name in names))
    plans = services().orders.plans([_request(now.cast.model, voice) for voice in voices])
    return dict(zip(voices, plans, strict=True))


def seen() -> live.Seen:
    """To be read before the samples are."""
    return live.seen(events.clips("sample", session.browser()))


def watch(drawn: live.Seen, wanted: Iterable[Plan]) -> None:
    """Draw the page anew when the sample that was asked for is there."""
    asked = [plan for plan in wanted if sample.is_asked(PLACE, plan.first.key)]
    if asked:
        live.watch("scripts_live_voice", drawn, poll=any(plan.new for plan in asked))


def show(now: ScriptState, number: int, name: str, wanted: Plan) -> None:
    """The button, and the player once it was pressed. number: of the speaker's card."""
    sample.button(
        "Hear this voice", wanted, key=f"scripts_hear_{number}", on_click=_hear,
        args=(now.script, name),
    )  # fmt: skip
    if st.session_state.get(SPEAKER) != dialogue.same_person(name):
        return
    if refused := messages.notice(PLACE):
        style.notice(refused.kind, refused.strong, refused.text)
    if not sample.is_asked(PLACE, wanted.first.key):
        return
    if recording := services().library.recordings.get(wanted.first.key):
        sample.play(f"{PLACE}_{wanted.first.key}", recording, _title(wanted), autoplay=True)
    elif clip := _attempt(wanted):
        if progress.works(clip):
            style.facts("Recording…")
        elif clip.state == "failed":
            failure.explain(clip)


def _hear(script: Script, name: str) -> None:
    """The voice that the speaker has at the press."""

    def wanted() -> Plan:
        now = current.state_of(services().library.scripts.get(script.id) or script)
        return services().orders.plan(_request(now.cast.model, now.cast.speaker(name)))

    st.session_state[SPEAKER] = dialogue.same_person(name)
    sample.hear(PLACE, wanted, _title, notice=PLACE)


def _attempt(wanted: Plan) -> Clip | None:
    """This browser's newest clip of the sample that is in progress or failed."""
    found = services().library.listing.unfinished(session.browser(), "sample")
    return next((clip for clip in found if clip.fingerprint == wanted.fingerprint), None)


def _request(model: str, voice: str) -> Request:
    text = services().catalogue.sample_text(model, voice)
    return Request(script=text, model=model, voice=voice, format="mp3")


def _title(plan: Plan) -> str:
    return f"Sample of {services().catalogue.voice_label(plan.request.voice)}"
