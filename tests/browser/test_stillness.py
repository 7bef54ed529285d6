"""Nothing moves under the eyes of a visitor while a page settles."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Start, Visit
from tests.browser.running import READY
from tests.browser.using import settle

PAGES = ["", "scripts", "voices", "compare", "library", "settings"]
SHIFT_MAX = 0.05  # half of what is called good: https://web.dev/articles/cls
MEASURE = """() => new Promise(told => new PerformanceObserver(list => told(
  list.getEntries().filter(entry => !entry.hadRecentInput)
    .reduce((sum, entry) => sum + entry.value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(told, 500, 0))"""


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_moves_while_it_settles(start: Start, visit: Visit, size: dict[str, int]) -> None:
    address = start(key=None)
    page = visit(address, size=size)
    moved = {}
    for name in PAGES:
        page.goto(f"{address}/{name}")
        page.wait_for_selector(READY)
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_test_id("stSkeleton").locator("visible=true")).to_have_count(0)
        settle(page)
        moved[name or "studio"] = round(page.evaluate(MEASURE), 3)
    assert {name: shift for name, shift in moved.items() if shift > SHIFT_MAX} == {}
