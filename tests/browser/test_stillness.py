"""Nothing moves under the eyes of a visitor while a page settles."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, Start, Visit
from tests.browser.prepared import Prepared
from tests.browser.running import READY
from tests.browser.using import generate, rows, settle, wait_for_clips

PAGES = ["", "scripts", "voices", "compare", "library", "settings"]
SCRIPTS = {
    "table": "Title\tText\n" + "".join(f"{n}\tWelcome to store {n}.\n" for n in range(6)),
    "dialogue": "Anna: Good morning!\nBen: I have lost my ticket.\nAnna: Where was that?",
    "document": "# Hours\n\nWe are open until nine.\n\n# Parking\n\nIt is behind the house.",
}
SHIFT_MAX = 0.05  # half of what is called good: https://web.dev/articles/cls
MEASURE = """() => new Promise(told => new PerformanceObserver(list => told(
  list.getEntries().filter(entry => !entry.hadRecentInput)
    .reduce((sum, entry) => sum + entry.value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(told, 500, 0))"""

WATCH = """() => {
  window.seen = [];
  const look = () => {
    const { visibility } = getComputedStyle(document.querySelector(".st-key-page_scripts"));
    if (!window.seen.includes(visibility)) window.seen.push(visibility);
    requestAnimationFrame(look);
  };
  look();
}"""

SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@SIZES
def test_no_page_moves_while_it_settles(start: Start, visit: Visit, size: dict[str, int]) -> None:
    address = start(key=None)
    page = visit(address, size=size)
    assert_still(page, {name or "studio": f"{address}/{name}" for name in PAGES})


@SIZES
def test_neither_clips_nor_voices_move_while_their_page_settles(
    prepared: Prepared, visit: Visit, size: dict[str, int]
) -> None:
    listen = prepared.listening_test("Ashley", "Craig", "Timothy", question="Which voice?")
    page = visit(prepared.address, size=size)
    generate(page, "Our doors are open until nine.")
    wait_for_clips(page, 1)
    page.goto(f"{prepared.address}/library")
    expect(rows(page)).to_have_count(1)
    addresses = {"library": page.url, "listen": listen, "studio": prepared.address}
    assert_still(page, addresses)


def test_no_script_moves_nor_a_page_with_a_key_while_it_settles(start: Start, visit: Visit) -> None:
    address = start()
    page = visit(f"{address}/scripts")
    addresses = {name: f"{address}/{name}" for name in ("voices", "compare")}
    for name, text in SCRIPTS.items():
        page.goto(f"{address}/scripts?script=new")
        page.get_by_placeholder("Type or paste").fill(text)
        page.get_by_role("button", name="Use this text").click()
        expect(page.get_by_role("button", name="Take out")).to_be_visible()
        addresses[name] = page.url
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_still(page, addresses)


def test_a_page_that_is_shown_is_never_hidden_again(start: Start, visit: Visit) -> None:
    page = visit(f"{start()}/scripts?script=new")
    text = page.get_by_placeholder("Type or paste")
    expect(text).to_be_visible()
    page.evaluate(WATCH)
    text.fill(SCRIPTS["table"])
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_role("button", name="Take out")).to_be_visible()
    settle(page)
    assert page.evaluate("window.seen") == ["visible"]


def test_a_title_has_room_for_letters_of_twice_the_size(start: Start, visit: Visit) -> None:
    page = visit(start(key=None), size=PHONE)
    page.add_style_tag(content="html { font-size: 32px !important }")
    settle(page)
    title, lead = page.locator("h1").bounding_box(), page.locator(".lead").bounding_box()
    assert title
    assert lead
    assert title["height"] > 56
    assert lead["y"] > title["y"] + title["height"] - 34  # a margin of a letter is part of it


def assert_still(page: Page, addresses: dict[str, str]) -> None:
    moved = {}
    for name, address in addresses.items():
        page.goto(address)
        page.wait_for_selector(READY)
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_test_id("stSkeleton").locator("visible=true")).to_have_count(0)
        settle(page)
        moved[name] = round(page.evaluate(MEASURE), 3)
    assert {name: shift for name, shift in moved.items() if shift > SHIFT_MAX} == {}
