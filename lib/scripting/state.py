"""The state of a saved script: the state of each unit, and the units that are to be made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from lib import lexicon
from lib.catalogue import Catalogue
from lib.errors import SpeechError
from lib.jobs import Jobs
from lib.library import Library
from lib.library.problem import may_be_charged
from lib.library.scripts import Made, Row, Script
from lib.orders.parts import Request
from lib.orders.plan import Plan, price
from lib.orders.scripts import UnitOrder
from lib.script import Line
from lib.scripting import timing
from lib.scripting.cast import Cast, Usual, cast_of, whole
from lib.scripting.units import Unit, turns_of, units
from lib.speech import Utterance

TAKES_MAX = 20

Status = Literal["recorded", "making", "new", "changed", "failed", "open", "stuck"]
Work = Literal["running", "pausing", "paused", "cancelled", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """One unit and its state. clip: the clip that was made, or tried, for it.

    before: the newest finished clip of an earlier version of it. state: "open" if it may be
    charged already, "stuck" if it cannot be spoken. plan: None if it is stuck.
    problem: why it is stuck, or why its clip was not made.
    """

    unit: Unit
    plan: Plan | None
    clip: Made | None
    state: Status
    problem: str
    before: Made | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUnit:
    """A unit that a click on Record makes. clip: the one of an earlier try that failed."""

    unit: Unit
    plan: Plan
    clip: Made | None

    @property
    def order(self) -> UnitOrder:
        return UnitOrder(
            unit=self.unit.id,
            title=self.unit.title,
            plan=self.plan,
            tried=self.clip.id if self.clip else None,
        )


@dataclass(frozen=True, kw_only=True)
class ScriptState:
    """A script at one moment, with all facts that follow from it.

    work: from `work_on`. rows: of a table, or of a dialogue that has some. wanted: without units
    that sound as another. usd_per_million: the price of its model; None if unknown.
    timings: how the rows of captions fit their times, by their ids.
    """

    script: Script
    work: Work
    rows: Sequence[Row]
    cast: Cast
    units: Sequence[UnitState]
    wanted: Sequence[WantedUnit]
    usd_per_million: Decimal | None
    timings: Mapping[int, timing.Timing] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        return self.work in ("running", "pausing")

    @property
    def is_active(self) -> bool:
        """Whether it is being recorded or is paused."""
        return self.is_running or self.work == "paused"

    @cached_property
    def turns(self) -> Sequence[Line]:
        """What is said by whom; of a document nothing."""
        return spoken(self.script, self.rows, self.cast)

    @cached_property
    def names(self) -> list[str]:
        """Everybody who needs a voice, in order."""
        return self.cast.names_in(self.turns)

    @cached_property
    def recorded(self) -> list[UnitState]:
        return [each for each in self.units if each.state == "recorded"]

    @cached_property
    def new(self) -> list[Utterance]:
        """The utterances that must be bought for all wanted units, each once."""
        return list({said.key: said for each in self.wanted for said in each.plan.new}.values())

    @cached_property
    def sentences(self) -> frozenset[str]:
        """The keys of all utterances of all units."""
        planned = [each.plan for each in self.units if each.plan]
        return frozenset(part.utterance.key for plan in planned for part in plan.pieces)

    @cached_property
    def usd(self) -> Decimal | None:
        """The price of `new` in dollars; None if unknown."""
        return price(self.new, self.usd_per_million)


def state_of(
    script: Script,
    *,
    library: Library,
    catalogue: Catalogue,
    jobs: Jobs,
    attempts: Callable[[Sequence[Request]], Sequence[Plan | SpeechError]],
    usd_per_million: Callable[[str], Decimal | None],
    usual: Usual,
) -> ScriptState:
    """Read the script's rows and clips, and plan each unit. Spends and stores nothing.

    attempts: as `lib.orders.plan.attempts`, one answer for each request in their order.
    usd_per_million: the price of a model.
    """
    work = work_on(script.id, jobs)  # read first: a page knows by it that the rest may be older
    rows = library.scripts.rows(script.id) if script.kind != "document" else []
    cast = cast_of(script, catalogue=catalogue, usual=usual)
    lines, language = spoken(script, rows, cast), script.form.get("language", "")
    cast = whole(cast, lines, catalogue=catalogue, language=language)
    wording = wording_of(script, library.lexicon.entries())
    states = _states(units(script, rows, cast, wording), library.scripts.made(script.id), attempts)
    return ScriptState(
        script=script,
        work=work,
        rows=rows,
        cast=cast,
        timings=timing.of(
            rows,
            [(each.unit.row, each.plan.pieces) for each in states if each.plan],
            library.recordings.lengths_s,
        ),
        units=states,
        wanted=_wanted(states),
        usd_per_million=usd_per_million(cast.model),
    )


def spoken(script: Script, rows: Sequence[Row], cast: Cast) -> Sequence[Line]:
    """The lines of a table or the turns of a dialogue; a document has one voice for all."""
    return () if script.kind == "document" else turns_of(script, rows, cast)


def work_on(script_id: int, jobs: Jobs) -> Work:
    """The state of its batch; "pausing" while open calls still end; "done" without a batch."""
    batch = jobs.batch(script_id)
    if batch and batch.is_settling:
        return "pausing"
    return batch.state if batch else "done"


def wording_of(script: Script, shared: Iterable[lexicon.Entry]) -> frozenset[lexicon.Entry]:
    """The script's own corrections, and the shared entries that none of them replaces."""
    mends = script.form.get("mends", {})
    mine = {lexicon.Entry(word=word, say_as=said, match_case=True) for word, said in mends.items()}
    return frozenset(mine | {each for each in shared if each.word not in mends})


def takes_of(said: Utterance, library: Library) -> tuple[list[int], str]:
    """(recorded takes of these words, key of the first take)."""
    keys = {replace(said, take=take).key: take for take in range(1, TAKES_MAX + 1)}
    known = library.recordings.known(list(keys))
    return [take for key, take in keys.items() if key in known], next(iter(keys))


def _states(
    asked: Sequence[Unit],
    made: Sequence[Made],
    attempts: Callable[[Sequence[Request]], Sequence[Plan | SpeechError]],
) -> list[UnitState]:
    """The state of each unit. made: the script's clips, the oldest first."""
    plans = attempts([unit.request for unit in asked])
    by_sound = {each.fingerprint: each for each in made}
    by_unit = {each.unit: each for each in made if each.state == "ready"}
    return [_state(unit, plan, by_sound, by_unit) for unit, plan in zip(asked, plans, strict=True)]


def _state(
    unit: Unit,
    plan: Plan | SpeechError,
    by_sound: Mapping[str, Made],
    by_unit: Mapping[str, Made],
) -> UnitState:
    """by_sound: the newest clip of each `Plan.asked`. by_unit: the newest finished one of each."""
    before = by_unit.get(unit.id)
    if not isinstance(plan, Plan):
        why = str(plan)
        return UnitState(unit=unit, plan=None, clip=None, state="stuck", problem=why, before=before)
    clip = by_sound.get(plan.asked)
    state: Status = "changed" if before else "new"
    problem = ""
    if clip and clip.state == "ready":
        state = "recorded"
    elif clip and clip.state == "making":
        state = "making"
    elif clip and clip.state == "failed":
        problem = clip.problem.message if clip.problem else ""
        state = "open" if may_be_charged(clip.problem) else "failed"
    return UnitState(unit=unit, plan=plan, clip=clip, state=state, problem=problem, before=before)


def _wanted(states: Sequence[UnitState]) -> list[WantedUnit]:
    wanted: dict[str, WantedUnit] = {}
    for each in states:
        if each.plan and each.state in ("new", "changed", "failed"):
            once = WantedUnit(unit=each.unit, plan=each.plan, clip=each.clip)
            wanted.setdefault(each.plan.asked, once)
    return list(wanted.values())
