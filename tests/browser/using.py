"""The actions of a person on Soundcheck's pages, one function each."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.running import READY

# A screen and a phone, dark and light: each once.
DARK_AND_PHONE = pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk", "phone"]
)

AXE = Axe().axe_script
READY_MS = 15_000
expect.set_options(timeout=READY_MS)  # the machine may be busy with other tests


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Text", exact=True).fill(text)


def generate(page: Page, text: str | None = None) -> None:
    if text is not None:
        write(page, text)
    page.get_by_role("button", name="Generate").click()


def cards(page: Page) -> Locator:
    """The cards of finished clips, newest first."""
    return page.locator('[class*="st-key-card_studio_"]')


def wait_for_clips(page: Page, count: int) -> None:
    """Until so many clips are ready, and what was drawn of them before is gone."""
    expect(cards(page).nth(count - 1)).to_be_visible()  # if not, this one says what is there
    expect(cards(page)).to_have_count(count)
    expect(cards(page).first.get_by_role("link", name="Download")).to_be_visible()
    settle(page)


def settle(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_selector(READY)


def assert_accessible(page: Page) -> None:
    """Nothing serious that axe can see, and no sideways scrolling."""
    settle(page)  # while it runs, Streamlit pales what is about to change
    assert serious_faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def serious_faults(page: Page) -> list[tuple[Any, str]]:
    """What axe sees in the page as it is now: each fault's rule, and where it is broken.

    Half of its time would go into reading style sheets and sounds once more: no rule that is on,
    and may find something serious, needs them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'], preload: false })")["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in serious]


def assert_accessible_for_all(page: Page) -> None:
    """As `assert_accessible`, on a phone in the dark and then on a desk in the light."""
    for size, scheme in ((PHONE, "dark"), (DESK, "light")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        assert_accessible(page)


def play(card: Locator) -> float:
    """Start the card's player; returns how far it has come once it has sounded for 0.3 s, in s."""
    card.get_by_role("button", name="Play").click()
    return float(
        card.locator("audio").evaluate(
            """async audio => {
              const start_s = audio.currentTime;
              for (let tries = 0; tries < 500 && audio.currentTime <= start_s + 0.3; tries++) {
                if (audio.error) return -1;
                await new Promise(done => setTimeout(done, 20));
              }
              return audio.currentTime;
            }"""
        )
    )


def rows(page: Page) -> Locator:
    """The rows of the list of clips, in its order."""
    return page.get_by_role("grid", name="Clips", exact=True).locator(".body > [role=row]")


def cells(page: Page, column: int) -> Locator:
    """One column of the table, from the grid's own text alternative, the first being 1."""
    return page.locator(f"[data-testid=stDataFrame] canvas table tbody tr td:nth-child({column})")


def click_row(page: Page, row: int, *, x: int = 120) -> None:
    """Click into a row of the table, the first being 0; the header is 36 px, a row 35."""
    expect(cells(page, 1).nth(row)).to_be_attached()
    settle(page)  # the grid draws its rows a little before it takes clicks
    table = page.locator("[data-testid=stDataFrame]")
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    place = (box["x"] + x, box["y"] + 36 + 35 * row + 17)
    page.mouse.move(*place)
    page.wait_for_timeout(200)  # after a scroll the grid learns from this move where it is
    page.mouse.click(*place)
    settle(page)
