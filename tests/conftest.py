import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from lib.engines import OFFLINE
from lib.library import Library, private
from lib.library.database import Database
from lib.offline import OfflineVoices
from lib.settings import Settings
from lib.speech import Audio, Utterance
from lib.starters import STARTERS
from lib.ui import services
from tests.browser.shared import SharedServer
from tests.service import StandIn

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each worker its share of the browser tests first, then its share of the others.

    Browser tests take a hundred times as long. If they come last, a worker waits for another's.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    browser = [item for item in items if item.get_closest_marker("browser")]
    others = [item for item in items if not item.get_closest_marker("browser")]
    items[:] = [
        item
        for worker in range(workers)
        for part in (browser, others)
        for item in part[len(part) * worker // workers : len(part) * (worker + 1) // workers]
    ]


@pytest.fixture
def service() -> Iterator[StandIn]:
    """The stand-in for the online service, in good health until told otherwise."""
    with StandIn() as running:
        yield running


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedServer]:
    """Soundcheck in a process of its own, for one test of this worker after another."""
    server = SharedServer(tmp_path_factory.mktemp("shared"))
    yield server
    server.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a test's own folder, on a disk that need not be roomy."""
    return Settings(data_dir=tmp_path, free_disk_min_bytes=0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has all tables and no row: neither a server nor a file store has used it."""
    file = tmp_path_factory.mktemp("migrated") / "soundcheck.db"
    Database(f"sqlite:///{file}", lock_wait_s=1).close()
    return file


Begin = Callable[[Path], None]


@pytest.fixture
def begin(migrated: Path) -> Begin:
    """Puts a migrated database into an empty data folder, as a first start does.

    That takes a quarter of its processor's time. Tests of a first start define another `begin`.
    """

    def put(folder: Path) -> None:
        private.make_folder(folder)
        shutil.copy(migrated, folder / "soundcheck.db")

    return put


@pytest.fixture
def library(settings: Settings, begin: Begin) -> Iterator[Library]:
    """An empty one; a test file may define other `settings` for it."""
    begin(settings.data_dir)
    with closing(Library(settings)) as opened:
        yield opened


@pytest.fixture(scope="session", autouse=True)
def _one_scan() -> Iterator[None]:
    """Look for components among the installed packages once.

    Each AppTest looks for them anew, which takes a quarter of its processor's time.
    """
    with pytest.MonkeyPatch.context() as patched:
        scan = cache(manifest_scanner.scan_component_manifests)
        patched.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session")
def spoken_starters() -> dict[Utterance, Audio]:
    """The sound of Studio's ready texts, in the built-in voices."""
    said = [Utterance(model=OFFLINE, voice=each.voice, text=each.text) for each in STARTERS]
    return {each: OfflineVoices().synthesize(each) for each in said}


@pytest.fixture
def starters(spoken_starters: dict[Utterance, Audio], monkeypatch: pytest.MonkeyPatch) -> None:
    """Speaks Studio's ready texts once for all tests, and any other words as usual.

    Each empty library records them, which takes a quarter of an AppTest's processor time. Tests of
    how they are recorded define another `starters`.
    """
    speak = OfflineVoices.synthesize

    def synthesize(voices: OfflineVoices, said: Utterance, **options: Any) -> Audio:
        return spoken_starters.get(said) or speak(voices, said, **options)

    monkeypatch.setattr(OfflineVoices, "synthesize", synthesize)


@pytest.fixture
def app(
    service: StandIn,
    tmp_path: Path,
    begin: Begin,
    starters: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[AppTest]:
    """Soundcheck as a visitor's first run of it, with the service's key and an empty library."""
    for name, value in {
        "AIMLAPI_KEY": service.key,
        "AIMLAPI_BASE_URL": service.url,
        "SOUNDCHECK_DATA_DIR": str(tmp_path),
        "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0",
        "SOUNDCHECK_RETRY_BASE_S": "0.01",
        "SOUNDCHECK_POST_S": "1",
        "SOUNDCHECK_DOWNLOAD_SPAN_S": "0.05",
        "SOUNDCHECK_STOP_WAIT_S": "2",
    }.items():
        monkeypatch.setenv(name, value)
    begin(tmp_path)
    services.close()
    yield AppTest.from_file(str(APP), default_timeout=20)
    services.close()


def drawn(boxes: Iterable[Element], name: str) -> Any:
    """The widget whose key begins so: it ends in another number once the program has set it."""
    return next(box for box in boxes if str(box.key).startswith(name))  # type: ignore[attr-defined]
