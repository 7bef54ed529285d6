"""Hear the voice of a speaker or of ticked rows, before it says anything of the script."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from lib import events
from lib.library.clip import Clip
from lib.library.scripts import Row, Script
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current
from lib.ui.services import services
from lib.ui.widgets import failure, live, messages, progress, sample, style

PLACE = "scripts_voice"
ROWS = "scripts_hear_rows"
BUTTON = "_scripts_hears"  # the key of the button that was pressed last


def samples(now: ScriptState, voices: Iterable[str]) -> dict[str, Plan]:
    """The sample of each of these voices."""
    once = list(dict.fromkeys(voices))
    plans = services().orders.plans([_request(now.cast.model, voice) for voice in once])
    return dict(zip(once, plans, strict=True))


def seen() -> live.Seen:
    """To be read before the samples are."""
    return live.seen(events.clips("sample", session.browser()))


def watch(key: str, drawn: live.Seen, wanted: Iterable[Plan]) -> None:
    """Draw the page anew when the sample that was asked for is there."""
    asked = [plan for plan in wanted if sample.is_asked(PLACE, plan.first.key)]
    if asked:
        live.watch(f"scripts_live_{key}", drawn, poll=any(plan.new for plan in asked))


def of_rows(now: ScriptState, rows: Sequence[Row]) -> None:
    """A button that plays the voice of these rows, if they have one voice, and its player."""
    voices = {now.cast.of(row) for row in rows}
    if len(voices) > 1:
        style.facts("These rows have several voices. Tick rows of one voice to hear it.")
    if len(voices) != 1:
        return
    drawn, ids = seen(), {row.id for row in rows}
    ((voice, wanted),) = samples(now, voices).items()

    def at_the_press(then: ScriptState) -> str:
        return next((then.cast.of(row) for row in then.rows if row.id in ids), voice)

    with style.row("row_scripts_hear", spread=False):
        words = f"Hear {services().catalogue.voice_label(voice)}"
        button(words, now.script, wanted, key=ROWS, voice=at_the_press)
        player(ROWS, wanted)
    watch("rows", drawn, [wanted])


def button(
    words: str, script: Script, wanted: Plan, *, key: str, voice: Callable[[ScriptState], str]
) -> None:
    """voice: the one to be heard, of the script as it is at the press."""
    sample.button(words, wanted, key=key, on_click=_hear, args=(script, key, voice))


def player(key: str, wanted: Plan) -> None:
    """What is heard, or is said, once the button of this key was pressed."""
    if st.session_state.get(BUTTON) != key:
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


def _hear(script: Script, key: str, voice: Callable[[ScriptState], str]) -> None:
    def wanted() -> Plan:
        now = current.state_of(services().library.scripts.get(script.id) or script)
        return services().orders.plan(_request(now.cast.model, voice(now)))

    st.session_state[BUTTON] = key
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
