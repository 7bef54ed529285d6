"""Record a script: its expected cost, its progress, and why it stopped."""

from functools import partial

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.scripts import Script
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current, progress
from lib.ui.services import services
from lib.ui.widgets import buying, live, messages, style
from lib.ui.widgets.buying import Order

THINGS = {"table": "row", "dialogue": "sentence", "document": "sentence"}
CALL_S = 3.0  # what the service says one or two sentences take


def show(now: ScriptState, drawn: live.Seen) -> None:
    """The card below the script: the price and the button, or the work in progress."""
    if now.is_active:
        progress.show(now, drawn)
    elif now.units:
        _ready(now)


def _ready(now: ScriptState) -> None:
    with style.row("card_scripts_run"):
        style.facts(*_facts(now), count=_count(now))
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


def label(now: ScriptState) -> str:
    """The label of the button, such as "Record 5 rows", with the count of the line beside it."""
    if any(item.clip and item.clip.state == "interrupted" for item in now.wanted):
        return f"Resume, {money.count(len(now.wanted), 'clip')} left"
    if not now.new:
        return "Put together, free"
    return f"Record {money.count(_new(now), THINGS[now.script.kind])}"


def _count(now: ScriptState) -> str:
    if now.script.kind == "table":
        whole = money.count(len(now.units), "row")
        return f"{whole}, {len(now.wanted):,} new" if now.wanted else whole
    sentences = {part.utterance.key for item in now.units if item.plan for part in item.plan.pieces}
    if not sentences:
        return ""
    whole = money.count(len(sentences), "sentence")
    return f"{len(now.new):,} of {whole} new" if now.new else whole


def _new(now: ScriptState) -> int:
    return len(now.wanted) if now.script.kind == "table" else len(now.new)


def _facts(now: ScriptState) -> list[str]:
    stuck = [item.problem for item in now.units if item.state == "stuck"]
    facts = [f"{len(stuck):,} cannot be recorded yet"] if len(stuck) > 1 else stuck
    if waiting := sum(item.state == "open" for item in now.units):
        facts.append(f"{money.count(waiting, 'charge')} to be cleared up")
    reused = sum(item.state == "recorded" for item in now.units)
    if not now.wanted:
        return [*facts, *(["all recorded"] if reused == len(now.units) else [])]
    if reused:
        facts.append(f"{reused:,} reused: free")
    if now.cast.model == OFFLINE:
        return [*facts, "free"]
    at_once = services().engines.pace.limit
    work_s = -(-len(now.new) // at_once) * CALL_S
    facts += [f"{money.left(work_s).removesuffix(' left')} of work"] if now.new else []
    return [*facts, money.price_before(now.usd)]


def record(script: Script, only: str | None = None) -> None:
    """The primary button, or Retry of one unit."""
    messages.clear()
    buying.spend(partial(_order, script, only))


def _order(script: Script, only: str | None) -> Order | None:
    """All that is new in the script as it is now: somebody may have changed it meanwhile."""
    now = current.state_of(services().library.scripts.get(script.id) or script)
    wanted = [item.order for item in now.wanted if only in (None, item.unit.id)]
    if not wanted:
        messages.tell("There is nothing new to record.", "Change a line, or add one.")
        return None
    return Order(
        offer=services().orders.offer(each.plan for each in wanted),
        words=f"{money.count(len(wanted), 'clip')} to record",
        begin=lambda: services().orders.place_script(
            script.id, now.cast.model, wanted, visitor=session.visitor()
        ),
    )
