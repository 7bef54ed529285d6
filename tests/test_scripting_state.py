"""The state of a script, without its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

import pytest

from lib import catalogue, lexicon
from lib.engines import OFFLINE
from lib.errors import SpeechError
from lib.jobs import Batch, Jobs
from lib.library import Library
from lib.library.clip import Intent, State
from lib.library.problem import Problem
from lib.library.scripts import Kind, Row, Script
from lib.orders import plan as planning
from lib.orders.parts import Limits, Request
from lib.orders.plan import Plan
from lib.scripting import state
from lib.scripting.cast import Usual, cast_of
from lib.scripting.state import ScriptState, UnitState
from lib.settings import Settings
from tests.test_store import FACTS

MODEL = "inworld/tts-1-max"
USD_PER_MILLION = Decimal(10)


@dataclass
class Office:
    """A library with one script in it, and what is known of its batch."""

    library: Library
    script_id: int
    has_key: bool = True
    batch: Batch | None = None
    asked: list[Sequence[Request]] = field(default_factory=list)

    @property
    def script(self) -> Script:
        script = self.library.scripts.get(self.script_id)
        assert script
        return script

    def look(self) -> ScriptState:
        return state.state_of(
            self.script,
            library=self.library,
            catalogue=catalogue.load(),
            jobs=cast(Jobs, _Batches(self.batch)),
            attempts=self._attempts,
            usd_per_million={MODEL: USD_PER_MILLION, OFFLINE: Decimal(0)}.get,
            usual=self.usual,
        )

    @property
    def usual(self) -> Usual:
        voices = catalogue.load()
        model = MODEL if self.has_key else OFFLINE
        return Usual(model=model, voice=voices.default_voice, format="mp3")

    def _attempts(self, requests: Sequence[Request]) -> list[Plan | SpeechError]:
        self.asked.append(requests)
        return planning.attempts(
            requests,
            library=self.library,
            limits=Limits.of(Settings()),
            usd_per_million={MODEL: USD_PER_MILLION}.get,
        )

    def try_one(self, unit: str, became: State, problem: Problem | None = None) -> int:
        """Add a clip in that state for this unit."""
        (found,) = [each for each in self.look().units if each.unit.id == unit]
        assert found.plan
        (clip,) = self.library.clips.begin_all(
            [
                Intent(
                    pieces=found.plan.pieces,
                    script=found.plan.text,
                    title=found.unit.title,
                    owner="local",
                    browser="b1",
                    kind="line",
                    fingerprint=found.plan.asked,
                    script_id=self.script_id,
                    unit=unit,
                )
            ]
        )
        self.library.clips.move(clip.id, became, problem)
        return clip.id

    def write(self, row: int, text: str) -> None:
        old = self.library.scripts.rows(self.script_id)[row]
        new = Row(id=old.id, position=old.position, text=text)
        self.library.scripts.put_rows(self.script_id, [new])


@dataclass
class _Batches:
    found: Batch | None

    def batch(self, batch_id: int) -> Batch | None:
        return self.found


def an_office(library: Library, kind: Kind, text: str = "", rows: Sequence[str] = ()) -> Office:
    stored = [Row(position=place, text=words) for place, words in enumerate(rows)]
    script_id = library.scripts.begin(
        kind, title="Prompts", owner="local", browser="b1", text=text, rows=stored
    )
    return Office(library, script_id)


@pytest.fixture
def office(library: Library) -> Office:
    return an_office(library, "table", rows=["Good morning.", "Please hold."])


def first(office: Office) -> UnitState:
    return office.look().units[0]


# ---- The state of a unit ----


def test_a_unit_that_nobody_recorded_is_new(office: Office) -> None:
    now = office.look()
    assert [each.state for each in now.units] == ["new", "new"]
    assert [each.unit.text for each in now.wanted] == ["Good morning.", "Please hold."]
    assert now.usd == len("Good morning.Please hold.") * USD_PER_MILLION / 1_000_000


@pytest.mark.parametrize(
    ("became", "problem", "expected", "is_wanted"),
    [
        ("ready", None, "recorded", False),
        ("making", None, "making", False),
        ("interrupted", None, "new", True),
        ("cancelled", None, "new", True),
        ("failed", Problem(message="No voice.", charged=False), "failed", True),
        ("failed", Problem(message="Lost.", charged=None), "open", False),
        ("failed", Problem(message="Not fetched.", charged=True), "open", False),
        ("failed", Problem(message="Lost."), "open", False),
        ("failed", None, "open", False),
    ],
)
def test_a_unit_is_in_the_state_that_its_clip_left_it_in(
    office: Office,
    became: State,
    problem: Problem | None,
    expected: str,
    is_wanted: bool,
) -> None:
    clip_id = office.try_one(first(office).unit.id, became, problem)
    now = office.look()
    assert (now.units[0].state, now.units[1].state) == (expected, "new")
    assert now.units[0].clip
    assert now.units[0].clip.id == clip_id
    assert now.units[0].problem == (problem.message if problem else "")
    assert [each.clip.id for each in now.wanted if each.clip] == ([clip_id] if is_wanted else [])


def test_a_unit_that_was_recorded_and_says_something_else_now_is_changed(office: Office) -> None:
    office.try_one(first(office).unit.id, "ready")
    office.write(0, "Good evening.")
    assert [each.state for each in office.look().units] == ["changed", "new"]
    office.write(0, "Good morning.")
    assert [each.state for each in office.look().units] == ["recorded", "new"]


def test_the_last_try_counts(office: Office) -> None:
    unit = first(office).unit.id
    office.try_one(unit, "failed", Problem(message="No.", charged=False))
    office.try_one(unit, "ready")
    assert first(office).state == "recorded"


def test_a_unit_that_cannot_be_said_is_stuck_and_says_why(library: Library) -> None:
    office = an_office(library, "table", rows=["Good morning.", "…"])
    now = office.look()
    assert [each.state for each in now.units] == ["new", "stuck"]
    assert now.units[1].problem
    assert (now.units[1].plan, len(now.wanted)) == (None, 1)


# ---- Voices for names that are no voices ----


def voices_of(office: Office) -> dict[str, str]:
    now = office.look()
    return {name: now.cast.speaker(name) for name in now.names}


def write_down(office: Office) -> None:
    cast = office.look().cast
    given = {cast.model: dict(cast.given)}
    office.library.scripts.change(office.script_id, form={**office.script.form, "given": given})


def test_names_that_are_no_voices_get_different_voices_that_fit(library: Library) -> None:
    office = an_office(library, "dialogue", "Ben: Hello.\nAnna: Hello.\nAshley: Good morning.")
    assert voices_of(office) == {"Ben": "Alex", "Anna": "Deborah", "Ashley": "Ashley"}
    assert [each.state for each in office.look().units] == ["new"]


def test_whoever_has_a_voice_keeps_it_when_others_come_before(library: Library) -> None:
    office = an_office(library, "dialogue", "Ben: Hello.\nAnna: Hello.")
    before = voices_of(office)
    write_down(office)
    library.scripts.change(office.script_id, text="Carl: Hi.\nBen: Hello.\nAnna: Hello.")
    after = voices_of(office)
    assert {name: after[name] for name in before} == before
    assert after["Carl"] not in before.values()


def test_what_a_person_chose_stays_and_is_given_to_nobody_else(library: Library) -> None:
    office = an_office(library, "dialogue", "Anna: Hello.\nBen: Hello.\nBerta: Hello.")
    library.scripts.change(office.script_id, form={"speakers": {"ben": "Ashley"}})
    found = voices_of(office)
    assert found["Ben"] == "Ashley"
    assert len(set(found.values())) == 3


def test_a_change_to_another_model_and_back_gives_the_chosen_voices_again(
    library: Library,
) -> None:
    office = an_office(library, "dialogue", "Anna: Hello.\nBen: Hello.")
    form: dict[str, object] = {"model": MODEL, "speakers": {"ben": "Craig"}}
    library.scripts.change(office.script_id, form=form)
    write_down(office)
    before = voices_of(office)
    library.scripts.change(office.script_id, form={**office.script.form, "model": OFFLINE})
    assert set(voices_of(office).values()) == {"heart", "heart-deep"}
    write_down(office)
    library.scripts.change(office.script_id, form={**office.script.form, "model": MODEL})
    assert voices_of(office) == before


def test_a_row_that_names_no_voice_gets_one_and_so_does_its_speaker(library: Library) -> None:
    office = an_office(library, "table", rows=["Hello.", "Hi.", "Bye."])
    one, two, three = library.scripts.rows(office.script_id)
    library.scripts.put_rows(
        office.script_id,
        [replace(one, voice="Oma"), replace(two, speaker="Ben"), replace(three, voice="craig")],
    )
    now = office.look()
    assert now.names == ["Oma", "Ben"]
    assert [each.unit.request.voice for each in now.units] == ["Elizabeth", "Alex", "Craig"]


# ---- The whole ----


def test_units_that_sound_alike_are_made_once(library: Library) -> None:
    office = an_office(library, "table", rows=["Please hold.", "Bye.", "Please hold. "])
    now = office.look()
    assert [each.state for each in now.units] == ["new"] * 3
    assert [each.unit.text for each in now.wanted] == ["Please hold.", "Bye."]
    office.try_one(now.units[0].unit.id, "ready")
    after = office.look()
    assert [each.state for each in after.units] == ["recorded", "new", "recorded"]
    assert [each.unit.id for each in after.recorded] == [now.units[0].unit.id, now.units[2].unit.id]


def test_a_sentence_of_two_chapters_is_bought_once(library: Library) -> None:
    office = an_office(library, "document", "# One\nHello. First.\n# Two\nHello. Last.")
    now = office.look()
    assert [said.text for said in now.new] == ["One", "Hello.", "First.", "Two", "Last."]
    assert now.usd == len("OneHello.First.TwoLast.") * USD_PER_MILLION / 1_000_000


@pytest.mark.parametrize(
    ("batch_state", "is_settling", "work", "is_running", "is_active"),
    [
        (None, False, "done", False, False),
        ("running", False, "running", True, True),
        ("paused", True, "pausing", True, True),
        ("paused", False, "paused", False, True),
        ("cancelled", False, "cancelled", False, False),
        ("done", False, "done", False, False),
    ],
)
def test_the_work_on_it_is_told(
    office: Office,
    batch_state: Any,
    is_settling: bool,
    work: str,
    is_running: bool,
    is_active: bool,
) -> None:
    if batch_state:
        batch = Batch(
            id=office.script_id, browser="b1", engine=lambda _: None, estimates_usd={}, known=set()
        )  # type: ignore[arg-type]  # fmt: skip
        batch.state = batch_state
        if is_settling:
            batch.active[1] = cast(Any, type("Job", (), {"running": 1, "pending": ()}))
        office.batch = batch
    now = office.look()
    assert (now.work, now.is_running, now.is_active) == (work, is_running, is_active)


def test_all_units_are_planned_with_one_question(office: Office) -> None:
    now = office.look()
    assert len(office.asked) == 1
    assert (now.new, now.usd, now.recorded) == (now.new, now.usd, [])
    assert len(office.asked) == 1


# ---- Who speaks, and what is said instead ----


def test_a_script_keeps_its_voices_when_the_key_and_the_defaults_go(office: Office) -> None:
    office.library.scripts.change(office.script_id, form={"model": MODEL, "voice": "Craig"})
    assert (office.look().cast.model, office.look().cast.voice) == (MODEL, "Craig")
    office.has_key = False
    assert (office.look().cast.model, office.look().cast.voice) == (MODEL, "Craig")
    assert office.usual.model == OFFLINE


@pytest.mark.parametrize("form", [{"model": "gone"}, {"voice": "gone"}])
def test_what_was_chosen_and_is_gone_is_replaced_by_the_usual(
    office: Office, form: dict[str, str]
) -> None:
    office.library.scripts.change(office.script_id, form=form)
    who = cast_of(office.script, catalogue=catalogue.load(), usual=office.usual)
    assert (who.model, who.voice) == (MODEL, catalogue.load().default_voice(MODEL))


def test_a_mend_of_the_script_goes_before_the_shared_lexicon(office: Office) -> None:
    office.library.scripts.change(office.script_id, form={"mends": {"hold": "wait"}})
    shared = [lexicon.Entry("hold", "stay"), lexicon.Entry("morning", "day")]
    assert state.wording_of(office.script, shared) == frozenset(
        {lexicon.Entry("hold", "wait", match_case=True), lexicon.Entry("morning", "day")}
    )


def test_the_takes_that_are_recorded_are_found_by_the_first(office: Office) -> None:
    plan = first(office).plan
    assert plan
    said = plan.pieces[0].utterance
    for take in (1, 3):
        other = replace(said, take=take)
        office.library.recordings.keep(other, b"sound", FACTS, owner="local", entry=None)
    assert state.takes_of(replace(said, take=3), office.library) == ([1, 3], said.key)
