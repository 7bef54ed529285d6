"""What it costs that a page learns of changes at once.

    python -m tests.bench.live [click|watching]      one of the two; both without it

click: from the press of Generate, just after typing, until the new sound can be played; in turn
with the smallest page that anybody could write (naive.py), in one browser, at two speeds.
watching: what the server computes for 50 browsers that each watch a job of their own for a while.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench.measuring import Figure, Goal, Service, main, report, stand_in
from tests.bench.page import chromium, environment_of
from tests.browser.conftest import DESK
from tests.browser.running import READY, running
from tests.browser.using import settle

NAIVE = Path(__file__).with_name("naive.py")
CLICKS = 15
RATIO_MAX = {0.4: 1.15, 1.0: 1.05}  # by the service's seconds a call

# A card of ours that was not there before, or the naive page's player with another sound.
SOUND = """() => {
  const card = document.querySelector('[class*="st-key-card_studio_"]');
  const audio = card ? card.querySelector(".soundcheck-player.ready audio")
    : document.querySelector("audio[data-testid=stAudio]");
  return audio?.readyState >= 1 ? (card?.className ?? "") + audio.currentSrc.split("?")[0] : "";
}"""
IS_NEW = f"before => {{ const now = ({SOUND})(); return now && now !== before; }}"


def click() -> list[Figure]:
    figures = []
    for latency_s, most in RATIO_MAX.items():
        times_s: dict[str, list[float]] = {"studio": [], "naive": []}
        with ExitStack() as stack:
            browser = stack.enter_context(chromium())
            service = stack.enter_context(stand_in(latency=latency_s))
            pages = {
                "studio": stack.enter_context(_page(browser, service)),
                "naive": stack.enter_context(_page(browser, service, NAIVE)),
            }
            for number in range(-1, CLICKS):
                for name, page in pages.items():
                    seconds = _click_s(page, f"Welcome, guest number {number} of the {name} page.")
                    if number >= 0:  # the first one connects, and has the voice made
                        times_s[name].append(seconds)
        title = f"Click to playable sound at {latency_s} s"
        figures += report(title, times_s, Goal("studio", "naive", most))
    return figures


@contextmanager
def _page(browser: Browser, service: Service, *script: Path) -> Iterator[Page]:
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_of(folder, service.url, service.key)
        with running(*script, **environment) as address:
            page = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
            page.goto(address)
            page.wait_for_selector(READY)
            yield page


def _click_s(page: Page, text: str) -> float:
    page.bring_to_front()
    page.get_by_label("Text", exact=True).fill(text)
    before = page.evaluate(SOUND)
    button = page.get_by_role("button", name="Generate")
    start_s = time.perf_counter()
    button.click()
    page.wait_for_function(IS_NEW, arg=before)
    seconds = time.perf_counter() - start_s
    settle(page)
    return seconds


PARTS = (click,)

if __name__ == "__main__":
    main("live", PARTS)
