"""A library of 100,000 clips against one of 100, all made by the browser that looks at them.

    python -m tests.bench.history [browser|script]      one of the two; both without it

browser: in Chromium, Studio's rerun (Use again pressed, until the text is in the form) and the
choosing of a row of the list (clicked, until its player is there), the two libraries in turn.
script: the same two runs of the page's script alone, without any browser.
"""

import itertools
import tempfile
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from lib import audio
from lib.library import Library
from lib.library.clip import fingerprint
from lib.library.tables.clips import clip_folds, clip_voices, clips, parts
from lib.library.tables.ledger import ledger
from lib.library.tables.recordings import recordings
from lib.settings import Settings
from lib.speech import Utterance
from lib.web.browsers import COOKIE
from tests.bench.measuring import (
    CLOUD_MODEL,
    VOICE,
    Figure,
    Goal,
    main,
    measured_apart,
    report,
    stand_in,
)
from tests.bench.page import chromium, environment_of
from tests.browser.conftest import DESK
from tests.browser.running import READY, ROOT, running
from tests.browser.using import rows, settle
from tests.service import sound

FEW, MANY = 100, 100_000
RATIO_MAX = 1.5
BROWSER = "the-bench-s-own-browse"  # 22 signs, as the server gives them
TIMES = 15
AT_ONCE = 5_000
ROWS = itertools.cycle((1, 2, 3))  # of the list; the cards above it show 0 to 3


def browser() -> list[Figure]:
    times_s: dict[str, list[float]] = {}
    with (
        chromium() as launched,
        stand_in(latency=0) as service,
        tempfile.TemporaryDirectory() as folder,
    ):
        data = {count: filled(Path(folder, str(count)), count) for count in (FEW, MANY)}
        few, many = (environment_of(str(data[count]), service.url) for count in (FEW, MANY))
        with running(**few) as few_address, running(**many) as many_address:
            pages = {}
            for count, address in ((FEW, few_address), (MANY, many_address)):
                context = launched.new_context(viewport=DESK)  # type: ignore[arg-type]
                context.add_cookies([{"name": COOKIE, "value": BROWSER, "url": address}])
                pages[count] = context.new_page()
                pages[count].goto(address)
                pages[count].wait_for_selector(READY)
                settle(pages[count])
            for number in range(-1, TIMES):
                row = next(ROWS)
                for count, page in pages.items():
                    for name, run_s in (
                        ("choosing", choose_s(page, count, row)),
                        ("rerun", use_again_s(page, count, number)),
                    ):
                        if number >= 0:
                            times_s.setdefault(f"{name}, {count}", []).append(run_s)
    return report("Studio in Chromium", times_s, *GOALS)


def use_again_s(page: Page, newest: int, number: int) -> float:
    clip_id = newest - number % 4
    card = page.locator(f".st-key-card_studio_{clip_id}")
    start_s = time.perf_counter()
    card.get_by_role("button", name="Use again").click()
    page.wait_for_function(
        # Its key ends in another number each time the program has set its text.
        """begin => [...document.querySelectorAll('[class*="st-key-studio_text"] textarea')]
          .some(box => box.value.startsWith(begin))""",
        arg=f"Clip number {clip_id}:",
    )
    return settled_s(page, start_s)


def choose_s(page: Page, newest: int, row: int) -> float:
    title = rows(page).nth(row).locator(".title")
    title.hover()
    settle(page)
    start_s = time.perf_counter()
    page.mouse.down()
    page.mouse.up()
    card = f".st-key-card_studio_chosen_{newest - row}"
    page.wait_for_selector(f"{card} .soundcheck-player.ready")
    return settled_s(page, start_s)


def settled_s(page: Page, start_s: float) -> float:
    """Seconds since `start_s`; then waits until the page is at rest."""
    end_s = time.perf_counter()
    settle(page)
    return end_s - start_s


def script() -> list[Figure]:
    times_s: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (FEW, MANY, FEW, MANY):
            data = Path(folder, str(count))
            if not data.exists():
                filled(data, count)
            given = environment_of(str(data), "http://127.0.0.1:9")
            for name, values in measured_apart("history", count, **given).items():
                times_s.setdefault(f"{name}, {count}", []).extend(values)
    return report("The page's script alone", times_s, *GOALS)


def measure(count: str) -> dict[str, list[float]]:
    """Seconds of each run, for the library that the environment names."""
    newest = int(count)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["_browser"] = BROWSER
    app.run()
    assert not app.exception, app.exception
    times_s: dict[str, list[float]] = {"rerun": [], "choosing": []}
    for _ in range(TIMES):
        times_s["rerun"].append(_run_s(app))
    for row in itertools.islice(ROWS, TIMES):
        app.session_state["_studio_clip"] = newest - row
        times_s["choosing"].append(_run_s(app))
    assert app.button(key=f"studio_chosen_star_{newest - row}")
    return times_s


def _run_s(app: AppTest) -> float:
    start_s = time.perf_counter()
    app.run()
    return time.perf_counter() - start_s


TABLES = (clips, parts, recordings, ledger, clip_voices, clip_folds)
GOALS = [Goal(f"{name}, {MANY}", f"{name}, {FEW}", RATIO_MAX) for name in ("rerun", "choosing")]


def filled(folder: Path, count: int) -> Path:
    """A library in `folder` with so many finished clips, each of a recording that was paid for."""
    folder.mkdir()
    with closing(Library(Settings(data_dir=folder, free_disk_min_bytes=0))) as library:
        data = sound.speak("Hello there.", model=CLOUD_MODEL, voice=VOICE, format="mp3")
        library.files.put("u1-bench.mp3", data)
        facts, numbers = audio.inspect(data), iter(range(1, count + 1))
        while some := list(itertools.islice(numbers, AT_ONCE)):
            rows = [_rows_of(number, len(data), facts) for number in some]
            with library.database.write() as connection:
                for place, table in enumerate(TABLES):
                    connection.execute(sa.insert(table), [row[place] for row in rows])
    return folder


def _rows_of(number: int, size_bytes: int, facts: audio.Facts) -> tuple[dict[str, Any], ...]:
    """One clip's rows of all TABLES."""
    words = f"Clip number {number}: welcome to our store, and please mind the step."
    said = Utterance(model=CLOUD_MODEL, voice=VOICE, text=words)
    how = {"model": said.model, "voice": said.voice, "take": 1}
    sounds = {
        "file": "u1-bench.mp3", "media_type": facts.media_type, "size_bytes": size_bytes,
        "length_s": facts.length_s, "rate_hz": facts.rate_hz, "peaks": facts.peaks,
        "usd": Decimal("0.0005"), "usd_is_exact": True,
    }  # fmt: skip
    made = {"owner": "local", "made_at_s": time.time(), "format": "mp3"}
    clip = {
        **how, **sounds, **made, "id": number, "browser": BROWSER, "kind": "clip",
        "state": "ready", "process": "bench", "title": words, "excerpt": words, "script": words,
        "characters": len(words), "star": False, "note": "",
        "fingerprint": fingerprint(words, said.model, said.voice, said.format),
    }  # fmt: skip
    part = {
        **how, "clip_id": number, "position": 0, "key": said.key, "text": words,
        "gap_after_s": 0.0, "start_s": 0.0,
    }  # fmt: skip
    recording = {**how, **sounds, **made, "key": said.key, "text": words}
    charge = {
        **how, **made, "id": f"sc-{number}", "key": said.key, "process": "bench",
        "clip_id": number, "text": words, "state": "kept", "usd": sounds["usd"],
        "changed_at_s": made["made_at_s"],
    }  # fmt: skip
    voice = {"clip_id": number, "position": 0, "voice": said.voice}
    fold = {"clip_id": number, "fold": clip["fingerprint"], "is_preferred": False}
    return clip, part, recording, charge, voice, fold


PARTS = (browser, script)

if __name__ == "__main__":
    main("history", PARTS, measure)
