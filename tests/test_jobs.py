"""Jobs: fair turns, stops, and correct states."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from lib import events
from lib.engines import Engines
from lib.errors import StorageError
from lib.events import Events
from lib.jobs import Batch, Job, Jobs, telling
from lib.jobs.turns import Turns
from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.settings import Settings
from lib.speech import Utterance
from tests.charges import charges
from tests.conftest import Begin
from tests.servers import dying, locked
from tests.service import StandIn, faults

SAID = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Hello.", format="wav")
PATIENCE_S = 20


@dataclass
class Works:
    """A library, its job manager, and shorthands for what staff do."""

    settings: Settings
    library: Library
    jobs: Jobs
    engines: Engines
    key: str

    def clip(self, *texts: str, browser: str = "b1") -> Clip:
        return self.library.clips.begin(
            Intent(
                pieces=[Part(utterance=replace(SAID, text=text)) for text in texts],
                script=" ".join(texts),
                title=texts[0],
                owner="local",
                browser=browser,
            )
        )

    def submit(self, *texts: str, browser: str = "b1", may_spend: bool = True) -> Job:
        clip = self.clip(*texts, browser=browser)
        engine = self.engines.speaker(SAID.model, self.key)
        return self.jobs.submit(clip, engine, may_spend=may_spend)

    def state(self, job: Job) -> str:
        clip = self.library.clips.get(job.clip.id)
        assert clip is not None
        return clip.state


@pytest.fixture
def works(service: StandIn, tmp_path: Path, begin: Begin) -> Iterator[Works]:
    begin(tmp_path)
    settings = Settings(
        data_dir=tmp_path,
        base_url=service.url,
        post_s=10,
        retry_base_s=0.01,
        free_disk_min_bytes=0,
        lock_wait_s=0.05,
    )
    service.audio_max_s = 1
    library, engines = Library(settings), Engines(settings)
    jobs = Jobs(library, engines, most=4)
    yield Works(settings, library, jobs, engines, service.key)
    jobs.stop(2)
    library.close()


def wait_for(truth: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    until = time.monotonic() + patience_s
    while not truth():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)


def ended(*jobs: Job) -> Callable[[], bool]:
    return lambda: not any(job.active for job in jobs)


def lines(count: int, word: str = "Line") -> list[str]:
    return [f"{word} number {number}." for number in range(count)]


def test_a_job_ends_with_a_clip_in_the_library(works: Works, service: StandIn) -> None:
    job = works.submit(*lines(5))
    wait_for(ended(job))
    assert (job.state, works.state(job), job.done, job.total) == ("ready", "ready", 5, 5)
    assert service.charges == 5


def test_equal_lines_are_bought_once(works: Works, service: StandIn) -> None:
    """B21"""
    job = works.submit("Same.", "Other.", "Same.", "Same.")
    wait_for(ended(job))
    assert (job.state, service.posts) == ("ready", 2)


def test_no_more_parts_are_joined_than_there_are(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, numbers = Events(), list[events.Numbers]()
    monkeypatch.setattr(told, "progress", lambda _topic, noted: numbers.append(noted))
    jobs = Jobs(works.library, works.engines, most=4, events=told)
    clip = works.clip("Same.", *["Other.", "Same."] * 4)
    job = jobs.submit(clip, works.engines.speaker(SAID.model, works.key))
    wait_for(ended(job))
    jobs.stop(2)
    assert max(each["joined"] for each in numbers if each["joined"] is not None) == 2
    assert {each["total"] for each in numbers} == {2}


def test_never_more_calls_at_once_than_the_pace(works: Works, service: StandIn) -> None:
    """F25"""
    service.latency_s = 0.05
    job = works.submit(*lines(12))
    wait_for(ended(job))
    assert service.most_posts_open == 2


def test_cancel_buys_no_more_than_what_is_under_way(works: Works, service: StandIn) -> None:
    """L7"""
    service.latency_s = 0.1
    job = works.submit(*lines(50))
    wait_for(lambda: job.done >= 2)
    works.jobs.cancel(job.clip.id)
    at_cancel = service.posts
    assert works.state(job) == "cancelled"
    wait_for(lambda: not job.running)
    time.sleep(0.3)

    assert service.posts <= at_cancel + 2
    assert service.charges == sum(
        works.library.recordings.get(replace(SAID, text=text).key) is not None for text in lines(50)
    )


def test_what_is_called_off_while_it_is_prepared_never_begins(works: Works) -> None:
    clip = works.clip("Hello.")
    engine = works.engines.speaker(SAID.model, works.key)
    job = Job.of(clip, engine, works.library.clips.parts(clip), set())
    turns = Turns(lambda: 2)
    turn = turns.next([job])
    assert turn
    turns.call_off(job)
    turns.let_go()
    assert turn.decided.is_set()
    assert turn.stage != "calling"


@pytest.mark.parametrize("of", ["clip", "script"])
def test_a_cancel_is_told_once_the_library_knows_it(
    of: str, works: Works, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a page in another tab that draws itself just before would say "Recording" for ever."""
    service.hold()
    told = Events()
    jobs = Jobs(works.library, works.engines, most=4, events=told)
    clip = works.clip("Hello.")
    parts = works.library.clips.parts(clip)
    if of == "clip":
        job = jobs.submit(clip, works.engines.speaker(SAID.model, works.key))
        topic = events.clips("clip", "b1")
    else:
        engine = partial(works.engines.speaker, key=works.key)
        batch = Batch(id=7, browser="b1", engine=engine, estimates_usd={}, known=set())
        batch.add([(clip, parts)])
        jobs.run(batch)
        job, topic = batch.active[clip.id], events.batch(7)
    wait_for(lambda: service.posts)
    drawn: list[int] = []

    def held_up(write: Callable[..., None]) -> Callable[..., None]:
        def late(which: object, state: str, *more: object) -> None:
            if state == "cancelled":
                service.release()
                wait_for(lambda: not job.running)
                jobs.get(clip.id)  # waits for the lock under which this was told
                drawn.append(told.versions(topic)[topic])
            write(which, state, *more)

        return late

    for name in ("move", "move_all"):
        monkeypatch.setattr(works.library.clips, name, held_up(getattr(works.library.clips, name)))
    if of == "clip":
        jobs.cancel(clip.id)
    else:
        jobs.cancel_batch(7)
    assert told.versions(topic)[topic] > drawn[0]
    jobs.stop(2)


def test_a_clip_is_told_when_it_begins_and_once_when_it_is_ready(
    works: Works, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time is a run of every page that shows it."""
    told, published = Events(), []
    publish = told.publish

    def noted(*topics: str) -> None:
        published.append(topics)
        publish(*topics)

    monkeypatch.setattr(told, "publish", noted)
    jobs = Jobs(works.library, works.engines, most=4, events=told)
    job = jobs.submit(works.clip("Hello."), works.engines.speaker(SAID.model, works.key))
    wait_for(lambda: job.state == "ready" and not job.running)
    jobs.stop(2)
    assert len(published) == 2


def test_a_failure_that_is_written_down_late_is_told_again_then(
    works: Works, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.fault(faults.refuse("no credit"))
    told, topic = Events(), events.clips("clip", "b1")
    jobs = Jobs(works.library, works.engines, most=4, events=told)
    move, is_full = works.library.clips.move, True

    def refuse(*what: Any) -> None:
        if is_full:
            raise StorageError("The disk is full.")
        move(*what)

    monkeypatch.setattr(works.library.clips, "move", refuse)
    job = jobs.submit(works.clip("Hello."), works.engines.speaker(SAID.model, works.key))
    wait_for(lambda: job.state == "failed" and not job.running)
    jobs.get(job.clip.id)  # waits for the lock under which this was told
    drawn = told.versions(topic)[topic]
    assert works.state(job) == "making"
    is_full = False
    wait_for(lambda: works.state(job) == "failed")
    wait_for(lambda: told.versions(topic)[topic] > drawn, patience_s=2)
    jobs.stop(2)


def test_cancel_also_ends_the_waiting_of_a_call_that_was_told_to_come_back(
    works: Works, service: StandIn
) -> None:
    service.fault(faults.status(429, {"Retry-After": "1"}), times=1)
    job = works.submit("Hello.")
    wait_for(lambda: service.posts == 1)
    works.jobs.cancel(job.clip.id)
    time.sleep(1.5)
    assert (service.posts, service.charges) == (1, 0)


def words_of(job: Job) -> str:
    """What is said about the job now, with fields that the browser fills."""
    return telling.phases_of(job)[int(telling.numbers_of(job)["phase"] or 0)]


def test_a_wait_for_a_busy_service_is_not_called_recording(works: Works, service: StandIn) -> None:
    service.fault(faults.status(429, {"Retry-After": "1"}), times=1)
    job = works.submit("Hello.")
    wait_for(lambda: "busy, and is tried again" in words_of(job))
    wait_for(ended(job))
    assert (job.state, job.delayed) == ("ready", 0)


def test_joining_says_how_much_is_left(works: Works) -> None:
    job = works.submit("One.", "Two.", "Three.", "Four.")
    wait_for(ended(job))
    job.join()
    assert job.left_s is None
    job.joining_at_s -= 3
    job.joined = 1
    assert job.left_s == pytest.approx(9, abs=1)
    assert words_of(job) == "Joining, {joined} of 4 parts{left}"


def test_what_a_cancelled_job_recorded_is_free_next_time(works: Works, service: StandIn) -> None:
    service.hold(after=4)
    job = works.submit(*lines(20))
    wait_for(lambda: job.done >= 4)
    works.jobs.cancel(job.clip.id)
    service.release()
    wait_for(lambda: not job.running)

    again = works.submit(*lines(20))
    assert again.done >= 4
    wait_for(ended(again))
    assert (again.state, service.charges) == ("ready", 20)


def test_single_lines_go_ahead_of_a_long_text(works: Works, service: StandIn) -> None:
    service.hold(after=2)
    long = works.submit(*lines(40))
    wait_for(lambda: service.posts == 4)
    before = service.posts
    singles = [works.submit(text, browser="b2") for text in lines(6, "Single")]
    service.release()
    wait_for(ended(*singles))
    assert {single.state for single in singles} == {"ready"}
    said = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    last = max(place for place, text in enumerate(said) if text.startswith("Single"))
    assert last - before <= 9  # six of theirs, and what had its turn before
    works.jobs.cancel(long.clip.id)


def test_the_next_calls_are_ready_before_their_turn_and_are_refused_if_it_never_comes(
    works: Works, service: StandIn
) -> None:
    service.hold()
    job = works.submit(*lines(12))

    def states() -> list[str]:
        found = (charges(works.library, replace(SAID, text=text)) for text in lines(12))
        return sorted(entry.state for entries in found for entry in entries)

    wait_for(lambda: states() == ["reserved", "reserved", "sent", "sent"])
    works.jobs.cancel(job.clip.id)
    service.release()
    wait_for(lambda: states() == ["kept", "kept", "refused", "refused"])
    assert (service.posts, service.charges) == (2, 2)


def test_a_line_that_two_jobs_want_waits_for_neither_for_ever(
    works: Works, service: StandIn
) -> None:
    service.hold()
    long = works.submit(*lines(12))
    wait_for(lambda: service.posts == 2)
    single = works.submit("Line number 3.", browser="b2")  # prepared by the long one, waiting
    works.jobs.cancel(long.clip.id)
    service.release()
    wait_for(ended(single))
    assert (single.state, service.charges) == ("ready", 3)


def test_two_long_texts_share_the_pace(works: Works, service: StandIn) -> None:
    service.hold()
    first = works.submit(*lines(30, "One"), browser="b1")
    second = works.submit(*lines(30, "Two"), browser="b2")
    service.latency_s = 0.03
    service.release()
    wait_for(ended(first))
    assert second.done >= 24
    wait_for(ended(second))


def test_a_failure_stops_the_job_and_says_why(works: Works, service: StandIn) -> None:
    """F10: no more calls than were under way."""
    service.key = "another"
    job = works.submit(*lines(50))
    wait_for(ended(job))
    assert job.state == "failed"
    assert service.posts <= 2
    clip = works.library.clips.get(job.clip.id)
    assert clip is not None
    assert clip.problem is not None
    assert clip.problem.kind == "KeyRejectedError"
    assert clip.problem.charged is False


def test_a_double_click_is_one_job(works: Works) -> None:
    job = works.submit("Hello.")
    twin = works.jobs.twin("b1", job.clip.fingerprint, job.clip.take)
    assert twin is job
    assert works.jobs.twin("b2", job.clip.fingerprint, job.clip.take) is None


def test_a_second_press_of_continue_is_the_same_job(works: Works, service: StandIn) -> None:
    service.hold()
    job = works.submit(*lines(4))
    again = works.jobs.submit(job.clip, works.engines.speaker(SAID.model, works.key))
    assert again is job
    service.release()
    wait_for(ended(job))
    assert (job.state, service.charges) == ("ready", 4)


def test_a_clip_asked_for_by_many_at_once_is_one_job(works: Works, service: StandIn) -> None:
    """Such as by a person who presses Fetch again while the server does so by itself."""
    service.hold()
    clip, engine = works.clip(*lines(3)), works.engines.speaker(SAID.model, works.key)
    ready, jobs = threading.Barrier(8), set[Job]()

    def submit() -> None:
        ready.wait()
        jobs.add(works.jobs.submit(clip, engine))

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    service.release()
    wait_for(ended(*jobs))
    assert len(jobs) == 1


def test_a_restart_finishes_what_needs_no_money_and_leaves_the_rest(
    works: Works, service: StandIn
) -> None:
    done = works.submit(*lines(3))
    wait_for(ended(done))
    with dying(works.settings) as other:
        free, costly = works.clip(*lines(3)), works.clip("Something new.", "And more.")
        for clip in (free, costly):
            other.clips.move(clip.id, "making")

    works.jobs.recover()

    wait_for(lambda: works.library.clips.get(free.id).state == "ready")  # type: ignore[union-attr]
    wait_for(lambda: works.library.clips.get(costly.id).state == "interrupted")  # type: ignore[union-attr]
    assert service.posts == 3


def test_a_polite_stop_keeps_what_is_open_and_marks_the_rest(
    works: Works, service: StandIn
) -> None:
    """F29"""
    service.latency_s = 0.2
    job = works.submit(*lines(20))
    wait_for(lambda: service.posts >= 2)
    works.jobs.stop(5)

    assert works.state(job) == "interrupted"
    assert service.posts == service.charges
    kept = works.library.recordings.known([replace(SAID, text=text).key for text in lines(20)])
    assert len(kept) == service.charges


def test_ten_percent_of_mixed_faults_leave_books_that_agree(works: Works, service: StandIn) -> None:
    """F27: every clip in one final state, and the ledger as the service has it."""
    mixed = [faults.status(400), faults.status(503), faults.lost_response(), faults.no_url()]
    jobs = []
    for number in range(60):
        if number % 10 == 0:
            service.fault(mixed[number // 10 % len(mixed)])
        jobs.append(works.submit(f"Clip {number}."))
        wait_for(ended(jobs[-1]))
    wait_for(ended(*jobs))

    books = [charges(works.library, replace(SAID, text=f"Clip {number}.")) for number in range(60)]
    assert all(len(entries) == 1 for entries in books)
    closed = [entries[0].state for entries in books]
    assert set(closed) <= {"kept", "refused", "unknown"}
    assert {works.state(job) for job in jobs} == {"ready", "failed"}
    # no_url is charged, lost_response too: both stand as unknown, neither was sent again.
    assert service.charges == closed.count("kept") + closed.count("unknown")
    assert service.posts <= 60 * 1.1


def test_k9_an_answer_that_cannot_be_written_down_is_kept_and_fetched_later(
    works: Works, service: StandIn
) -> None:
    service.hold()
    job = works.submit("Hello.")
    wait_for(lambda: service.posts == 1)
    with locked(works.settings):
        service.release()
        wait_for(ended(job))
        assert job.error is not None
        assert job.error.charged is True
    wait_for(lambda: works.state(job) == "ready")
    assert (service.posts, service.charges) == (1, 1)
    (entry,) = charges(works.library, replace(SAID, text="Hello."))
    assert (entry.state, entry.usd is not None) == ("kept", True)


@pytest.mark.parametrize("fault", [faults.status(400), faults.lost_response()])
def test_what_came_of_a_charge_is_written_down_once_it_can_be(
    fault: faults.Fault, works: Works, service: StandIn
) -> None:
    """A sister of K9: a refusal and a lost answer are told as what they are."""
    service.fault(fault)
    service.hold()
    job = works.submit("Hello.")
    wait_for(lambda: service.posts == 1)
    with locked(works.settings):
        service.release()
        wait_for(ended(job))
    wait_for(lambda: works.state(job) == "failed")
    said = replace(SAID, text="Hello.")
    expected = "refused" if service.charges == 0 else "unknown"
    wait_for(lambda: [entry.state for entry in charges(works.library, said)] == [expected])
    clip = works.library.clips.get(job.clip.id)
    assert clip is not None
    assert clip.problem is not None
    assert clip.problem.charged is (False if service.charges == 0 else None)


@pytest.mark.parametrize("shape", ["S1", "S3"])
def test_k3_recording_goes_on_for_everybody_after_the_library_could_not_be_written(
    works: Works, service: StandIn, shape: str
) -> None:
    service.shape = shape
    service.hold()
    first, second = works.submit("One."), works.submit("Two.", browser="b2")
    wait_for(lambda: service.posts == 2)
    with locked(works.settings):
        service.release()
        wait_for(ended(first, second))
    third = works.submit("Three.", browser="b3")
    wait_for(ended(third))
    wait_for(lambda: works.state(first) == works.state(second) == "ready")
    assert (works.state(third), service.posts, service.charges) == ("ready", 3, 3)


def test_k17_a_duplicate_of_a_slow_call_holds_nobody_up(works: Works, service: StandIn) -> None:
    service.fault(faults.hang())
    slow = works.submit("Slow.", browser="b1")
    wait_for(lambda: service.posts == 1)
    twins = [works.submit("Slow.", browser=f"twin{number}") for number in range(20)]
    others = [works.submit(text, browser="b3") for text in lines(4)]
    wait_for(ended(*others), patience_s=8)  # the slow one takes 10 s
    assert not slow.done
    assert {works.state(other) for other in others} == {"ready"}
    for twin in twins:
        works.jobs.cancel(twin.clip.id)


def test_a_duplicate_is_ready_as_soon_as_the_first_is(works: Works, service: StandIn) -> None:
    """A sister of K17: who leaves the line is not forgotten."""
    service.hold()
    first, twin = works.submit("Hello."), works.submit("Hello.", browser="b2")
    service.release()
    wait_for(ended(first, twin))
    assert (works.state(twin), service.posts) == ("ready", 1)


def test_a_stop_ends_every_thread(works: Works) -> None:
    before = set(threading.enumerate())
    jobs = Jobs(works.library, works.engines, most=4)
    ours = set(threading.enumerate()) - before
    assert len(ours) > 10
    jobs.stop(1)
    wait_for(lambda: not any(thread.is_alive() for thread in ours))
