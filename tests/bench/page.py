"""How long a person waits at the page, in Chromium.

    python -m tests.bench.page [click|start]      one of the two; both without it

click: from the press of Generate, just after typing, until the new card's player knows its sound;
in turn with the bare exchange on a kept-alive connection.
start: from the start of the server's process until Studio's heading is seen, in turn with
`streamlit hello` under the same settings. A first start ever also makes the library.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.measuring import Figure, Goal, bare_exchange_s, main, report, stand_in
from tests.browser.conftest import ARGS, DESK, find_chromium
from tests.browser.running import READY, ROOT, running, wait_until_healthy
from tests.browser.using import settle, write

LATENCY_S = 1.0
CLICKS, STARTS = 12, 5
CLICK_RATIO_MAX, START_RATIO_MAX = 1.6, 1.3

NEWEST = '[class*="st-key-card_studio_"]'
IS_READY = """(before) => {
  const card = document.querySelector('[class*="st-key-card_studio_"]');
  const audio = card?.querySelector(".soundcheck-player.ready audio");
  return card && card.className !== before && audio?.readyState >= 1;
}"""

# Looked at with each frame; a locator looks every half a second after a while.
IS_SEEN = """(words) => [...document.querySelectorAll("h1, h2, h3")].some(
  (heading) => heading.innerText.includes(words) && heading.checkVisibility(),
)"""


def click() -> list[Figure]:
    times_s: dict[str, list[float]] = {"click": [], "bare": []}
    with (
        chromium() as browser,
        stand_in(latency=LATENCY_S) as service,
        tempfile.TemporaryDirectory() as folder,
        running(**environment_of(folder, service.url, service.key)) as address,
    ):
        page = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
        page.goto(address)
        page.wait_for_selector(READY)
        for number in range(-1, CLICKS):
            write(page, f"Welcome, guest number {number}. Our doors are open until nine.")
            newest = page.locator(NEWEST)
            before = newest.first.get_attribute("class") if newest.count() else ""
            button = page.get_by_role("button", name="Generate")
            start_s = time.perf_counter()
            button.click()
            page.wait_for_function(IS_READY, arg=before)
            end_s = time.perf_counter()
            settle(page)
            bare_s = bare_exchange_s(service, 1, f"Goodbye, guest {number}, exchange")
            if number >= 0:  # the first one connects, and has the voice made
                times_s["click"].append(end_s - start_s)
                times_s["bare"] += bare_s
    title = f"Generate, click to player ready, at {LATENCY_S:.0f} s"
    return report(title, times_s, Goal("click", "bare", CLICK_RATIO_MAX))


def start() -> list[Figure]:
    times_s: dict[str, list[float]] = {"soundcheck": [], "hello": [], "first ever": []}
    with chromium() as browser, stand_in() as service, tempfile.TemporaryDirectory() as folder:
        for number in range(-1, STARTS):
            data = Path(folder, str(number))
            given = environment_of(str(data), service.url, service.key)
            first_s = first_page_s(browser, ["run", "app.py"], "Studio", given)
            again_s = first_page_s(browser, ["run", "app.py"], "Studio", given)
            hello_s = first_page_s(browser, ["hello"], "Welcome to Streamlit", given)
            if number >= 0:  # the first round reads everything from a cold disk
                times_s["first ever"].append(first_s)
                times_s["soundcheck"].append(again_s)
                times_s["hello"].append(hello_s)
    return report("Start to first page", times_s, Goal("soundcheck", "hello", START_RATIO_MAX))


def first_page_s(
    browser: Browser, what: Sequence[str], heading: str, given: dict[str, str]
) -> float:
    """Seconds from the start of a streamlit process until a visitor sees this heading."""
    context = browser.new_context(viewport=DESK)  # type: ignore[arg-type]
    page = context.new_page()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", *what, "--server.port", str(port)]
    start_s = time.perf_counter()
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **given},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(address)
        page.goto(address, wait_until="commit")
        page.wait_for_function(IS_SEEN, arg=heading)
        return time.perf_counter() - start_s
    finally:
        context.close()
        server.terminate()
        server.wait(30)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGS)
        try:
            yield browser
        finally:
            browser.close()


def environment_of(folder: str, base_url: str, key: str = "") -> dict[str, str]:
    """Soundcheck's settings for one server, its data in `folder`."""
    return {
        "AIMLAPI_KEY": key,
        "AIMLAPI_BASE_URL": base_url,
        "SOUNDCHECK_DATA_DIR": folder,
        "SOUNDCHECK_FREE_DISK_MIN_BYTES": "0",
    }


PARTS = (click, start)

if __name__ == "__main__":
    main("page", PARTS)
