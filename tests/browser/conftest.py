"""Chromium, and Soundcheck beside the stand-in service, for the browser tests."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from lib.ui.studio.starters import STARTERS
from tests.browser.prepared import Prepared
from tests.browser.running import READY, running
from tests.browser.shared import SharedServer, data_in
from tests.browser.visitors import Visitors
from tests.service import StandIn

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # All pages of one visitor in one process, which `Visitors` keeps running.
    "--renderer-process-limit=1",
]
# The first is Chromium without what only a window needs: it opens a page in two thirds of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    """Its path, if one of BROWSERS is installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI must have Chromium: these tests may not be skipped there.")
        # Allowed outside CI alone: whoever installs Soundcheck may have no browser of this kind.
        pytest.skip("Chromium is not installed.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield launched
        launched.close()


Start = Callable[..., str]


@pytest.fixture(scope="session")
def installation(
    browser: Browser, shared: SharedServer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Soundcheck's data as its first visitor leaves it, who has touched nothing.

    Made by the first worker that needs it, for all workers.
    """
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    ours = tmp_path_factory.getbasetemp()
    folder = (ours.parent if is_worker else ours) / "installation"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            install(ours / "installing", browser, shared).rename(folder)
    return folder


def install(folder: Path, browser: Browser, shared: SharedServer) -> Path:
    folder.mkdir()
    free = {"AIMLAPI_KEY": "", **data_in(folder)}
    with shared.lent(free) as address, browser.new_context() as visitor:
        page = visitor.new_page()
        page.goto(address)
        ready = page.locator('[class*="st-key-card_ready_"] audio')
        expect(ready).to_have_count(len(STARTERS), timeout=60_000)  # the voice has to be loaded
    with sqlite3.connect(folder / "soundcheck.db") as library:
        # It signs the links. With one of its own each test has links that no browser has kept.
        library.execute("DELETE FROM preferences WHERE name = 'secret:links'")
    library.close()
    return folder


@pytest.fixture
def start(
    service: StandIn, tmp_path: Path, installation: Path, shared: SharedServer
) -> Iterator[Start]:
    """Starts Soundcheck against the stand-in; with the service's key unless told otherwise.

    A test's first server is the one that all tests of this worker share, unless it has to be fresh.
    """
    shutil.copytree(installation, tmp_path, dirs_exist_ok=True)
    with ExitStack() as servers:
        lent = False

        def run(key: str | None = service.key, *, fresh: bool = False, **environment: str) -> str:
            nonlocal lent
            wanted = {
                "AIMLAPI_KEY": key or "",
                "AIMLAPI_BASE_URL": service.url,
                **data_in(tmp_path),
                **environment,
            }
            if fresh or lent:
                return servers.enter_context(running(**wanted))
            lent = True
            return servers.enter_context(shared.lent(wanted))

        yield run


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Iterator[Visitors]:
    made = Visitors(browser)
    yield made
    made.close()


@pytest.fixture
def visit(visitors: Visitors) -> Iterator[Visit]:
    """Opens an address in a browser of its own, and fails on a script error of the page.

    Also where the page does what its policy forbids: the browser says so on its console.
    """
    errors: list[str] = []
    visitors.forget()

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    def open_page(address: str, *, size: dict[str, int] = DESK, scheme: str = "light") -> Page:
        page = visitors.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        return open_in(page, address, size=size, scheme=scheme)

    yield open_page
    visitors.forget()
    assert errors == []


@pytest.fixture
def prepared(
    service: StandIn, tmp_path: Path, start: Start, visit: Visit, visitors: Visitors
) -> Prepared:
    return Prepared(service, tmp_path, start, visit, visitors)


@contextmanager
def page_of_all(browser: Browser, address: str, *, size: dict[str, int] = DESK) -> Iterator[Page]:
    """A page for all tests of a module, which leave it as it was."""
    errors: list[str] = []
    with browser.new_context() as visitor:
        page = visitor.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield open_in(page, address, size=size)
    assert errors == []


def open_in(
    page: Page, address: str, *, size: dict[str, int] = DESK, scheme: str = "light"
) -> Page:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    # With less motion a page that plays takes a tenth of the processor's time.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector(READY)
    return page
