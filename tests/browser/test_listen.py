"""A listening test in Chromium: made in Compare, answered by listeners, watched by its owner."""

import sqlite3
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Start, Visit, open_in
from tests.browser.prepared import Prepared
from tests.browser.running import READY
from tests.browser.test_compare import (
    choose,
    record,
    voices,
    wait_for_voices,
    write,
)
from tests.browser.using import assert_accessible, assert_accessible_for_all, settle
from tests.browser.visitors import Visitors
from tests.service import StandIn

VOICES = ("Ashley", "Deborah", "Dominus")
TOLD = ("ashley", "deborah", "dominus", "inworld", "tts-1", "u1-")  # what a listener must not see


QUESTION = "Which voice should answer our phone?"
HOSTILE = (
    "**Bold** _it_ `code` :red[x] :smile: $x^2$ # ~~no~~ <b>b</b> <img src=x onerror=alert(1)> "
    "![a](http://127.0.0.1:9/a.png) [l](http://127.0.0.1:9/) a -> b -- www.evil.example a@b.example"
)


def begin(page: Page, *, passcode: str = "", question: str = QUESTION) -> str:
    """Record three voices, start a test of them, and return its link."""
    write(page)
    choose(page, *VOICES)
    record(page, len(VOICES))
    page.get_by_role("button", name="Start a listening test").click()
    page.get_by_label("What do you want to know?").fill(question)
    if passcode:
        page.get_by_label("Passcode (optional)").fill(passcode)
    page.get_by_role("button", name="Create the link").click()
    expect(page.get_by_role("button", name="Create the link")).to_have_count(0)
    link = page.locator("[data-testid=stCode]")
    expect(link).to_be_visible(timeout=30_000)
    return link.inner_text().strip()


def rate(page: Page, voice: str, question: str, stars: int) -> None:
    card = page.get_by_role("region", name=f"Voice {voice}", exact=True)
    card.get_by_role("group", name=question).locator("label").nth(stars - 1).click()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my ratings").click()
    expect(page.get_by_text("Thank you, your ratings are in.")).to_be_visible()


def results(page: Page) -> Locator:
    return page.locator('[class*="st-key-card_test_"]')


def enter(page: Page, passcode: str) -> None:
    page.get_by_label("Passcode").fill(passcode)
    page.get_by_role("button", name="Start listening").click()


def test_two_vote_at_the_same_time_while_the_owner_watches(
    start: Start, visit: Visit, service: StandIn
) -> None:
    owner = visit(f"{start()}/compare")
    link = begin(owner, passcode="Blue Kettle")
    posts = service.posts
    expect(results(owner)).to_contain_text("0 ballots")

    one, two = visit(link, size=PHONE), visit(link, size=DESK)
    expect(one.get_by_label("Passcode")).to_be_visible()
    expect(voices(one)).to_have_count(0)
    assert_accessible(one)
    enter(one, "red kettle")
    expect(one.get_by_text("This is not the passcode.")).to_be_visible()
    for page in (one, two):
        enter(page, "blue kettle")
        wait_for_voices(page, len(VOICES))
    expect(one.get_by_role("heading", level=1)).to_have_text(QUESTION)
    assert_accessible_for_all(two)

    for page, stars in [(one, 5), (two, 3)]:
        for voice in "ABC":
            rate(page, voice, "Overall", stars)
        expect(page.get_by_text("Not rated yet")).to_have_count(3)  # one question is open
        for voice in "ABC":
            rate(page, voice, "Fits our brand", 4)
        expect(page.get_by_text("3 of 3 voices rated")).to_be_visible()
    one.get_by_label("Anything to add?").fill("The first one sounds like us.")
    send(two)
    send(one)

    expect(results(owner)).to_contain_text("2 ballots")
    owner.get_by_text("1 comment").click()
    expect(results(owner)).to_contain_text("The first one sounds like us.")
    assert_accessible_for_all(owner)
    assert_accessible(two)
    assert service.posts == posts


def test_a_ballot_may_be_changed_until_the_test_is_closed_and_the_names_are_revealed(
    prepared: Prepared, visit: Visit
) -> None:
    link = prepared.listening_test(*VOICES, question=QUESTION)
    owner = prepared.compare()
    listener = visit(link)
    listener.get_by_role("button", name="Send my ratings").click()
    expect(listener.get_by_text("Give at least one voice its stars first.")).to_be_visible()
    rate(listener, "A", "Overall", 2)
    send(listener)
    listener.reload()
    listener.wait_for_selector(READY)
    card = listener.get_by_role("region", name="Voice A", exact=True)
    expect(
        card.get_by_role("group", name="Overall").get_by_role("radio", name="2 stars")
    ).to_be_checked()
    rate(listener, "A", "Overall", 5)
    settle(listener)
    send(listener)
    expect(results(owner)).to_contain_text("1 ballot")
    expect(results(owner)).to_contain_text("5.0")  # the thanks alone may be those for the first
    settle(listener)

    owner.get_by_role("button", name="Close test").click()
    expect(results(owner)).to_contain_text("closed")
    listener.get_by_role("button", name="Send my ratings").click()
    expect(listener.get_by_role("heading", name="This listening test is closed")).to_be_visible()
    assert_accessible(listener)
    owner.get_by_role("button", name="Reopen").click()
    expect(owner.get_by_role("button", name="Close test")).to_be_visible()
    listener.reload()
    expect(listener.get_by_role("button", name="Send my ratings")).to_be_visible()

    expect(results(owner)).to_contain_text("Voice 1")
    for name in VOICES:
        expect(results(owner)).not_to_contain_text(name)
    owner.get_by_role("button", name="Reveal names").click()
    for name in VOICES:
        expect(results(owner)).to_contain_text(name)
    with owner.expect_download() as download:
        owner.get_by_role("button", name="Votes as CSV").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert table[0] == "Listener,Voice,Overall,Fits our brand,Comment,Address"
    assert len(table) == 1 + len(VOICES)
    assert sum(1 for line in table if ",5," in line) == 1


def test_a_listener_sees_no_name_and_no_way_to_anything_else(
    prepared: Prepared, visitors: Visitors, visit: Visit
) -> None:
    """In the page, its addresses, its sounds, its frames."""
    link = prepared.listening_test(*VOICES, question=QUESTION)
    page = visitors.new_page()
    told: list[str] = []
    frames: list[str | bytes] = []

    def hear(where: str, content: bytes | str) -> None:
        text = content if isinstance(content, str) else content.decode("latin-1")
        told.extend(f"{word} in {where}" for word in TOLD if word in text.lower())

    sounds: set[str] = set()

    def answered(response: object) -> None:
        address = response.url  # type: ignore[attr-defined]
        hear("an address", address)
        if "/clips/" in address:
            sounds.add(address)

    page.on("response", answered)
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame))
    )
    open_in(page, link)
    for voice in "ABC":
        page.get_by_role("button", name=f"Play {voice}", exact=True).click()
        expect(page.get_by_role("button", name=f"Pause {voice}", exact=True)).to_be_visible()
    rate(page, "A", "Overall", 3)
    settle(page)
    hear("the page", page.content())
    assert frames
    for frame in frames:
        hear("a frame", frame)
    assert len(sounds) == 3
    for address in sounds:
        hear("a sound", page.request.get(address).body())
    assert told == []
    assert page.get_by_role("link").all_inner_texts() in ([], ["Skip to main content"])
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_role("button", name="Navigate to home page")).to_have_count(0)


def test_a_wrong_and_an_expired_link_have_kind_pages(
    prepared: Prepared, visit: Visit, tmp_path: Path
) -> None:
    link = prepared.listening_test(*VOICES, question=QUESTION)
    page = visit(f"{prepared.address}/listen?test=nothing")
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    assert_accessible(page)
    with sqlite3.connect(tmp_path / "soundcheck.db") as connection:
        connection.execute("UPDATE listening_tests SET ends_at_s = ?", (time.time() - 1,))
    page.goto(link)
    expect(page.get_by_role("heading", name="This listening test has ended")).to_be_visible()


def test_what_people_type_is_shown_as_they_typed_it(prepared: Prepared, visit: Visit) -> None:
    link = prepared.listening_test(*VOICES, question=HOSTILE)
    owner = prepared.compare()
    listener = visit(link)
    expect(listener.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    rate(listener, "A", "Overall", 4)
    listener.get_by_label("Anything to add?").fill(HOSTILE)
    send(listener)
    owner.get_by_text("1 comment").click()
    expect(results(owner)).to_contain_text(f"“{HOSTILE}”")
    owner.get_by_role("button", name="Remark on Ashley").click()
    owner.get_by_label("Your remark on Ashley").fill(HOSTILE)
    owner.get_by_role("button", name="Remark on Ashley").click()
    expect(voices(owner).first).to_contain_text(HOSTILE)
    owner.get_by_role("button", name="Save audition").click()
    owner.get_by_label("Name", exact=True).fill(HOSTILE)
    owner.get_by_role("button", name="Save", exact=True).click()
    expect(owner.get_by_role("heading", level=2).last).to_have_text(HOSTILE)
    owner.get_by_role("button", name="Saved auditions").click()
    expect(owner.get_by_role("button", name=HOSTILE)).to_be_visible()
    for page in (owner, listener):
        assert page.locator("main a[href*=evil], main a[href^=mailto]").count() == 0
        assert page.locator("main :is(img[src*='127.0.0.1:9'], img[src=x])").count() == 0
