from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from lib.library import Library
from lib.settings import Settings
from lib.ui import services
from tests.service import StandIn

APP = Path(__file__).resolve().parent.parent / "app.py"


@pytest.fixture
def service() -> Iterator[StandIn]:
    """The stand-in for the online service, in good health until told otherwise."""
    with StandIn() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a test's own folder, on a disk that need not be roomy."""
    return Settings(data_dir=tmp_path, free_disk_min_bytes=0)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """An empty one; a test file may define other `settings` for it."""
    with closing(Library(settings)) as opened:
        yield opened


@pytest.fixture
def app(service: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
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
    services.close()
    yield AppTest.from_file(str(APP), default_timeout=20)
    services.close()


def drawn(boxes: Iterable[Element], name: str) -> Any:
    """The widget whose key begins so: it ends in another number once the program has set it."""
    return next(box for box in boxes if str(box.key).startswith(name))  # type: ignore[attr-defined]
