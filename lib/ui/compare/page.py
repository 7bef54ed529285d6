"""Compare: the same text in several voices, side by side, to choose one of them."""

import streamlit as st

from lib import events, money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.library.clip import Clip
from lib.orders.auditions import missing
from lib.script import title_of
from lib.script.visible import verbatim
from lib.ui import session
from lib.ui.compare import audition, form, tests, voices
from lib.ui.services import services
from lib.ui.widgets import failure, hidden_value, live, messages, progress, style


def writing() -> None:
    """The script, the voices, the expected cost, and the button that records them."""
    with st.container(key="writing_compare", gap=None):
        st.text_area(
            "Script",
            value=st.session_state["compare_script"],
            key="compare_script",
            height=112,
            label_visibility="collapsed",
            placeholder="What should every voice say?",
            on_change=form.save,
        )
        with style.row("row_choices_compare", spread=False):
            form.picker()
        with style.row("row_act_compare"):
            count = _expectation()
            st.button(
                f"Record {money.count(count, 'voice')}" if count else "Record voices",
                key="compare_record",
                type="primary",
                icon=":material/graphic_eq:",
                shortcut="Mod+Enter",
                on_click=audition.record,
            )


def _expectation() -> int:
    """Say what a click would do and cost; returns how many voices it would record."""
    asked = form.requests()
    if not st.session_state["compare_script"].strip():
        style.facts("Nothing to say yet", "the price appears here")
        return len(asked)
    if not asked:
        style.facts("No voice is chosen yet")
        return 0
    try:
        plans = services().orders.plans(asked)
    except SpeechError as error:
        style.facts(str(error))
        return len(asked)
    wanted = missing(plans, audition.current(), audition.candidates())
    if not wanted:
        style.facts(_why_none(), count=money.count(len(plans), "voice"))
        return len(plans)
    free = [plan for plan in wanted if not plan.new or plan.request.model == OFFLINE]
    new = len(wanted) - len(free)
    reused = [f"{len(free)} already made or built in: free"] if free and new else []
    cost = f"{money.price_before(services().orders.offer(wanted).usd)} for all" if new else "free"
    style.facts(
        *([f"{new} new"] if free and new else []),
        *reused,
        cost,
        *plans[0].removed,
        count=money.count(len(wanted), "voice"),
    )
    return len(wanted)


def _why_none() -> str:
    """Why a click would record nothing."""
    rest = audition.unfinished()
    if any(progress.works(clip) for clip in rest):
        return "being recorded"
    if waiting := [clip for clip in rest if clip.is_open]:
        return f"{money.count(len(waiting), 'charge')} to be cleared up below"
    return "all of them are here"


def stage() -> None:
    """The work in progress, the failed clips, and the voices that can be heard."""
    drawn = live.seen(events.clips("audition", session.browser()))
    working = progress.at_work(audition.unfinished())
    now = audition.current()
    shown = audition.candidates()
    if now is None or not shown:
        form.starters()
        return
    live.watch(
        "compare_live",
        drawn,
        gap_s=progress.GAP_S,
        poll=bool(working),
        untold=progress.is_elsewhere(working),
    )
    progress.card(audition.PLACE, "voice", working)
    failed = [each.clip for each in shown if each.clip.state == "failed"]
    for clips in failure.alike([clip for clip in failed if not progress.works(clip)]):
        with st.container(key=f"card_problem_{clips[0].id}"):
            style.title(failure.names([_name(clip) for clip in clips]))
            failure.explain(*clips)
    ready = [each for each in shown if each.clip.state == "ready"]
    tests.show(now)
    if ready:
        voices.show(now, ready)


def _name(clip: Clip) -> str:
    catalogue = services().catalogue
    return f"{catalogue.voice_label(clip.voice)} · {catalogue.model_label(clip.model)}"


def saved() -> None:
    """The saved auditions of the installation, each with a button that opens it."""
    found = services().library.auditions.saved(session.OWNER)
    messages.undo("compare")
    if not found:
        return
    with style.popover(
        "Saved auditions", hidden_value.key("compare_saved"), icon="folder_open"
    ) as is_open:
        for each in found if is_open else []:
            with style.row(f"row_compare_saved_{each.id}"):
                st.button(
                    verbatim(each.title),
                    key=f"compare_open_{each.id}",
                    type="tertiary",
                    help=verbatim(f"{title_of(each.script)} · {money.ago(each.changed_at_s)}"),
                    on_click=audition.open_saved,
                    args=(each,),
                )
                st.button(
                    "Delete",
                    key=f"compare_delete_{each.id}",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=audition.delete,
                    args=(each,),
                )
