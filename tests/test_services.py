"""Services that are closed and made again in one process: nothing of the first ones is left."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.errors import ModelUnavailableError, StorageError, TooManyOrdersError
from lib.listening import blind
from lib.offline import speakers
from lib.ui import services as building
from lib.ui.services import services
from tests.conftest import APP
from tests.service import StandIn
from tests.test_compare_page import record
from tests.test_library_page import visit
from tests.test_listen_server import begin_test
from tests.test_studio_page import words

PATIENCE_S = 20
FAILED_TEST = "The test was not made."
NO_SAMPLE = "No sample of this one"
WAIT = "Too many wrong passcodes. Wait a minute."

Rebuild = Callable[[], AppTest]


@pytest.fixture
def starters() -> None:
    """Does nothing: a test here is about how the ready texts are recorded."""


@pytest.fixture
def rebuild(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rebuild:
    """Each call ends the services and starts them with another data folder."""

    def anew() -> AppTest:
        building.close()
        monkeypatch.setenv("SOUNDCHECK_DATA_DIR", str(tmp_path / str(time.monotonic_ns())))
        return AppTest.from_file(str(APP), default_timeout=PATIENCE_S)

    return anew


def wait_for(condition: Callable[[], bool]) -> None:
    until_s = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until_s
        time.sleep(0.01)


def guess(app: AppTest, passcode: str) -> str:
    app.text_input(key="listen_passcode").set_value(passcode).run()
    app.button(key="listen_start").click().run()
    return words(app)


def test_wrong_passcodes_are_counted_anew(app: AppTest, rebuild: Rebuild) -> None:
    for anew in (lambda: app, rebuild):
        listener = anew()
        listener.query_params["test"] = begin_test(passcode="blue").token
        visit(listener, "listen")
        said = [guess(listener, "red") for _ in range(11)]
        assert [WAIT in each for each in said] == [False] * 10 + [True]


def test_starters_that_could_not_be_spoken_are_tried_again(
    app: AppTest, rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModelUnavailableError("This voice is not here.")

    monkeypatch.setenv("AIMLAPI_KEY", "")
    with monkeypatch.context() as broken:
        broken.setattr(speakers, "neural", missing)
        app.run()
        wait_for(lambda: NO_SAMPLE in words(app.run()))
    later = rebuild().run()
    wait_for(lambda: "free to hear" in words(later.run()) and later.get("bidi_component"))
    assert NO_SAMPLE not in words(later)


def test_a_listening_test_that_was_not_made_is_of_its_own_audition(
    app: AppTest, rebuild: Rebuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("The disk is full.")

    record(app)
    monkeypatch.setattr(blind, "contenders", full)
    app.session_state["compare_test"] = True
    app.run()
    app.button(key="compare_test_go").click().run()
    wait_for(lambda: FAILED_TEST in words(app.run()))
    later = rebuild()
    record(later)  # again the first audition of its library
    assert FAILED_TEST not in words(later)


def test_keys_orders_readings_prices_and_pace_are_forgotten(
    app: AppTest, rebuild: Rebuild, service: StandIn
) -> None:
    app.run()
    first = services()
    first.keys["browser"] = "another-key"
    for _ in range(first.settings.clips_per_minute):
        first.rate.count("browser", in_the_making=0)
    with pytest.raises(TooManyOrdersError):
        first.rate.count("browser", in_the_making=0)
    first.engines.pace.ceiling = 1
    reading = first.readings.begin("script", "a.txt", b"Hello.")
    wait_for(lambda: reading.has_ended)
    rebuild().run()
    later = services()
    assert later is not first
    assert later.keys == {}
    assert later.engines.pace.ceiling == later.settings.pace > 1
    assert later.readings.begin("script", "a.txt", b"Hello.") is not reading
    later.rate.count("browser", in_the_making=0)
    assert later.library.listing.many([1]) == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """All threads that are started from now on."""
    threads = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        threads.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    return threads


def test_services_do_not_tell_a_typed_key_or_their_secret(app: AppTest) -> None:
    app.run()
    services().keys["b1"] = "sk-typed"
    shown = repr(services())
    assert "sk-typed" not in shown
    assert repr(services().link_secret) not in shown


def test_no_thread_outlives_the_services(
    app: AppTest, rebuild: Rebuild, started: list[threading.Thread]
) -> None:
    record(app)
    app.session_state["compare_test"] = True
    app.run()
    app.button(key="compare_test_go").click().run()
    rebuild().run()  # an empty Studio
    services().engines.warm()
    services().readings.begin("script", "a.txt", b"Hello. " * 10_000)
    building.close()
    ours = [each for each in started if "service" not in each.name]
    names = {each.name for each in ours}
    assert names >= {
        *("deadlines", "listening-test", "offline-voice", "prices", "reading"),
        *("record-0", "starters", "sweep", "upkeep"),
    }
    time.sleep(0.3)  # the thread of the deadlines looks every 0.1 s whether there are any
    assert [each.name for each in ours if each.is_alive()] == []
