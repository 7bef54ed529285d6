"""The recording of a script in progress: Pause, Resume, Cancel, and why it stopped."""

from functools import partial

import streamlit as st

from lib import events
from lib.jobs import Batch, telling
from lib.library.scripts import Script
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current, table
from lib.ui.services import services
from lib.ui.widgets import buying, live, messages, style
from lib.ui.widgets.buying import Order

LIVE_ROWS = 300  # with more the table is drawn anew less often
GAP_S, SLOW_GAP_S = 0.5, 3.0
WORDS = {
    "running": "You can leave this page, the work goes on",
    "pausing": "Nothing more is sent, what is on its way is kept",
    "paused": "Nothing more is sent until you resume",
}


def seen(script: Script) -> live.Seen:
    """To be read before the state of the script that is drawn."""
    return live.seen(events.batch(script.id), events.rows(script.id))


def follow(now: ScriptState) -> None:
    """Call it before the script is drawn: the grid gets a new key when work begins or ends.

    It is not drawn meanwhile, so its own state is old by then.
    """
    before = st.session_state.pop("_scripts_seen", now.work)
    if before != now.work:
        current.turn()
    if now.is_active:
        st.session_state["_scripts_seen"] = now.work


def rows(now: ScriptState, drawn: live.Seen) -> None:
    """The rows of a table that is running, in place of the table that can be edited."""
    if now.script.kind == "table" and now.is_running:
        st.fragment(_rows)(now.script, [(now, drawn)])


def card(now: ScriptState, drawn: live.Seen) -> None:
    """How far the work is, with Pause, Resume and Cancel."""
    topic = events.batch(now.script.id)
    live.watch("scripts_live", {topic: drawn[topic]}, poll=True)
    if batch := services().jobs.batch(now.script.id):
        _card(now, batch, topic)


def _rows(script: Script, just_read: list[tuple[ScriptState, live.Seen]]) -> None:
    """The grid, drawn anew by itself as rows are recorded.

    just_read: the state that the page read for its own run, of which this is a part. A later run
    of the fragment alone reads it anew.
    """
    drawn = just_read[0][1] if just_read else seen(script)
    now = just_read.pop()[0] if just_read else current.state_of(script)
    topic = events.rows(script.id)
    gap_s = GAP_S if len(now.units) <= LIVE_ROWS else SLOW_GAP_S
    live.watch("scripts_live_rows", {topic: drawn[topic]}, gap_s=gap_s, poll=True)
    if now.is_running:
        table.live(now)


def _card(now: ScriptState, batch: Batch, topic: str) -> None:
    thing = "clip" if now.script.kind != "table" else "row"
    live.progress(
        "scripts_progress",
        topic,
        telling.batch_numbers_of(batch),
        telling.batch_words(batch, thing),
        shares={"done": 1, "failed": 1},
    )
    with style.row("row_scripts_work"):
        failed = [f"{batch.failed:,} not recorded"] if batch.failed else []
        style.facts(*failed, WORDS.get(now.work, ""))
        _controls(now.script, batch)
    if batch.state == "paused" and batch.why:
        style.notice("failure", str(batch.why), batch.why.hint)


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


def _go_on(script: Script) -> None:
    """The person agreed to the rest when the script was begun, at the prices of that time."""
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
