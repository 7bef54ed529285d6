"""Record a script: its expected cost, its progress, and why it stopped."""

from collections.abc import Collection
from functools import partial

import streamlit as st

from lib import money
from lib.engines import OFFLINE
from lib.library.scripts import Script
from lib.scripting import words
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.scripts import current, keeping, progress, who_speaks
from lib.ui.services import services
from lib.ui.widgets import buying, going, live, messages, style
from lib.ui.widgets.buying import Order


def show(now: ScriptState, drawn: live.Seen) -> None:
    """The bar that is always in view: the price and the button, or the work in progress."""
    if now.is_active:
        progress.rows(now, drawn)
    elif _lacks_key(now):
        _say_key_is_missing(now)
    with st.bottom, st.container(key="bar_scripts"):
        messages.show(current.PAGE)  # beside the button that leads to them
        if now.is_active:
            progress.card(now, drawn)
        elif now.units:
            _ready(now)


def _ready(now: ScriptState) -> None:
    with style.row("row_scripts_run"):
        style.facts(
            *words.facts_of(now, at_once=services().engines.pace.limit), count=words.count_of(now)
        )
        if now.wanted and not _lacks_key(now):
            st.button(
                words.label_of(now),
                key="scripts_record",
                type="primary",
                icon=":material/graphic_eq:",
                shortcut="Mod+Enter",
                on_click=record,
                args=(now.script,),
            )


def _lacks_key(now: ScriptState) -> bool:
    """Whether what is new cannot be bought: the script keeps its voices when the key goes."""
    return bool(now.new) and now.cast.model != OFFLINE and session.key() is None


def _say_key_is_missing(now: ScriptState) -> None:
    style.notice(
        "advice",
        "There is no key for this script’s voices.",
        "What is recorded stays. Add a key to go on, or take voices that need none: then all of "
        "it is recorded anew.",
    )
    with style.row("row_scripts_key", spread=False):
        st.button("Add a key", key="scripts_add_key", on_click=going.add_a_key)
        st.button(
            "Use the built-in voices",
            key="scripts_offline",
            type="tertiary",
            on_click=_use_built_in,
            args=(now.script,),
        )


def _use_built_in(script: Script) -> None:
    current.choose(script, model=OFFLINE, voice=session.default_voice(OFFLINE))


def record(script: Script, only: Collection[str] = ()) -> None:
    """The primary button, or Retry of some units. only: their ids."""
    messages.clear()
    who_speaks.forget()
    keeping.keep_defaults(script)
    buying.spend(partial(_order, script, only))


def _order(script: Script, only: Collection[str]) -> Order | None:
    """All that is new in the script as it is now: somebody may have changed it meanwhile."""
    fresh = services().library.scripts.get(script.id)
    if fresh is None:
        messages.tell("Nothing is recorded: this script was deleted.", "It can be brought back.")
        return None
    now = current.state_of(fresh)
    keeping.keep_cast(now)
    wanted = [item.order for item in now.wanted if not only or item.unit.id in only]
    if not wanted:
        messages.tell("There is nothing new to record.", "Change a line, or add one.", kind="info")
        return None
    return Order(
        offer=services().orders.offer(each.plan for each in wanted),
        words=f"{money.count(len(wanted), 'clip')} of “{script.title}”",
        begin=lambda: services().orders.place_script(
            script.id, now.cast.model, wanted, visitor=session.visitor()
        ),
    )
