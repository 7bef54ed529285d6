"""The results of a script: its clips with players, and their takes."""

from collections.abc import Sequence

import streamlit as st

from lib import money
from lib.library.clip import Clip, Part
from lib.library.problem import Problem
from lib.library.scripts import Script
from lib.scripting.state import ScriptState, UnitState, takes_of
from lib.scripting.words import state_words
from lib.ui.scripts import current, record, table
from lib.ui.services import services
from lib.ui.widgets import clip_card, failure, messages, sample, style

HEARD_AT_ONCE = 8
SENTENCES_AT_ONCE = 40
ALONE = "This was not recorded."
HEARD = ("recorded", "failed", "open")


def show(now: ScriptState) -> None:
    """The results of the ticked rows, or of all clips if they are few; and what failed."""
    ticked = table.picked(now) if now.script.kind == "table" else []
    shown = ticked or [item for item in now.units if item.state in HEARD or item.before]
    if not shown:
        return
    st.header("Clips", anchor=False)
    cards = failure.together(shown, _why_not)
    with st.container(key="grid_scripts" if len(cards) > 1 else "one_scripts"):
        for items in cards[:HEARD_AT_ONCE]:
            _result(now, items)
    if more := sum(len(items) for items in cards[HEARD_AT_ONCE:]):
        style.facts(f"{more:,} more: tick rows to hear them")


def _why_not(item: UnitState) -> object:
    """The reason of a unit that failed, if that is all there is to say of it."""
    problem = item.clip.problem if item.clip else None
    if item.state != "failed" or item.before or not (problem and item.plan):
        return None
    said = {part.utterance.key for part in item.plan.pieces}
    return problem.reason if len(item.plan.new) == len(said) else None


def _result(now: ScriptState, items: Sequence[UnitState]) -> None:
    """The card of a unit, or of several that failed for one reason."""
    item = items[0]
    clip = services().library.clips.get(item.clip.id) if item.clip else None
    with st.container(key=f"card_scripts_{item.unit.id}"):
        titles = [f"“{each.unit.title}”" for each in items]
        style.title(failure.names(titles) if len(items) > 1 else item.unit.title)
        if item.before and item.state != "recorded":
            _earlier(item.before.id, item.unit.id)
        if clip is None or clip.state not in ("ready", "failed"):
            style.facts(state_words(item, services().jobs))
        elif clip.state == "ready":
            clip_card.clip_player(clip, place=f"scripts_{item.unit.id}")
            style.facts(*clip_card.facts_of(clip))
            clip_card.said_otherwise(clip)
        elif item.state == "open":
            failure.explain(clip)
        else:
            _not_recorded(now, items, clip)
        _actions(now, item, clip)


def _not_recorded(now: ScriptState, items: Sequence[UnitState], clip: Clip) -> None:
    """Why, and what helps. clip: of the first of them."""
    first, several = items[0].unit.id, len(items) > 1
    thing = "row" if now.script.kind == "table" else "clip"
    strong = f"{money.count(len(items), thing)} were not recorded." if several else ALONE
    style.notice("failure", strong, failure.sentence(clip))
    problem = clip.problem or Problem()
    if problem.is_about_the_request:
        style.facts(problem.hint)
    with style.row(f"row_problem_scripts_{first}", spread=False):
        if not problem.is_about_the_request and not now.is_active:
            st.button(
                "Retry all" if several else "Retry",
                key=f"scripts_retry_{first}",
                on_click=record.record,
                args=(now.script, [item.unit.id for item in items]),
            )
        rest = [item.clip.problem for item in items[1:] if item.clip and item.clip.problem]
        failure.details(f"scripts_details_{first}", [problem, *rest])


def _earlier(clip_id: int, unit: str) -> None:
    """The clip of before, until the new one is there."""
    clip = services().library.clips.get(clip_id)
    if clip and clip.state == "ready":
        clip_card.clip_player(clip, place=f"scripts_{unit}")
        style.facts("As it was before", *clip_card.facts_of(clip))


def _actions(now: ScriptState, item: UnitState, clip: Clip | None) -> None:
    with style.row(f"row_actions_scripts_{item.unit.id}", spread=False):
        if clip and clip.state == "ready":
            title = item.unit.title
            pattern = clip_card.names_pattern()  # a row has one file, whatever its take
            link = clip_card.download_of(clip, title, pattern, names_take=False)
            style.download("Download", link, icon="download", of=title)
        if item.plan and item.state in ("recorded", "changed", "new"):
            if len(item.plan.pieces) == 1:
                _take(now.script, item.plan.pieces[0], item.unit.id)
            else:
                _sentences(now, item)


def _sentences(now: ScriptState, item: UnitState) -> None:
    """Each sentence with its takes, a player if it is recorded, and a button for a new take."""
    assert item.plan
    with style.popover("Sentences", f"scripts_sentences_{item.unit.id}", quiet=True) as is_open:
        if not is_open:
            return
        style.facts(
            "Hear each, say one anew, or go back to an earlier take. The clip is then put together."
        )
        for place, part in enumerate(item.plan.pieces[:SENTENCES_AT_ONCE]):
            words = part.shown or part.utterance.text
            with style.row(f"row_scripts_sentence_{item.unit.id}_{place}"):
                style.about(words)
                _take(now.script, part, f"{item.unit.id}_{place}")
            if said := services().library.recordings.get(part.utterance.key):
                sample.play(f"scripts_sentence_{item.unit.id}_{place}", said, f"“{words}”")
        if (more := len(item.plan.pieces) - SENTENCES_AT_ONCE) > 0:
            style.facts(f"and {money.count(more, 'sentence')} more")


def _take(script: Script, part: Part, name: str) -> None:
    """The button for a new take, and the choice of a take if there are several."""
    takes, first = takes_of(part.utterance, services().library)
    now = part.utterance.take
    if len(takes) > 1 or now > 1:
        widget = current.key(f"take_{name}")
        options = sorted({*takes, now})
        st.selectbox(
            "Take",
            options,
            index=options.index(now),
            key=widget,
            format_func=lambda take: f"Take {take}",
            label_visibility="collapsed",
            width=110,
            on_change=lambda: current.take(script, first, st.session_state[widget]),
        )
    st.button(
        "New take",
        key=f"scripts_take_{name}",
        type="tertiary",
        help="The same words once more, spoken anew. You see the price before it is recorded.",
        on_click=_new_take,
        args=(script, first, max([*takes, now]) + 1),
    )


def _new_take(script: Script, first: str, take: int) -> None:
    messages.clear()
    current.take(script, first, take)
