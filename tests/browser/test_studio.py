"""The main task in Chromium: type, choose, hear, keep, and find it again."""

import io
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib import audio
from tests.browser.conftest import PHONE, Start, Visit, open_in
from tests.browser.running import READY
from tests.browser.using import (
    assert_accessible_for_all,
    cards,
    cells,
    generate,
    play,
    rows,
    settle,
    wait_for_clips,
    write,
)
from tests.browser.visitors import Visitors
from tests.service import StandIn, faults

HELLO = "Welcome to our store. For opening hours, press one."
SECOND = "The second clip of the day."
RECORD_REQUESTS = """() => {
  window.requests = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (typeof data !== "string") window.requests.push(new TextDecoder().decode(data));
    return send.call(this, data);
  };
}"""


def two_clips(page: Page) -> None:
    generate(page, HELLO)
    wait_for_clips(page, 1)
    write(page, SECOND)
    page.keyboard.press("Control+Enter")  # sends what stands in the box
    wait_for_clips(page, 2)


def test_type_generate_hear_download_and_find_it_again(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start())
    expect(page.locator(".st-key-card_ready_2")).to_be_visible()
    apart = page.evaluate(
        """() => {
          const [first, second] = [0, 1].map(number =>
            document.querySelector(`.st-key-card_ready_${number}`).getBoundingClientRect());
          return second.top - first.bottom;
        }"""
    )
    assert apart == pytest.approx(16, abs=1)
    for name in ("Phone greeting", "Training"):  # heard apart, though they look alike
        expect(page.get_by_role("button", name=f"Use this text {name}")).to_have_count(1)
        expect(page.get_by_role("heading", name=name)).to_have_count(1)
    service.hold()
    generate(page, HELLO)
    status = page.locator(".soundcheck-status")
    expect(status).to_have_text(f"Recording “{HELLO}”.")
    service.release()
    wait_for_clips(page, 1)
    expect(status).to_have_text(f"“{HELLO}” is ready.")
    download = page.get_by_role("link", name="Download", exact=True)
    expect(download).to_have_accessible_description(HELLO)
    assert_cards_and_links_stand_where_they_should(page)
    assert_heard_and_downloaded(page)
    assert service.charges == 1

    write(page, "Something half-writ")
    page.keyboard.press("Tab")
    settle(page)
    page.reload()
    page.wait_for_selector(READY)
    wait_for_clips(page, 1)
    text = page.get_by_role("textbox", name="Text", exact=True)
    expect(text).to_have_value("Something half-writ")
    expect(rows(page).locator(".title")).to_have_text([HELLO])

    page.evaluate(RECORD_REQUESTS)
    write(page, "Something else")
    page.get_by_role("link", name="Scripts", exact=True).click()  # without leaving the box before
    expect(page.get_by_role("heading", name="Scripts", exact=True)).to_be_visible()
    assert "Something else" in page.evaluate("requests[0]")  # and after it, the choice of the page
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(text).to_have_value("Something else")
    page.get_by_role("button", name="Use again").click()
    expect(text).to_have_value(HELLO)


def test_a_phone_in_the_dark_has_all_that_is_needed(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start(), size=PHONE, scheme="dark")
    generate(page, HELLO)
    wait_for_clips(page, 1)
    assert_heard_and_downloaded(page)
    assert service.charges == 1
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Settings")).not_to_be_in_viewport()


def assert_heard_and_downloaded(page: Page) -> None:
    assert play(cards(page).first) > 0.1
    with page.expect_download() as download:
        cards(page).first.get_by_role("link", name="Download", exact=True).click()
    name = "welcome-to-our-store-for-opening-hours-press-one_Ashley.mp3"
    assert download.value.suggested_filename == name
    assert "/clips/" in download.value.url  # by the signed route, not from a widget's memory
    facts = audio.inspect(Path(download.value.path()).read_bytes())
    assert facts.length_s > 1
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def assert_cards_and_links_stand_where_they_should(page: Page) -> None:
    """And what is empty takes no place."""
    expect(page.locator('[class*="st-key-card_job_"]')).to_have_count(0)  # it goes as the run ends
    measures = cards(page).first.evaluate(
        """card => {
          const box = name => document.querySelector(name).getBoundingClientRect();
          const right = part => part.getBoundingClientRect().right;
          const size = icon => getComputedStyle(icon).fontSize;
          return {
            gap: box(".st-key-grid_results").top - box(".st-key-writing").bottom,
            height: card.querySelector(".download").getBoundingClientRect().height,
            icon: size(card.querySelector(".download .icon")),
            usual: size(card.querySelector("[data-testid=stIconMaterial]")),
            arrow: right(card.querySelector("[data-testid=stPopoverButton]"))
              - right(card.querySelector("[data-testid=stPopoverButton] > div")),
          };
        }"""
    )
    assert measures["gap"] == pytest.approx(24, abs=1)
    assert measures["height"] == pytest.approx(40, abs=0.2)
    assert measures["icon"] == measures["usual"]
    assert measures["arrow"] >= 0  # inside of its button, and so of the button's ring


def test_nothing_is_lost_or_paid_twice_whatever_is_touched_while_it_works(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """F33, F34, F35: a double click, another page, a closed tab."""
    service.hold()
    address = start()
    page = visit(address)
    write(page, HELLO)
    page.get_by_role("button", name="Generate").dblclick()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("combobox", name="Voice").click()
    page.get_by_role("option", name=re.compile("Craig")).click()
    write(page, "Something half-writ")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    page.get_by_role("link", name="Studio").click()
    text = page.get_by_role("textbox", name="Text", exact=True)
    expect(text).to_have_value("Something half-writ")
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    context = page.context
    page.close()
    service.release()
    again = context.new_page()
    again.goto(address)
    wait_for_clips(again, 1)
    expect(cards(again)).to_have_count(1)
    expect(cards(again)).to_contain_text("Ashley")
    assert service.posts == 1


def test_clips_are_chosen_heard_one_at_a_time_saved_and_presented(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start())
    two_clips(page)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [HELLO, SECOND]
    play(cards(page).nth(0))
    play(cards(page).nth(1))
    paused = page.locator("audio").evaluate_all("all => all.map(audio => audio.paused)")
    assert paused.count(False) == 1
    assert HELLO in cards(page).nth(1).inner_text()
    generate(page, HELLO)  # once more: no second clip, but the one there is
    expect(page.get_by_text("You have this clip already.")).to_be_visible()
    expect(cards(page).first.locator(".card-title")).to_have_text(HELLO)
    page.wait_for_function(  # while the cards change places, each may have both players
        """card => {
          const [sound, other] = card.querySelectorAll("audio");
          return sound && !other && !sound.paused && sound.currentTime > 0.1;
        }""",
        arg=cards(page).first.element_handle(),
    )
    expect(cards(page)).to_have_count(2)

    chosen = page.locator('[class*="st-key-card_studio_chosen_"]')
    rows(page).nth(0).locator(".title").click()
    expect(chosen).to_contain_text(SECOND)
    rows(page).nth(1).locator(".title").click()
    expect(chosen).to_contain_text(HELLO)
    settle(page)  # the card of before may still be there
    assert play(chosen) > 0.1

    rows(page).nth(0).get_by_role("checkbox").check()
    expect(page.get_by_role("link", name="Download 1 clip")).to_be_visible()
    rows(page).nth(1).get_by_role("checkbox").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 2 clips (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert sorted(archive.namelist()) == [
            "manifest.csv",
            "the-second-clip-of-the-day_Ashley.mp3",
            "welcome-to-our-store-for-opening-hours-press-one_Ashley.mp3",
        ]
        assert archive.testzip() is None
    page.get_by_role("button", name="All columns").click()
    expect(cells(page, 1)).to_have_text([SECOND, HELLO])
    with page.expect_download() as table:
        page.get_by_role("button", name="Save table (CSV)").click()
    assert HELLO in Path(table.value.path()).read_text(encoding="utf-8-sig")
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Present", exact=True).click()
    show = page.get_by_role("dialog", name="Present 2 clips")
    expect(show.locator("audio[src^=blob]")).to_have_count(2)
    page.keyboard.press("2")
    sound = show.locator("audio").nth(1).element_handle()
    page.wait_for_function("sound => sound.currentTime > 0.1", arg=sound)


def test_a_shared_address_opens_studio_filled_in(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    page = visit(
        f"{address}/?text=Half+a+thought&voice=Craig&model=inworld/tts-1-5-mini&format=wav"
    )
    text = page.get_by_role("textbox", name="Text", exact=True)
    expect(text).to_have_value("Half a thought")
    text.fill("Half a thought of mine")
    expect(page.get_by_role("button", name="TTS-1.5 Mini · WAV")).to_be_visible()
    expect(page.get_by_role("combobox", name="Voice")).to_have_value(re.compile("^Craig"))
    page.get_by_role("button", name="Link", exact=True).click()
    code = page.locator("[data-testid=stCode]")
    expect(code).to_contain_text("mine")
    link = code.inner_text().strip()
    page.goto(f"{address}/?text=Another+thought")
    expect(text).to_have_value("Another thought")
    page.get_by_role("button", name="Put my text back").click()
    expect(text).to_have_value("Half a thought of mine")
    again = visit(link)
    expect(again.get_by_role("textbox", name="Text", exact=True)).to_have_value(
        "Half a thought of mine"
    )
    expect(again.get_by_role("button", name="TTS-1.5 Mini · WAV")).to_be_visible()
    assert "text=" not in again.url
    assert service.posts == 0


def test_use_again_wins_over_what_a_closed_popover_last_showed(start: Start, visit: Visit) -> None:
    page = visit(start())
    generate(page, HELLO)
    wait_for_clips(page, 1)
    page.get_by_role("button", name="TTS-1 Max · MP3").click()
    # Both are marked however late they are opened.
    expect(page.get_by_role("radio", name="MP3")).to_be_checked()
    model = page.get_by_role("combobox", name="Model")
    expect(model).to_have_value("TTS-1 Max · richest sound, slower")
    model.click()
    page.get_by_role("option", name="TTS-1.5 Mini").click()
    page.get_by_role("radio", name="WAV").click()
    expect(page.get_by_role("button", name="TTS-1.5 Mini · WAV")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Use again").click()
    expect(page.get_by_role("button", name="TTS-1 Max · MP3")).to_be_visible()
    write(page, "Something else")
    page.keyboard.press("Tab")
    expect(page.get_by_text("14 characters")).to_be_visible()
    expect(page.get_by_role("button", name="TTS-1 Max · MP3")).to_be_visible()


def test_a_clip_of_the_library_is_played_renamed_deleted_and_used_again(
    start: Start, visit: Visit
) -> None:
    address = start()
    page = visit(address)
    generate(page, HELLO)
    wait_for_clips(page, 1)
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    rows(page).nth(0).locator(".title").click()
    chosen = page.locator('[class*="st-key-card_library_chosen_"]')
    assert play(chosen) > 0.1
    chosen.get_by_role("button", name="More").click()
    page.get_by_label("Name", exact=True).fill("Autumn greeting")
    page.keyboard.press("Enter")
    expect(chosen.locator(".card-title")).to_have_text("Autumn greeting")
    page.get_by_label("Note", exact=True).fill("For the shop in Porto")
    page.keyboard.press("Escape")  # keeps what was typed
    expect(page.get_by_label("Note", exact=True)).to_be_hidden()
    expect(chosen.locator(".about")).to_have_text("For the shop in Porto")
    chosen.get_by_role("button", name="Star").click()
    expect(chosen.get_by_role("button", name="★ Starred")).to_be_visible()
    chosen.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(chosen).to_be_visible()
    chosen.get_by_role("button", name="Use again").click()
    expect(page.get_by_role("heading", name="Studio")).to_be_visible()
    text = page.get_by_role("textbox", name="Text", exact=True)
    expect(text).to_have_value(HELLO)
    text.press("Escape")
    expect(text).to_be_focused()  # only what Esc closes is left


TYPED = [
    "<script>document.title='gone'</script>",
    "<img src=x onerror=\"document.title='gone'\">",
    "[click](javascript:alert(1)) :red[x] **bold** $x$ `code`",
    "{{x}} %s {0} ${x}",
    "مرحبا بالعالم",
    "👨‍👩‍👧‍👦 family",
]


def test_what_is_typed_is_shown_as_typed_and_never_obeyed(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """B09, S04"""
    page = visit(start())
    for text in TYPED:
        generate(page, text)
        expect(cards(page).first.locator(".card-title").first).to_have_text(text)
        settle(page)
        expect(cards(page).first.locator(".card-title")).to_have_text(text)
        expect(cards(page).first.get_by_role("link", name="Download")).to_be_visible()
        assert page.title() != "gone"
    sent = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert sent == TYPED


def test_without_a_key_the_built_in_voices_work_until_the_library_breaks(
    start: Start, visit: Visit, tmp_path: Path
) -> None:
    """S03, F32: that is said without a stack."""
    page = visit(start(key=None))
    expect(page.get_by_text("You are on the built-in voices.")).to_be_visible()
    generate(page, HELLO)
    wait_for_clips(page, 1)
    expect(cards(page).first).to_contain_text("Heart · Built-in voice (free)")
    assert play(cards(page).first) > 0.1

    with sqlite3.connect(tmp_path / "soundcheck.db") as connection:
        connection.execute("ALTER TABLE clips RENAME TO lost")
    page.reload()
    expect(page.get_by_text("The library cannot be read or written right now.")).to_be_visible()
    assert "Traceback" not in page.content()


def test_a_long_text_shows_its_progress_and_can_be_cancelled(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.latency_s = 0.3
    service.audio_max_s = 1
    page = visit(start())
    text = " ".join(f"This is sentence number {number} of a long story." for number in range(600))
    generate(page, text)
    expect(page.get_by_text(re.compile(r"\d+ of \d+ parts, about"))).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("This was cancelled.")).to_be_visible()
    at_cancel = service.posts
    page.wait_for_timeout(900)  # three times as long as two parts take
    assert service.posts <= at_cancel + 2


@pytest.mark.usefixtures("visit")
def test_every_page_is_usable_by_everybody_keeps_the_key_and_asks_no_other_host(
    start: Start, visitors: Visitors, service: StandIn, tmp_path: Path
) -> None:
    """S01, S02"""
    service.key = "canary-key-0123456789"
    address = start(key=service.key, SOUNDCHECK_RETRY_BASE_S="0.01")
    page = visitors.new_page()
    asked, frames = listen(page)
    open_in(page, address)
    assert_accessible_for_all(page)
    generate(page, HELLO)
    wait_for_clips(page, 1)
    assert_accessible_for_all(page)

    service.fault(faults.status(500), times=3)
    generate(page, "Another text.")
    expect(page.get_by_text("The clip was not made.")).to_be_visible()
    service.fault(faults.status(401))
    generate(page, "A third text.")
    expect(page.get_by_text("The clip was not made.")).to_have_count(2)
    assert_accessible_for_all(page)
    assert service.key not in page.content()

    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library", level=1)).to_be_visible()
    assert_accessible_for_all(page)
    assert service.key not in page.content()

    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Test the key").click()
    expect(page.get_by_text("The key works.")).to_be_visible()
    assert_accessible_for_all(page)
    assert service.key not in page.content()

    assert service.key not in frames.getvalue()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert service.key.encode() not in file.read_bytes(), file
    ours = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in asked if not url.startswith(ours)] == []


def listen(page: Page) -> tuple[list[str], io.StringIO]:
    """What it asks for, and what its web sockets receive, from its next address on."""
    asked: list[str] = []
    frames = io.StringIO()
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.write(
        frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))))  # fmt: skip
    return asked, frames
