"""An audition of 22 voices: how long it takes, and what its players cost the page.

    python -m tests.bench.compare [voices|rerun]      one of the two; both without it

voices: 22 voices of one script at pace 8, from the click's work until the last can be heard,
against the ideal of three rounds. "bare" is what 8 threads need for the same 22 pairs of calls.
rerun: in Chromium, another script typed, until the page is at rest, on Compare with 22 players and
on the empty page, in turn.
"""

import math
import re
import tempfile
import time
from contextlib import closing

from playwright.sync_api import Page

from lib import catalogue
from lib.engines import Engines
from lib.jobs import Jobs
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.speech import Utterance
from tests.bench.measuring import (
    CLOUD_MODEL,
    LATENCY_S,
    LOOK_S,
    Figure,
    Goal,
    Service,
    bare_pool_s,
    main,
    report,
    settings_of,
    stand_in,
)
from tests.bench.page import chromium, environment_of
from tests.browser.conftest import DESK
from tests.browser.running import READY, running
from tests.browser.using import settle

PACE, RUNS, TIMES = 8, 5, 15
VOICES_RATIO_MAX, RERUN_RATIO_MAX = 1.10, 2.0
SCRIPT = "Welcome to our store. For opening hours, press one."

# Milliseconds from leaving the box until the run that follows is over.
LEAVE_AND_REST = """() => new Promise((done) => {
  const app = document.querySelector("[data-testid=stApp]");
  const start = performance.now();
  let ran = false;
  new MutationObserver((_, observer) => {
    if (app.dataset.testScriptState === "running") ran = true;
    else if (ran) {
      observer.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    }
  }).observe(app, { attributes: true });
  document.activeElement.blur();
})"""


def voices() -> list[Figure]:
    names = [voice.id for voice in catalogue.load().voices(CLOUD_MODEL)]
    times_s: dict[str, list[float]] = {"audition": [], "bare": []}
    with stand_in(latency=LATENCY_S) as service, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(service, folder)
        with closing(Library(settings)) as library:
            engines = Engines(settings)
            engines.pace.ceiling = PACE
            jobs = Jobs(library, engines, most=settings.pace_max)
            for number in range(-1, RUNS):
                script = f"Welcome, guest number {number}."
                start_s = time.perf_counter()
                audition_s = _audition(library, jobs, engines, service, names, script) - start_s
                texts = [f"Goodbye, guest {number}, by {name}." for name in names]
                bare_s = bare_pool_s(service, PACE, texts)
                if number >= 0:  # the first one connects, and has the voices made
                    times_s["audition"].append(audition_s)
                    times_s["bare"].append(bare_s)
            jobs.stop(1)
    ideal_s = math.ceil(len(names) / PACE) * LATENCY_S
    return report(
        f"{len(names)} voices at pace {PACE}, {LATENCY_S * 1e3:.0f} ms",
        times_s | {"ideal": [ideal_s]},
        Goal("audition", "ideal", VOICES_RATIO_MAX),
    )


def _audition(
    library: Library, jobs: Jobs, engines: Engines, service: Service, names: list[str], script: str
) -> float:
    """When the last voice could be heard."""
    said = [
        [Part(utterance=Utterance(model=CLOUD_MODEL, voice=voice, text=script))] for voice in names
    ]
    clips = library.clips.begin_all(  # as the page does
        [
            Intent(
                pieces=parts,
                script=script,
                title=script,
                owner="local",
                browser="b",
                kind="audition",
            )
            for parts in said
        ]
    )
    working = [
        jobs.submit(clip, engines.speaker(CLOUD_MODEL, service.key), parts=parts, known=frozenset())
        for clip, parts in zip(clips, said, strict=True)
    ]
    while any(job.active for job in working):
        time.sleep(LOOK_S)
    assert all(job.state == "ready" for job in working)
    return time.perf_counter()


def rerun() -> list[Figure]:
    times_s: dict[str, list[float]] = {"22 players": [], "empty": []}
    with (
        chromium() as browser,
        stand_in(latency=0) as service,
        tempfile.TemporaryDirectory() as folder,
        running(**environment_of(folder, service.url, service.key)) as address,
    ):
        pages = {}
        for name in times_s:
            pages[name] = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
            pages[name].goto(f"{address}/compare")
            pages[name].wait_for_selector(READY)
        _fill(pages["22 players"])
        for number in range(-1, TIMES):
            for name, page in pages.items():
                page.get_by_label("Script").fill(f"Another script, number {number}.")
                rest_s = page.evaluate(LEAVE_AND_REST) / 1e3
                settle(page)
                if number >= 0:
                    times_s[name].append(rest_s)
    return report("Compare's rerun", times_s, Goal("22 players", "empty", RERUN_RATIO_MAX))


def _fill(page: Page) -> None:
    page.get_by_label("Script").fill(SCRIPT)
    page.keyboard.press("Tab")
    settle(page)
    page.locator(".st-key-compare_cast button").click()
    page.get_by_role("button", name="All of them").click()
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("button", name=re.compile("^Record 22 voices")).click()
    page.locator(".soundcheck-board section").nth(21).wait_for()
    settle(page)


PARTS = (voices, rerun)

if __name__ == "__main__":
    main("compare", PARTS)
