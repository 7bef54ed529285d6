"""Several servers on one library: which are alive, which may send, and recovery from dead ones."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from lib import studio
from lib.aimlapi import AimlApi
from lib.engines import Engines
from lib.errors import ChargeUnknownError, SpeechError, StoppedError
from lib.jobs import Jobs, upkeep
from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.library.outcome import Outcome
from lib.library.recordings import ClaimedError
from lib.settings import Settings
from lib.speech import FREE, Answer, Utterance
from lib.ui import services
from tests.charges import charges
from tests.servers import dying, end_lease, hide_lock, locked
from tests.service import StandIn
from tests.test_crash import crash

HELLO = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Good morning.")
PATIENCE_S = 10


@pytest.fixture
def settings(tmp_path: Path, service: StandIn) -> Settings:
    return Settings(data_dir=tmp_path, base_url=service.url, free_disk_min_bytes=0)


def begin(library: Library) -> Clip:
    return library.clips.begin(
        Intent(
            pieces=[Part(utterance=HELLO)],
            script=HELLO.text,
            title=HELLO.text,
            owner="local",
            browser="b1",
        )
    )


def states(library: Library) -> list[str]:
    return [entry.state for entry in charges(library, HELLO)]


def test_k4_a_living_server_is_not_buried_whatever_the_clock_says(
    settings: Settings, library: Library
) -> None:
    with closing(Library(settings)) as other, other.recordings.claim(HELLO.key):
        clip = begin(other)
        other.ledger.sent(other.ledger.reserve(HELLO, owner="local"))
        end_lease(library, other)

        left = library.recover()

        assert (left.clips, left.owed, states(library)) == ([], [], ["sent"])
        with pytest.raises(ClaimedError), library.recordings.claim(HELLO.key, wait=False):
            pass
        made = library.clips.get(clip.id)
        assert made is not None
        assert made.state == "making"


def test_k4_a_server_does_not_bury_itself(library: Library) -> None:
    with library.recordings.claim(HELLO.key):
        entry_id = library.ledger.reserve(HELLO, owner="local")
        end_lease(library, library)
        hide_lock(library)
        library.recover()
        library.ledger.sent(entry_id)
    assert states(library) == ["sent"]


def test_k4_a_claim_taken_over_forbids_its_first_holder_to_send(
    settings: Settings, library: Library, service: StandIn
) -> None:
    """A server of another machine sleeps while it holds a reservation, and wakes up later."""
    engine = AimlApi(service.key, service.url, settings=settings)
    sleeper = Library(settings)
    asleep, awake = threading.Event(), threading.Event()
    woken: list[Exception] = []

    def sleep() -> None:
        asleep.set()
        awake.wait(PATIENCE_S)

    def record() -> None:
        try:
            studio.record(HELLO, engine=engine, library=sleeper, owner="local", await_turn=sleep)
        except StoppedError as error:
            woken.append(error)

    thread = threading.Thread(target=record)
    thread.start()
    asleep.wait(PATIENCE_S)
    end_lease(library, sleeper)
    hide_lock(sleeper)

    library.recover()
    studio.record(HELLO, engine=engine, library=library, owner="local")
    awake.set()
    thread.join(PATIENCE_S)

    assert len(woken) == 1
    assert (service.posts, service.charges) == (1, 1)
    assert states(library) == ["refused", "kept"]
    sleeper.close()


def test_a_server_that_was_buried_while_it_slept_registers_again(
    settings: Settings, library: Library
) -> None:
    with closing(Library(settings)) as sleeper:
        end_lease(library, sleeper)
        hide_lock(sleeper)
        library.recover()
        sleeper.processes.beat()
        with sleeper.recordings.claim(HELLO.key):
            library.recover()
            sleeper.ledger.sent(sleeper.ledger.reserve(HELLO, owner="local"))
        assert states(library) == ["sent"]


def test_the_claims_of_a_dead_server_are_freed(settings: Settings, library: Library) -> None:
    with dying(settings) as other:
        assert other.recordings._claimed(HELLO.key)
    library.recover()
    with library.recordings.claim(HELLO.key, wait=False):
        pass


def test_a_server_of_another_machine_is_dead_when_its_lease_is_over(
    settings: Settings, library: Library
) -> None:
    with dying(settings) as other:
        assert other.recordings._claimed(HELLO.key)
        hide_lock(other)
    library.recover()
    with pytest.raises(ClaimedError), library.recordings.claim(HELLO.key, wait=False):
        pass  # it may live: its lease is not over
    end_lease(library, other)
    library.recover()
    with library.recordings.claim(HELLO.key, wait=False):
        pass


def test_k10_a_living_server_takes_over_what_another_leaves_at_its_death(
    settings: Settings, service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "BEAT_S", 0.2)
    with closing(Library(settings)) as library:
        jobs = Jobs(library, Engines(settings), most=2)
        crash("sent", tmp_path, service)
        wait_for(lambda: states(library) == ["unknown"])
        wait_for(lambda: state_of(library, 1) == "failed")
        with library.recordings.claim(HELLO.key, wait=False):
            pass
        jobs.stop(1)


def test_k10_nothing_depends_on_the_name_of_the_machine(
    settings: Settings, service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container is started anew under another name, on the same disk."""
    crash("sent", tmp_path, service)
    monkeypatch.setattr("socket.gethostname", lambda: "another-container")
    with closing(Library(settings)) as library:
        library.recover()
        assert states(library) == ["unknown"]


def test_a_clip_that_no_thread_makes_is_interrupted_in_the_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sister of K10: its making failed before there was a job for it."""
    monkeypatch.setattr(upkeep, "BEAT_S", 0.2)
    with closing(Library(settings)) as library:
        jobs = Jobs(library, Engines(settings), most=2)
        clip = begin(library)
        wait_for(lambda: state_of(library, clip.id) == "interrupted")
        jobs.stop(1)


def test_an_answer_that_its_server_could_not_write_down_before_it_died_is_not_lost(
    settings: Settings, service: StandIn
) -> None:
    """A sister of K9: it waits in a file beside the store."""
    service.hold()
    engine = AimlApi(service.key, service.url, settings=settings)
    failed: list[SpeechError] = []

    def record(other: Library) -> None:
        try:
            studio.record(HELLO, engine=engine, library=other, owner="local")
        except SpeechError as error:
            failed.append(error)

    with dying(replace(settings, lock_wait_s=0.02)) as other:
        thread = threading.Thread(target=record, args=(other,))
        thread.start()
        wait_for(lambda: states(other) == ["sent"])
        with locked(settings):
            service.release()
            thread.join(PATIENCE_S)
    assert [error.charged for error in failed] == [True]
    (waiting,) = (settings.data_dir / "unwritten").iterdir()
    assert waiting.stat().st_mode & 0o777 == 0o600

    with closing(Library(settings)) as library:
        left = library.recover()
        assert [(entry.state, entry.key) for entry in left.owed] == [("paid", HELLO.key)]
        assert not waiting.exists()


def test_a_server_starts_while_what_a_dead_one_left_cannot_be_kept_yet(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sister of K9: a full disk is no reason to let nobody hear what is here."""
    monkeypatch.setattr(upkeep, "BEAT_S", 0.2)
    with dying(settings) as other:
        entry_id = other.ledger.reserve(HELLO, owner="local")
        paid = Outcome.paid(entry_id, Answer(charge=FREE, sound=b"sound"))
        waiting = settings.data_dir / "unwritten" / f"{entry_id}.json"
        waiting.parent.mkdir()
        waiting.write_text(paid.to_json(), encoding="utf-8")
        in_the_way = Path(other.files._path(paid.columns["address"])).parent
        in_the_way.write_text("no folder")

    with closing(Library(settings)) as library:
        jobs = Jobs(library, Engines(settings), most=2)
        assert waiting.exists()
        in_the_way.unlink()
        wait_for(lambda: not waiting.exists())
        jobs.stop(1)


def test_an_answer_waits_in_a_data_folder_that_nothing_else_needed(
    tmp_path: Path, settings: Settings
) -> None:
    apart = replace(
        settings,
        data_dir=tmp_path / "data",
        database_url=f"sqlite:///{tmp_path}/soundcheck.db",
        storage_url=str(tmp_path / "sound"),
        lock_wait_s=0.02,
    )
    with closing(Library(apart)) as library:
        entry_id = library.ledger.reserve(HELLO, owner="local")
        with locked(settings):
            library.backlog.write(Outcome.unknown(entry_id, ChargeUnknownError("Lost.")))
            assert (tmp_path / "data" / "unwritten" / f"{entry_id}.json").exists()


def test_an_answer_to_a_charge_of_another_copy_of_the_library_stays(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """As after an older backup was put back: its address may be all that is left of a sound."""
    folder = settings.data_dir / "unwritten"
    paid = Outcome.paid("sc-unknown", Answer(charge=FREE, address="https://example.com/a.mp3"))
    with closing(Library(settings)) as library:
        folder.mkdir()
        (folder / "sc-unknown.json").write_text(paid.to_json(), encoding="utf-8")
        (folder / "sc-damaged.json").write_text("{", encoding="utf-8")
        library.backlog.adopt()
        library.backlog.adopt()
    assert len(list(folder.iterdir())) == 2
    assert caplog.text.count("sc-damaged.json cannot be read") == 1


def test_a_server_that_could_not_begin_is_not_taken_for_a_living_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page that is opened tries again: their locks would pile up, and never be let go."""
    monkeypatch.setenv("SOUNDCHECK_DATA_DIR", str(settings.data_dir))
    with closing(Library(settings)) as library, library.database.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refused BEFORE INSERT ON preferences WHEN new.name = 'secret:links' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    services.close()
    with pytest.raises(IntegrityError):
        services.services()
    assert not list((settings.data_dir / "servers").iterdir())


def wait_for(truth: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not truth():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.01)


def test_a_clock_set_forward_makes_no_charge_older(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sister of K4: the service's records lag, and "not there yet" is not "not charged"."""
    with library.recordings.claim(HELLO.key):
        entry_id = library.ledger.reserve(HELLO, owner="local")
        library.ledger.sent(entry_id)
    entry = library.ledger.write(Outcome.unknown(entry_id, ChargeUnknownError("Lost.")))
    assert entry
    now_s = time.time()
    monkeypatch.setattr(time, "time", lambda: now_s + 3600)
    assert library.ledger.quiet_s(entry) < 60


def state_of(library: Library, clip_id: int) -> str:
    clip = library.clips.get(clip_id)
    return clip.state if clip else ""
