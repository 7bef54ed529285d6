"""The gate to money without a screen: what is asked is begun once, whole or not at all."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from lib import catalogue
from lib.engines import OFFLINE, Engines
from lib.errors import (
    InvalidRequestError,
    KeyMissingError,
    SpeechError,
    StorageError,
    TooManyOrdersError,
)
from lib.jobs import Jobs
from lib.library import Library
from lib.library.clip import Clip, State
from lib.library.problem import NOT_CHARGED
from lib.orders import charges
from lib.orders.auditions import missing, replaced
from lib.orders.charges import Checked
from lib.orders.orders import Orders
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.orders.prices import Prices
from lib.orders.rate import Rate
from lib.orders.scripts import UnitOrder
from lib.orders.visitor import Visitor
from lib.settings import Settings
from lib.speech import Utterance
from tests.conftest import Begin
from tests.service import StandIn, faults, replies
from tests.test_jobs import wait_for

MODEL = "inworld/tts-1-max"
ASK = Request(script="Good morning.", model=MODEL, voice="Ashley", format="mp3")
SCRIPT = 7


@dataclass
class Shop:
    library: Library
    jobs: Jobs
    orders: Orders
    me: Visitor

    def plan(self, *texts: str) -> list[Plan]:
        return self.orders.plans([replace(ASK, script=text) for text in texts])

    def place(self, *texts: str) -> list[Clip]:
        return self.orders.place(self.plan(*texts), visitor=self.me)

    def units(self, *texts: str, tried: int | None = None) -> list[UnitOrder]:
        return [
            UnitOrder(unit=f"row-{text}", title=text, plan=plan, tried=tried)
            for text, plan in zip(texts, self.plan(*texts), strict=True)
        ]

    def record(self, wanted: Sequence[UnitOrder]) -> int:
        return self.orders.place_script(SCRIPT, MODEL, wanted, visitor=self.me)

    def settled(self) -> None:
        """Wait until nothing is being made; a paused script still has jobs that wait."""
        alone = [job for job in self.jobs.of("b1") if job.batch is None]
        wait_for(lambda: not any(job.active or job.running for job in alone))
        if batch := self.jobs.batch(SCRIPT):
            wait_for(lambda: batch.state == "done" or batch.state == "paused")
            wait_for(lambda: not any(job.running for job in list(batch.active.values())))

    def now(self, clip: Clip) -> Clip:
        found = self.library.clips.get(clip.id)
        assert found
        return found

    def lost(self, service: StandIn, text: str = "Good morning.") -> Clip:
        """A clip of which nobody knows whether it was charged."""
        service.fault(faults.answer(replies.page(504)))
        (clip,) = self.place(text)
        self.settled()
        assert self.now(clip).state == "failed"
        return self.now(clip)

    @property
    def made(self) -> dict[str, State]:
        return {each.unit: each.state for each in self.library.scripts.made(SCRIPT)}


@pytest.fixture
def shop(service: StandIn, tmp_path: Path, begin: Begin) -> Iterator[Shop]:
    begin(tmp_path)
    service.audio_max_s = 1
    settings = Settings(
        data_dir=tmp_path, base_url=service.url, retry_base_s=0.01, free_disk_min_bytes=0
    )
    library, engines, voices = Library(settings), Engines(settings), catalogue.load()
    jobs = Jobs(library, engines, most=4)
    orders = Orders(
        library=library,
        catalogue=voices,
        engines=engines,
        jobs=jobs,
        prices=Prices(library, engines, voices),
        rate=Rate(per_minute=4, open_max=20),
        settings=settings,
    )
    me = Visitor(owner="local", browser="b1", key=service.key, counted_as="b1")
    yield Shop(library, jobs, orders, me)
    jobs.stop(2)
    library.close()


# ---- What it would come to ----


def test_an_order_says_what_is_new_and_what_it_costs(shop: Shop, service: StandIn) -> None:
    shop.place("Good morning.")
    shop.settled()
    plans = shop.plan("Good morning.", "Good evening.", "Good evening.")
    assert [len(plan.new) for plan in plans] == [0, 1, 1]
    offer = shop.orders.offer(plans)
    assert offer.usd == plans[1].usd == shop.orders.price_of(len("Good evening."), MODEL)
    assert offer.usd
    assert service.posts == 1


def test_of_several_requests_one_that_cannot_be_said_is_named(shop: Shop) -> None:
    asked = [ASK, replace(ASK, script="…")]
    found = shop.orders.attempts(asked)
    assert [isinstance(each, SpeechError) for each in found] == [False, True]
    with pytest.raises(InvalidRequestError):
        shop.orders.plans(asked)


def test_what_costs_more_than_was_chosen_is_asked_about(shop: Shop) -> None:
    offer = shop.orders.offer(shop.plan("Good morning."))
    assert not shop.orders.must_be_asked(offer)
    shop.library.preferences.remember({"confirm_above_usd": 0.0})
    assert shop.orders.must_be_asked(offer)
    assert not shop.orders.must_be_asked(offer, agreed=offer)


def test_a_visitor_does_not_tell_the_key() -> None:
    visitor = Visitor(owner="local", browser="b1", key="sk-secret", counted_as="b1")
    assert "secret" not in repr(visitor)


# ---- Clips ----


def test_clips_come_back_in_the_order_of_their_plans(shop: Shop, service: StandIn) -> None:
    plans = shop.plan("One.", "Two.", "Three.")
    clips = shop.orders.place(plans, visitor=shop.me, kind="sample", titles=["A", "B", "C"])
    assert [(each.title, each.excerpt, each.kind) for each in clips] == [
        ("A", "One.", "sample"), ("B", "Two.", "sample"), ("C", "Three.", "sample")
    ]  # fmt: skip
    shop.settled()
    assert [shop.now(each).state for each in clips] == ["ready"] * 3
    assert service.charges == 3


def refused_voice(shop: Shop) -> None:
    plans = shop.orders.plans([ASK, replace(ASK, voice="Nobody")])
    shop.orders.place(plans, visitor=shop.me)


def refused_key(shop: Shop) -> None:
    plans = shop.orders.plans([replace(ASK, model=OFFLINE, voice="heart"), ASK])
    shop.orders.place(plans, visitor=replace(shop.me, key=None))


def refused_rate(shop: Shop) -> None:
    for text in ("One.", "Two.", "Three.", "Four."):
        shop.orders.place(
            shop.orders.plans([replace(ASK, script=text, model=OFFLINE, voice="heart")]),
            visitor=replace(shop.me, browser="b2"),
        )
    shop.place("Five.", "Six.")


@pytest.mark.parametrize(
    ("ask", "error"),
    [(refused_voice, InvalidRequestError), (refused_key, KeyMissingError),
     (refused_rate, TooManyOrdersError)],
)  # fmt: skip
def test_where_one_clip_cannot_be_made_none_is_begun(
    shop: Shop, service: StandIn, ask: object, error: type[SpeechError]
) -> None:
    assert callable(ask)
    with pytest.raises(error):
        ask(shop)
    assert shop.jobs.of("b1") == []
    assert shop.library.listing.unfinished("b1", "clip") == []
    assert service.posts == 0


def test_two_clicks_at_once_make_one_clip(shop: Shop, service: StandIn) -> None:
    """Two clicks of one person run in two threads."""
    service.hold()
    plans = shop.plan("Good morning.")
    together, clips = threading.Barrier(4), []

    def click() -> None:
        together.wait()
        clips.extend(shop.orders.place(plans, visitor=shop.me))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    service.release()
    shop.settled()
    assert len({each.id for each in clips}) == 1
    assert service.charges == 1


def test_another_take_is_asked_for_once_by_a_double_click(shop: Shop) -> None:
    (clip,) = shop.place("Good morning.")
    shop.settled()
    request = shop.orders.another_take(clip, visitor=shop.me)
    assert request
    assert (request.take, request.script) == (2, "Good morning.")
    shop.orders.place([shop.orders.plan(request)], visitor=shop.me)
    assert shop.orders.another_take(clip, visitor=shop.me) is None


def test_what_is_recorded_for_nothing_is_never_bought(shop: Shop, service: StandIn) -> None:
    shop.orders.record_free(Utterance(model=OFFLINE, voice="heart", text="Hi."), owner="local")
    assert shop.library.recordings.known([Utterance(model=OFFLINE, voice="heart", text="Hi.").key])
    assert service.posts == 0


# ---- A clip that was not made ----


def test_a_clip_is_made_again_from_what_is_missing_of_it(shop: Shop, service: StandIn) -> None:
    shop.place("One two.")
    shop.settled()
    service.fault(faults.refuse("no credit"))
    (clip,) = shop.orders.place(
        shop.orders.plans([replace(ASK, script="One two. Three four.", each_sentence=True)]),
        visitor=shop.me,
    )
    shop.settled()
    rest = shop.orders.rest_now(clip)
    assert rest
    assert [each.text for each in rest.missing] == ["Three four."]
    assert rest.offer.keys == {each.key for each in rest.missing}
    shop.orders.again(rest, visitor=shop.me)
    shop.settled()
    assert shop.now(clip).state == "ready"
    assert service.charges == 2
    assert shop.orders.rest_now(clip) is None


def test_two_clicks_on_try_again_try_once(shop: Shop, service: StandIn) -> None:
    service.fault(faults.refuse("no credit"))
    (clip,) = shop.place("Good morning.")
    shop.settled()
    service.hold()
    rest = shop.orders.rest(shop.now(clip))
    for _ in range(2):
        shop.orders.again(rest, visitor=shop.me)
    service.release()
    shop.settled()
    assert service.charges == 1


def test_an_unclear_charge_is_not_bought_again_before_it_is_given_up(
    shop: Shop, service: StandIn
) -> None:
    clip = shop.lost(service)
    shop.orders.again(shop.orders.rest(clip), visitor=shop.me)
    shop.settled()
    assert service.posts == 1
    assert shop.now(clip).state == "failed"
    shop.orders.again(shop.orders.rest(clip, shop.orders.charges.unclear(clip)), visitor=shop.me)
    shop.settled()
    assert shop.now(clip).state == "ready"
    assert shop.orders.charges.unclear(clip) == []


def test_an_audition_lacks_what_failed_for_nothing_and_not_what_may_be_paid_for(
    shop: Shop, service: StandIn
) -> None:
    voices = shop.orders.plans([replace(ASK, voice=each) for each in ("Ashley", "Craig", "Olivia")])
    clips = []
    answers = (faults.refuse("no credit"), faults.answer(replies.page(504)))
    for plan, answer in zip(voices, answers, strict=False):
        service.fault(answer)
        clips += shop.orders.place([plan], visitor=shop.me)
        shop.settled()
    library = shop.library.auditions
    begun = library.begin(voices[0].text, [clip.id for clip in clips], owner="local", browser="b1")
    audition, there = library.get(begun), library.candidates(begun)
    assert [plan.request.voice for plan in missing(voices, audition, there)] == ["Ashley", "Olivia"]
    assert missing(shop.plan("Another text."), audition, there) == shop.plan("Another text.")
    again = shop.orders.place([voices[0]], visitor=shop.me)
    assert replaced(again, there) == [clips[0].id]
    shop.settled()


# ---- Charges ----


def test_a_charge_that_the_records_do_not_show_is_cleared_up(
    shop: Shop, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = shop.lost(service)
    assert shop.orders.charges.check(clip, visitor=shop.me) == Checked(late=1)
    assert shop.now(clip).problem == clip.problem
    monkeypatch.setattr(charges, "RECORDS_LATE_S", 0.0)
    assert shop.orders.charges.check(clip, visitor=shop.me) == Checked(free=1)
    problem = shop.now(clip).problem
    assert problem
    assert (problem.is_free, problem.message) == (True, NOT_CHARGED)
    assert shop.orders.charges.unclear(clip) == []


def test_a_charge_that_the_records_show_is_kept_and_told(shop: Shop, service: StandIn) -> None:
    service.fault(faults.status_after_charge(504, b"<html>"))
    (clip,) = shop.place("Good morning.")
    shop.settled()
    service.settle()
    found = shop.orders.charges.check(shop.now(clip), visitor=shop.me)
    assert (found.charged, found.free, found.late) == (1, 0, 0)
    assert found.usd
    problem = shop.now(clip).problem
    assert problem
    assert problem.checked
    assert "and the sound is lost." in problem.message
    assert len(shop.orders.charges.unclear(clip)) == 1


def test_a_check_leaves_a_clip_alone_that_is_being_made_again(
    shop: Shop, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charges, "RECORDS_LATE_S", 0.0)
    clip = shop.lost(service)
    shop.library.clips.move(clip.id, "making")  # by a click in another tab
    shop.orders.charges.check(clip, visitor=shop.me)
    assert shop.now(clip).state == "making"


def test_who_dismisses_a_clip_has_decided_about_its_charge(shop: Shop, service: StandIn) -> None:
    clip = shop.lost(service)
    shop.orders.charges.dismiss(clip)
    assert shop.orders.charges.unclear(clip) == []
    assert shop.now(clip).deleted_at_s is not None
    shop.place("Good morning.")
    shop.settled()
    assert (service.posts, service.charges) == (2, 1)


def test_spent_is_what_the_service_took(shop: Shop, service: StandIn) -> None:
    clips = shop.place("One.", "Two.")
    shop.settled()
    usd, exact = shop.orders.charges.spent(*(clip.id for clip in clips))
    assert exact
    assert usd == sum((shop.now(clip).usd or Decimal(0) for clip in clips), Decimal(0)) > 0


# ---- Clips of a script ----


def test_the_units_of_a_script_become_its_clips(shop: Shop, service: StandIn) -> None:
    assert shop.record(shop.units("One.", "Two.")) == 2
    shop.settled()
    assert shop.made == {"row-One.": "ready", "row-Two.": "ready"}
    assert service.charges == 2


def test_a_second_click_on_record_begins_only_what_the_first_did_not(
    shop: Shop, service: StandIn
) -> None:
    """Both have looked at the script before either has begun anything."""
    service.hold()
    first, second = shop.units("One.", "Two."), shop.units("One.", "Two.", "Three.")
    assert shop.record(first) == 2
    assert shop.record(second) == 1
    assert shop.record(second) == 0
    service.release()
    shop.settled()
    assert len(shop.library.scripts.made(SCRIPT)) == 3
    assert service.charges == 3


def test_a_unit_that_failed_for_nothing_keeps_its_clip(shop: Shop, service: StandIn) -> None:
    service.fault(faults.refuse("no credit"))
    shop.record(shop.units("One."))
    shop.settled()
    (failed,) = shop.library.scripts.made(SCRIPT)
    assert failed.state == "failed"
    assert shop.record(shop.units("One.", tried=failed.id)) == 1
    shop.settled()
    assert [(each.id, each.state) for each in shop.library.scripts.made(SCRIPT)] == [
        (failed.id, "ready")
    ]


def test_a_unit_whose_failed_clip_was_deleted_meanwhile_gets_a_new_one(shop: Shop) -> None:
    """Else the script would be at work for ever, with nothing to make."""
    assert shop.record(shop.units("One.", tried=99)) == 1
    shop.settled()
    assert shop.made == {"row-One.": "ready"}


def test_a_unit_that_may_have_been_charged_is_not_begun_again(shop: Shop, service: StandIn) -> None:
    service.fault(faults.answer(replies.page(504)))
    shop.record(shop.units("One."))
    shop.settled()
    assert shop.record(shop.units("One.")) == 0
    assert len(shop.library.scripts.made(SCRIPT)) == 1


def test_where_the_library_refuses_no_unit_is_begun(
    shop: Shop, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.fault(faults.refuse("no credit"))
    shop.record(shop.units("One."))
    shop.settled()
    (failed,) = shop.library.scripts.made(SCRIPT)

    def refuse(_: object) -> list[Clip]:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(shop.library.clips, "begin_all", refuse)
    with pytest.raises(StorageError):
        shop.record([*shop.units("One.", tried=failed.id), *shop.units("Two.")])
    assert shop.made == {"row-One.": "failed"}
    assert service.charges == 0


def test_a_script_without_a_key_is_not_begun(shop: Shop) -> None:
    wanted = shop.units("One.")
    with pytest.raises(KeyMissingError):
        shop.orders.place_script(SCRIPT, MODEL, wanted, visitor=replace(shop.me, key=None))
    assert shop.made == {}


def test_a_paused_script_goes_on_with_what_is_left_of_it(shop: Shop, service: StandIn) -> None:
    service.fault(faults.refuse("bad key"))
    texts = [f"Row {number}." for number in range(12)]
    shop.record(shop.units(*texts))
    shop.settled()
    rest = shop.orders.script_rest(SCRIPT)
    assert rest
    assert rest.offer.keys == rest.agreed.keys
    assert rest.agreed.covers(rest.offer)
    before = service.charges
    shop.orders.go_on(SCRIPT, visitor=shop.me)
    shop.settled()
    assert service.charges == before + len(rest.offer.keys)
    assert shop.orders.script_rest(99) is None
