"""The script that lies on the page Scripts, and everything that is known about it in one look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

import streamlit as st

from lib import lexicon
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.library.scripts import Kind, Made, Row, Script
from lib.orders import plan as planning
from lib.orders.plan import Plan
from lib.script import clean, title_of
from lib.scripting import units as scripting
from lib.scripting.units import Cast, Unit
from lib.speech import Utterance
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import clip_actions, failure
from lib.ui.widgets.offered import is_offered

PAGE = "scripts"
TAKES_MAX = 20

State = Literal["recorded", "making", "new", "changed", "failed", "open", "stuck"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One unit and what has become of it. clip: the one that was made, or tried, for it.

    state: "open" where it may be charged already, "stuck" where something has to be chosen first.
    """

    unit: Unit
    plan: Plan | None
    clip: Made | None
    state: State
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a click on Record would make. clip: of an earlier try that came to nothing."""

    unit: Unit
    plan: Plan
    clip: Made | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """work: as `work_on`. wanted: what sounds alike is there once."""

    script: Script
    work: str
    rows: list[Row]
    cast: Cast
    items: list[Item]
    wanted: list[Wanted]

    @property
    def is_running(self) -> bool:
        return self.work in ("running", "pausing")

    @property
    def is_active(self) -> bool:
        """Whether it is being recorded, or paused."""
        return self.is_running or self.work == "paused"

    @property
    def new(self) -> list[Utterance]:
        """What has to be bought for all that is wanted, each once."""
        bought = {said.key: said for each in self.wanted for said in each.plan.new}
        return list(bought.values())

    @property
    def usd(self) -> Decimal | None:
        return planning.price(self.new, services().prices.usd_per_million(self.cast.model))


def current() -> Script | None:
    """The one on the page: this browser's last, or one that was opened."""
    script_id = services().library.drafts.get(session.browser(), PAGE).get("script")
    return services().library.scripts.get(script_id) if script_id else None


def look_at(script: Script) -> Desk:
    the = services()
    work = work_on(script)  # first: what ends from here on makes the page look again
    rows = the.library.scripts.rows(script.id) if script.kind == "table" else []
    cast = cast_of(script)
    units = scripting.units(script, rows, cast, wording(script))
    asked = [unit.request for unit in units if unit.request]
    plans = iter(
        planning.attempts(
            asked,
            library=the.library,
            settings=the.settings,
            usd_per_million={cast.model: the.prices.usd_per_million(cast.model)},
        )
    )
    made = the.library.scripts.made(script.id)
    alike = {each.fingerprint: each for each in made}
    before = {each.unit for each in made if each.state == "ready"}
    items = [_item(unit, next(plans) if unit.request else None, alike, before) for unit in units]
    wanted: dict[str, Wanted] = {}
    for item in items:
        if item.plan and item.state in ("new", "changed", "failed"):
            once = Wanted(unit=item.unit, plan=item.plan, clip=item.clip)
            wanted.setdefault(item.plan.asked, once)
    return Desk(
        script=script, work=work, rows=rows, cast=cast, items=items, wanted=list(wanted.values())
    )


def work_on(script: Script) -> str:
    """The state of its batch, "pausing" until what was on its way has come in, else "done"."""
    batch = services().jobs.batch(script.id)
    if batch and batch.is_settling:
        return "pausing"
    return batch.state if batch else "done"


def _item(
    unit: Unit, plan: Plan | SpeechError | None, alike: dict[str, Made], before: set[str]
) -> Item:
    if not isinstance(plan, Plan):
        why = str(plan) if plan else unit.problem
        return Item(unit=unit, plan=None, clip=None, state="stuck", problem=why)
    clip = alike.get(plan.asked)
    state: State = "changed" if unit.id in before else "new"
    problem = ""
    if clip and clip.state == "ready":
        state = "recorded"
    elif clip and clip.state == "making":
        state = "making"
    elif clip and clip.state == "failed":
        problem = str((clip.problem or {}).get("message", ""))
        state = "open" if failure.is_open(clip.problem) else "failed"
    return Item(unit=unit, plan=plan, clip=clip, state=state, problem=problem)


def cast_of(script: Script) -> Cast:
    """Who can speak for it: what was chosen, as far as it exists and there is a key for it."""
    catalogue = services().catalogue
    model = script.form.get("model")
    if model not in catalogue.model_ids or (session.key() is None and model != OFFLINE):
        model = session.default_model()
    voices = catalogue.voices(model)
    ids = [voice.id for voice in voices]
    voice = script.form.get("voice")
    names = {scripting.plain(voice.label): voice.id for voice in voices}
    return Cast(
        model=model,
        voice=voice if voice in ids else session.default_voice(model),
        format=script.form.get("format") or services().library.preferences.get().format,
        names={**{scripting.plain(each): each for each in ids}, **names},
        speakers=script.form.get("speakers", {}),
    )


def wording(script: Script) -> frozenset[lexicon.Entry]:
    """The script's own mends, then the lexicon of the installation, without what they mend."""
    mends = script.form.get("mends", {})
    mine = {lexicon.Entry(word=word, say_as=said, match_case=True) for word, said in mends.items()}
    shared = {each for each in services().library.lexicon.entries() if each.word not in mends}
    return frozenset(mine | shared)


# ---- What buttons do ----


def begin(kind: Kind, title: str, *, text: str = "", rows: Sequence[Row] = ()) -> None:
    """A new script on the page."""
    clip_actions.clear()
    cleaned = clean(text).text
    script_id = services().library.scripts.begin(
        kind,
        title=title or title_of(cleaned) or "Untitled",
        text=cleaned,
        rows=rows,
        owner=session.OWNER,
        browser=session.browser(),
    )
    put_on_page(script_id)


def put_on_page(script_id: int | None) -> None:
    clip_actions.clear()
    turn()
    services().library.drafts.put(
        session.browser(), PAGE, {"script": script_id}, owner=session.OWNER
    )


def delete(script: Script) -> None:
    services().library.scripts.delete(script.id)
    put_on_page(None)
    st.session_state["_script_deleted"] = script


def undo_delete(script: Script) -> None:
    services().library.scripts.restore(script.id)
    st.session_state.pop("_script_deleted", None)
    put_on_page(script.id)


def choose(script: Script, **form: Any) -> None:
    """Another model, voice, format, or another way to make its clips."""
    clip_actions.clear()
    turn()
    if all(is_offered(name, value) for name, value in form.items()):
        services().library.scripts.change(script.id, form={**_form(script), **form})


def choose_one(script: Script, field: str, name: str, value: Any) -> None:
    """Of what is kept by name: a speaker's voice, a take, a mend. None takes it out."""
    choose_some(script, field, {name: value})


def choose_some(script: Script, field: str, values: dict[str, Any]) -> None:
    """As `choose_one` for each."""
    together = _form(script).get(field, {}) | values
    choose(script, **{field: {name: each for name, each in together.items() if each is not None}})


def _form(script: Script) -> dict[str, Any]:
    """As it is now: somebody may have changed it since the page was drawn."""
    fresh = services().library.scripts.get(script.id)
    return fresh.form if fresh else {}


def takes_of(said: Utterance) -> tuple[list[int], str]:
    """The takes of these words that are recorded, and the key of the first one."""
    keys = {replace(said, take=take).key: take for take in range(1, TAKES_MAX + 1)}
    known = services().library.recordings.known(list(keys))
    return [take for key, take in keys.items() if key in known], next(iter(keys))


def take(script: Script, first: str, number: int) -> None:
    """first: the key of the first take. number: the one to be used, made or not."""
    choose_one(script, "takes", first, number)


def turn() -> None:
    """The program changes what widgets show: they get new keys, since the browser keeps theirs."""
    st.session_state["_scripts_turn"] = st.session_state.get("_scripts_turn", 0) + 1


def key(name: str) -> str:
    return f"scripts_{name}_{st.session_state.get('_scripts_turn', 0)}"
