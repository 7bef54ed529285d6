"""The stream of events for a browser: who may open it, its messages, and its end."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from lib.events import Events
from lib.web import stream
from lib.web.browsers import COOKIE
from lib.web.stream import BROWSER_MAX, PATH, EventStream, Proofs
from tests.browser.running import running

BROWSER, OTHER = "b" * 22, "o" * 22


class Place:
    """A server with the stream alone."""

    def __init__(self) -> None:
        self.events, self.proofs = Events(), Proofs(b"secret")
        self.app = Starlette(routes=[WebSocketRoute(PATH, EventStream(self.feed))])
        self.server = uvicorn.Server(uvicorn.Config(self.app, port=0, log_level="error"))
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    async def feed(self) -> tuple[Events, Proofs]:
        return self.events, self.proofs

    def asked(self, *topics: str, browser: str = BROWSER) -> str:
        return json.dumps({topic: self.proofs.of(topic, browser) for topic in topics})

    def opened(self, browser: str = BROWSER) -> ClientConnection:
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return dialled(f"http://127.0.0.1:{port}", browser=browser)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.server.should_exit = True
    made.thread.join(10)
    assert not made.thread.is_alive()


def dialled(
    address: str, *, origin: str | None = None, browser: str = BROWSER, **headers: str
) -> ClientConnection:
    return connect(
        f"{address.replace('http', 'ws', 1)}{PATH}",
        origin=origin or address,  # type: ignore[arg-type]
        additional_headers={"Cookie": f"{COOKIE}={browser}", **headers},
    )


def heard(socket: ClientConnection) -> dict[str, Any]:
    told = json.loads(socket.recv(timeout=5))
    assert isinstance(told, dict)
    return told


def test_it_tells_versions_and_numbers_and_no_words(place: Place) -> None:
    place.events.progress("clip/1", {"done": 3, "total": 22, "left_s": None})
    with place.opened() as socket:
        socket.send(place.asked("clip/1"))
        first = heard(socket)
        assert first == {
            "clip/1": [place.events.now("clip/1").version, {"done": 3, "total": 22, "left_s": None}]
        }
        place.events.publish("clip/1", "clip/2")
        assert heard(socket)["clip/1"][0] == place.events.now("clip/1").version


def test_many_changes_at_once_are_one_message(place: Place) -> None:
    with place.opened() as socket:
        socket.send(place.asked("a", "b"))
        heard(socket)
        for _ in range(500):
            place.events.publish("a", "b")
        messages = [heard(socket)]
        while messages[-1].get("a", [0])[0] != place.events.now("a").version:
            messages.append(heard(socket))
        assert len(messages) <= 3


@pytest.mark.parametrize("browser", ["", "short", "x" * 2000])
def test_without_a_browsers_cookie_nobody_gets_one(place: Place, browser: str) -> None:
    with pytest.raises(InvalidStatus):
        place.opened(browser)


def test_nobody_is_told_of_somebody_elses_work(place: Place) -> None:
    """Not even with a proof that was drawn for another browser, or with no proof at all."""
    with place.opened(OTHER) as socket:
        stolen = json.loads(place.asked("clips/of-somebody", "mine"))
        mine = json.loads(place.asked("mine", browser=OTHER))
        socket.send(json.dumps({**stolen, "tests": "", "more": None, "all": 7, **mine}))
        assert heard(socket).keys() == {"mine"}
        place.events.publish("clips/of-somebody")
        place.events.publish("mine")
        assert heard(socket).keys() == {"mine"}


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        "7",
        "nothing",
        "{" * 5_000,
        json.dumps({str(n): "" for n in range(stream.WATCHED_MAX + 1)}),
        json.dumps({"a": "x" * stream.MESSAGE_MAX_CHARS}),
        '{"\\ud800": "\\ud800"}',
    ],
)
def test_what_no_page_of_ours_says_ends_it_or_is_left_out(place: Place, words: str) -> None:
    with place.opened() as socket, contextlib.suppress(ConnectionClosed):
        socket.send(words)
        socket.send(place.asked("a"))
        assert heard(socket).keys() <= {"a"}


def test_one_browser_has_only_so_many(place: Place) -> None:
    with ExitStack() as all_of_them:
        for _ in range(BROWSER_MAX):
            all_of_them.enter_context(place.opened())
        with pytest.raises(InvalidStatus):
            place.opened()
        with place.opened(OTHER):
            pass
    time.sleep(0.1)
    with place.opened():  # those that have left no longer count
        pass


def test_it_speaks_now_and_then_so_that_a_dead_line_is_noticed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "BEAT_S", 0.05)
    with place.opened() as socket:
        assert [heard(socket) for _ in range(3)] == [{}, {}, {}]


def _servers() -> set[threading.Thread]:
    """All threads but those of the clients here."""
    of_clients = ("recv_events", "keepalive")
    return {each for each in threading.enumerate() if not any(n in each.name for n in of_clients)}


def test_it_holds_no_thread(place: Place) -> None:
    with ExitStack() as all_of_them:
        all_of_them.enter_context(place.opened(f"{0:022}"))
        before = _servers()
        for number in range(1, 60):
            all_of_them.enter_context(place.opened(f"{number:022}"))
        after = _servers()
        assert after == before


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("stream")
    with running(SOUNDCHECK_DATA_DIR=str(folder), SOUNDCHECK_FREE_DISK_MIN_BYTES="0") as address:
        yield address


def test_the_whole_server_gives_it_to_its_own_pages_alone(address: str) -> None:
    with dialled(address) as socket:
        socket.send("{}")
    for refused in ({"origin": "https://evil.example"}, {"Host": "evil.example"}, {"browser": ""}):
        with (
            pytest.raises((InvalidStatus, ConnectionClosed)),
            dialled(address, **refused) as socket,
        ):  # type: ignore[arg-type]
            socket.recv(timeout=5)


def test_it_does_not_keep_a_server_from_ending(tmp_path: Path) -> None:
    settings = {"SOUNDCHECK_DATA_DIR": str(tmp_path), "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0"}
    with ExitStack() as stack:
        server = ExitStack()
        address = server.enter_context(running(**settings))
        for _ in range(10):
            stack.enter_context(dialled(address))
        start_s = time.monotonic()
        server.close()
        assert time.monotonic() - start_s < 5
