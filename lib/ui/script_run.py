"""Recording a script: what it will cost, how far it is, and what stopped it."""

import threading
from decimal import Decimal

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.jobs import Batch
from lib.library.clip import Intent, Part
from lib.library.scripts import Script
from lib.ui import actions, desk, look, script_table, session, together
from lib.ui.desk import Desk, Item
from lib.ui.house import house

THINGS = {"table": "row", "dialogue": "sentence", "document": "sentence"}
LIVE_ROWS = 300  # with more the table is drawn anew less often
SLOW_POLL_S = 3.0
CALL_S = 3.0  # what the service says one or two sentences take

_recording = threading.Lock()  # two clicks of one person run in two threads


def show(now: Desk) -> None:
    """The card under the script: the price and the button, or the work that goes on."""
    batch = house().jobs.batch(now.script.id)
    if batch and batch.state in ("running", "paused"):
        poll_s = together.POLL_S if len(now.items) <= LIVE_ROWS else SLOW_POLL_S
        st.session_state["_scripts_seen"] = batch.state
        st.fragment(_working, run_every=poll_s)(now.script)
    elif now.items:
        _ready(now)


def is_running(script: Script) -> bool:
    batch = house().jobs.batch(script.id)
    return batch is not None and batch.state == "running"


def _ready(now: Desk) -> None:
    with st.container(
        key="card_scripts_run",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        look.facts(*_facts(now), count=_count(now))
        if now.wanted:
            st.button(
                label(now),
                key="scripts_record",
                type="primary",
                icon=":material/graphic_eq:",
                shortcut="Mod+Enter",
                on_click=record,
                args=(now.script,),
            )


def label(now: Desk) -> str:
    """Such as "Record 5 rows": the count of the line beside it."""
    if any(item.clip and item.clip.state == "interrupted" for item in now.wanted):
        return f"Resume, {money.count(len(now.wanted), 'clip')} left"
    if not now.new:
        return "Put together, free"
    return f"Record {money.count(_new(now), THINGS[now.script.kind])}"


def _count(now: Desk) -> str:
    if now.script.kind == "table":
        whole = money.count(len(now.items), "row")
        return f"{whole}, {len(now.wanted)} new" if now.wanted else whole
    sentences = {part.utterance.key for item in now.items if item.plan for part in item.plan.pieces}
    if not sentences:
        return ""
    whole = money.count(len(sentences), "sentence")
    return f"{len(now.new)} of {whole} new" if now.new else whole


def _new(now: Desk) -> int:
    return len(now.wanted) if now.script.kind == "table" else len(now.new)


def _facts(now: Desk) -> list[str]:
    stuck = [item.problem for item in now.items if item.state == "stuck"]
    facts = [f"{len(stuck)} cannot be recorded yet"] if len(stuck) > 1 else stuck
    if waiting := sum(item.state == "open" for item in now.items):
        facts.append(f"{money.count(waiting, 'charge')} to be cleared up")
    reused = sum(item.state == "recorded" for item in now.items)
    if not now.wanted:
        return [*facts, *(["all recorded"] if reused == len(now.items) else [])]
    if reused:
        facts.append(f"{reused} reused: free")
    if now.cast.model == OFFLINE:
        return [*facts, "free"]
    at_once = house().engines.pace.limit
    work_s = -(-len(now.new) // at_once) * CALL_S
    facts += [f"{money.left(work_s).removesuffix(' left')} of work"] if now.new else []
    return [*facts, money.price_before(now.usd)]


def record(script: Script, only: str | None = None) -> None:
    """The primary button, or Retry of one unit."""
    actions.clear()
    with _recording:
        _record(script, only)


def _record(script: Script, only: str | None) -> None:
    fresh = house().library.scripts.get(script.id)
    if fresh is None:
        return
    now = desk.look_at(fresh)
    wanted = [item for item in now.wanted if only in (None, item.unit.id)]
    if not wanted:
        actions.tell("There is nothing new to record.", "Change a line, or add one.")
        return
    bought = {said.key: len(said.text) for item in wanted if item.plan for said in item.plan.new}
    words = f"{money.count(len(wanted), 'clip')} to record"
    actions.spend(
        session.price_of(sum(bought.values()), now.cast.model),
        words,
        lambda: _submit(now, wanted),
    )


def _submit(now: Desk, wanted: list[Item]) -> None:
    """One clip for each; one that was tried before keeps its place."""
    the = house()
    model, key = now.cast.model, session.key()
    for voice in {item.plan.request.voice for item in wanted if item.plan}:
        the.catalogue.check(model, voice)
    the.engines.speaker(model, key)  # says now that there is no key
    known: set[str] = set()
    estimates: dict[str, Decimal | None] = {}
    intents, tried = [], []
    for item in wanted:
        assert item.plan
        new = {said.key for said in item.plan.new}
        known |= {part.utterance.key for part in item.plan.pieces} - new
        estimates |= session.estimates(item.plan.new, model)
        if item.clip:
            tried.append((item.clip.id, item.plan.pieces))
        else:
            intents.append(_intent(now.script, item))
    pieces: dict[int, tuple[Part, ...]] = dict(tried)
    again = the.library.listing.many(list(pieces))
    the.library.clips.move_all([clip.id for clip in again], "making")
    clips = the.library.clips.begin_all(intents)
    batch = Batch(
        id=now.script.id,
        browser=session.browser(),
        engine=lambda: the.engines.speaker(model, key),
        estimates_usd=estimates,
        known=known,
    )
    batch.add([(clip, pieces[clip.id]) for clip in again])
    batch.add([(clip, intent.pieces) for clip, intent in zip(clips, intents, strict=True)])
    the.jobs.run(batch)


def _intent(script: Script, item: Item) -> Intent:
    assert item.plan
    return Intent(
        pieces=item.plan.pieces,
        script=item.plan.text,
        title=item.unit.title,
        owner=session.OWNER,
        browser=session.browser(),
        fingerprint=item.plan.asked,
        kind="line",
        script_id=script.id,
        unit=item.unit.id,
    )


# ---- At work ----


def _working(script: Script) -> None:
    """Runs by itself until the work is over or paused; the page then shows what came of it."""
    batch = house().jobs.batch(script.id)
    state = batch.state if batch else "done"
    if state != st.session_state.get("_scripts_seen"):
        # Once only: a later run of this fragment must not take the grid from under an edit.
        st.session_state["_scripts_seen"] = state
        desk.turn()  # the grid was away meanwhile: what it remembers is old
        st.rerun()
    if batch is None or state not in ("running", "paused"):
        return
    if script.kind == "table" and batch.state == "running":
        script_table.live(desk.look_at(script))
    thing = "clip" if script.kind != "table" else "row"
    with st.container(key="card_scripts_work"):
        look.title(f"Recording {money.count(batch.total, thing)}")
        ended = batch.done + batch.failed
        st.progress(ended / max(1, batch.total), text=_progress(batch, thing))
        with st.container(
            key="row_scripts_work",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            failed = [f"{batch.failed} not recorded"] if batch.failed else []
            look.facts(*failed, "You can leave this page, the work goes on")
            _controls(script, batch)


def _progress(batch: Batch, thing: str) -> str:
    words = f"{batch.done} of {money.count(batch.total, thing)}"
    if batch.state == "paused":
        return f"Paused · {words}"
    if batch.rests_until_s is not None:
        return f"{words} · the voice service is failing: it is tried again soon, by itself"
    return words if batch.left_s is None else f"{words}, {money.left(batch.left_s)}"


def _controls(script: Script, batch: Batch) -> None:
    with st.container(key="row_scripts_controls", horizontal=True, width="content"):
        if batch.state == "running":
            st.button(
                "Pause",
                key="scripts_pause",
                icon=":material/pause:",
                on_click=house().jobs.pause,
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
            on_click=house().jobs.cancel_batch,
            args=(script.id,),
        )
    if batch.state == "paused" and batch.why:
        look.notice("failure", str(batch.why), batch.why.hint)


def _go_on(script: Script) -> None:
    """With the key of now: the one it began with may be why it was paused."""
    actions.clear()
    the, key = house(), session.key()
    model = desk.cast_of(script).model
    try:
        the.engines.speaker(model, key)
    except SpeechError as error:
        actions.say(error)
        return
    the.jobs.go_on(script.id, lambda: the.engines.speaker(model, key))
