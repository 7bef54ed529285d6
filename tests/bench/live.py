"""What it costs that a page learns of changes at once.

    python -m tests.bench.live [click|watching]      one of the two; both without it

click: from the press of Generate, just after typing, until the new sound can be played; in turn
with the smallest page that anybody could write (naive.py), in one browser, at two speeds.
watching: what the server computes for 50 browsers that each watch a job of their own for a while.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench.measuring import Figure, Goal, Service, main, report, stand_in
from tests.bench.page import chromium, environment_of
from tests.bench.watchers import Watcher
from tests.browser.conftest import DESK
from tests.browser.running import READY, ROOT, running, wait_until_healthy
from tests.browser.using import settle

NAIVE = Path(__file__).with_name("naive.py")
CLICKS = 15
# So slow a service that nothing is ready meanwhile: what is measured is the watching alone.
BROWSERS, WATCH_S, WATCHED_LATENCY_S = 50, 15.0, 60.0
RATIO_MAX = {0.4: 1.15, 1.0: 1.05}  # by the service's seconds a call

# The address of the newest sound, in our player or the naive page's.
SOUND = """() => {
  const card = '[class*="st-key-card_job_"], [class*="st-key-card_studio_"]';
  const audio = document.querySelector(`:is(${card}) .soundcheck-player.ready audio`)
    ?? document.querySelector("audio[data-testid=stAudio]");
  return audio?.readyState >= 1 ? audio.currentSrc.split("?")[0] : "";
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
    page.get_by_role("textbox", name="Text", exact=True).fill(text)
    before = page.evaluate(SOUND)
    button = page.get_by_role("button", name="Generate")
    start_s = time.perf_counter()
    button.click()
    page.wait_for_function(IS_NEW, arg=before)
    seconds = time.perf_counter() - start_s
    settle(page)
    return seconds


def watching() -> list[Figure]:
    """Beside what another version needs, whose folder OTHER_ROOT names: such as a git worktree."""
    roots = {"now": ROOT}
    if other := os.environ.get("OTHER_ROOT"):
        roots["other"] = Path(other)
    return [
        Figure(
            name=f"CPU of the server with {BROWSERS} browsers that watch ({name})",
            value=100 * share,
            unit="% of a core",
            detail=f"{runs} runs of a page in {WATCH_S:.0f} s",
        )
        for name, root in roots.items()
        for share, runs in [_watched(root)]
    ]


def _watched(root: Path) -> tuple[float, int]:
    """The share of a core that the server at work in that folder needs, and how many runs."""
    with stand_in(latency=WATCHED_LATENCY_S) as service, tempfile.TemporaryDirectory() as folder:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
             "--server.address", "127.0.0.1"],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root), "SOUNDCHECK_PACE": "8",
                 **environment_of(folder, service.url, service.key)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}")
            return asyncio.run(_watch_all(f"http://127.0.0.1:{port}", server.pid))
        finally:
            server.kill()  # its calls would take another minute
            server.wait()


async def _watch_all(address: str, pid: int) -> tuple[float, int]:
    ready, until = asyncio.Barrier(BROWSERS + 1), asyncio.Event()
    async with asyncio.TaskGroup() as group:  # if one fails, none waits for it
        tasks = [
            group.create_task(Watcher(address, f"{number:022}").watch(_story(number), ready, until))
            for number in range(BROWSERS)
        ]
        await ready.wait()
        before_s = _cpu_s(pid)
        await asyncio.sleep(WATCH_S)
        share = (_cpu_s(pid) - before_s) / WATCH_S
        until.set()
    return share, sum(task.result() for task in tasks)


def _story(number: int) -> str:
    return " ".join(f"This is sentence {n} of the long story {number}." for n in range(600))


def _cpu_s(pid: int) -> float:
    """Seconds that this process has computed; where there is no /proc, this cannot be told."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


PARTS = (click, watching)

if __name__ == "__main__":
    main("live", PARTS)
