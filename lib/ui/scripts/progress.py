"""The recording of a script in progress: Pause, Resume, Cancel, and why it stopped."""

from functools import partial

import streamlit as st

from lib import money
from lib.jobs import Batch
from lib.library.scripts import Script
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current, table
from lib.ui.services import services
from lib.ui.widgets import buying, messages, progress, style
from lib.ui.widgets.buying import Order

LIVE_ROWS = 300  # with more the table is drawn anew less often
SLOW_POLL_S = 3.0
WORDS = {
    "running": "You can leave this page, the work goes on",
    "pausing": "Nothing more is sent, what is on its way is kept",
    "paused": "Nothing more is sent until you resume",
}


def show(now: ScriptState) -> None:
    """The card, which draws itself anew; of a table that is running its rows too."""
    st.session_state["_scripts_seen"] = now.work
    poll_s = progress.POLL_S if len(now.units) <= LIVE_ROWS else SLOW_POLL_S
    st.fragment(_working, run_every=poll_s)(now.script, [now])


def _working(script: Script, just_read: list[ScriptState]) -> None:
    """Runs by itself until the work is over or paused; the page then shows what came of it.

    just_read: the state that the page read for its own run, of which this is a part. A later run
    of the fragment alone reads it anew.
    """
    now = just_read.pop() if just_read else None
    batch = services().jobs.batch(script.id)
    state = current.work_on(script)
    if state != st.session_state.get("_scripts_seen"):
        # Once only: a later run of this fragment must not take the grid from under an edit.
        st.session_state["_scripts_seen"] = state
        current.turn()  # the grid was away meanwhile: what it remembers is old
        st.rerun()
    if batch is None or state not in ("running", "pausing", "paused"):
        return
    if script.kind == "table" and state != "paused":
        table.live(now or current.state_of(script))
    thing = "clip" if script.kind != "table" else "row"
    with st.container(key="card_scripts_work"):
        style.title(f"Recording {money.count(batch.total, thing)}")
        ended = batch.done + batch.failed
        st.progress(ended / max(1, batch.total), text=_progress(batch, thing))
        with style.row("row_scripts_work"):
            failed = [f"{batch.failed:,} not recorded"] if batch.failed else []
            style.facts(*failed, WORDS[state])
            _controls(script, batch)


def _progress(batch: Batch, thing: str) -> str:
    words = f"{batch.done:,} of {money.count(batch.total, thing)}"
    if batch.state == "paused":
        return f"Paused · {words}"
    if batch.rests_until_s is not None:
        return f"{words} · the voice service is failing: it is tried again soon, by itself"
    return words if batch.left_s is None else f"{words}, {money.left(batch.left_s)}"


def _controls(script: Script, batch: Batch) -> None:
    with style.row("row_scripts_controls", spread=False, at="top", width="content"):
        if batch.state == "running":
            st.button(
                "Pause",
                key="scripts_pause",
                icon=":material/pause:",
                on_click=services().jobs.pause,
                args=(script.id,),
            )
        else:
            st.button(
                "Resume",
                key="scripts_resume",
                icon=":material/play_arrow:",
                on_click=_go_on,
                args=(script,),
            )
        st.button(
            "Cancel",
            key="scripts_cancel",
            icon=":material/close:",
            on_click=services().jobs.cancel_batch,
            args=(script.id,),
        )
    if batch.state == "paused" and batch.why:
        style.notice("failure", str(batch.why), batch.why.hint)


def _go_on(script: Script) -> None:
    """What is left was agreed to when it was begun, at the prices of then."""
    messages.clear()
    if rest := services().orders.script_rest(script.id):
        buying.spend(partial(_rest, script), agreed=rest.agreed)


def _rest(script: Script) -> Order | None:
    rest = services().orders.script_rest(script.id)
    if rest is None:
        return None
    return Order(
        offer=rest.offer,
        words=f"the rest of “{script.title}”",
        begin=lambda: services().orders.go_on(script.id, visitor=session.visitor()),
    )
