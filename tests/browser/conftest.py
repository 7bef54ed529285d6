"""Chromium, and Soundcheck beside the stand-in service, for the browser tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from lib.ui.studio.starters import STARTERS
from tests.browser.running import READY, running
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
def installation(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Soundcheck's data as its first visitor leaves it, who has touched nothing."""
    folder = tmp_path_factory.mktemp("installation")
    free = {"SOUNDCHECK_DATA_DIR": str(folder), "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0"}
    with running(AIMLAPI_KEY="", **free) as address, browser.new_context() as visitor:
        page = visitor.new_page()
        page.goto(address)
        expect(page.locator('[class*="st-key-card_ready_"] audio')).to_have_count(len(STARTERS))
    return folder


@pytest.fixture
def start(service: StandIn, tmp_path: Path, installation: Path) -> Iterator[Start]:
    """Starts Soundcheck against the stand-in; with the service's key unless told otherwise."""
    shutil.copytree(installation, tmp_path, dirs_exist_ok=True)
    with ExitStack() as servers:

        def run(key: str | None = service.key, **environment: str) -> str:
            wanted = {
                "AIMLAPI_KEY": key or "",
                "AIMLAPI_BASE_URL": service.url,
                "SOUNDCHECK_DATA_DIR": str(tmp_path),
                "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0",
                **environment,
            }
            return servers.enter_context(running(**wanted))

        yield run


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens an address in a browser of its own, and fails on a script error of the page.

    Also where the page does what its policy forbids: the browser says so on its console.
    """
    errors: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    def open_page(address: str, *, size: dict[str, int] = DESK, scheme: str = "light") -> Page:
        # With less motion a page that plays takes a tenth of the processor's time.
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        page.goto(address)
        page.wait_for_selector(READY)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
