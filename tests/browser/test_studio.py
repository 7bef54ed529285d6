"""The main task in Chromium: type, choose, hear, keep, and find it again."""

import io
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lib import audio
from tests.browser.conftest import DESK, PHONE, Start, Visit
from tests.browser.running import READY
from tests.browser.using import (
    assert_accessible_for_all,
    cards,
    cells,
    click_row,
    generate,
    play,
    settle,
    wait_for_clips,
    write,
)
from tests.service import StandIn, faults

HELLO = "Welcome to our store. For opening hours, press one."


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)
def test_type_generate_hear_download(
    size: dict[str, int], scheme: str, start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start(), size=size, scheme=scheme)
    generate(page, HELLO)
    wait_for_clips(page, 1)

    assert play(cards(page).first) > 0.1
    with page.expect_download() as download:
        cards(page).first.get_by_role("link", name="Download", exact=True).click()
    name = "welcome-to-our-store-for-opening-hours-press-one_Ashley.mp3"
    assert download.value.suggested_filename == name
    assert "/clips/" in download.value.url  # by the signed route, not from a widget's memory
    facts = audio.inspect(Path(download.value.path()).read_bytes())
    assert facts.length_s > 1
    assert service.charges == 1
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_cards_and_links_stand_where_they_should_and_what_is_empty_takes_no_place(
    start: Start, visit: Visit
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
    generate(page, HELLO)
    wait_for_clips(page, 1)
    card = cards(page).first
    measures = card.evaluate(
        """card => {
          const box = name => document.querySelector(name).getBoundingClientRect();
          const size = icon => getComputedStyle(icon).fontSize;
          return {
            gap: box(".st-key-grid_results").top - box(".st-key-writing").bottom,
            height: card.querySelector(".download").getBoundingClientRect().height,
            icon: size(card.querySelector(".download .icon")),
            usual: size(card.querySelector("[data-testid=stIconMaterial]")),
          };
        }"""
    )
    assert measures["gap"] == pytest.approx(24, abs=1)
    assert measures["height"] == pytest.approx(40, abs=0.2)
    assert measures["icon"] == measures["usual"]


def test_ctrl_enter_generates_what_stands_in_the_box(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(start())
    page.wait_for_load_state("networkidle")  # Streamlit loads its shortcuts after the page
    write(page, HELLO)
    page.keyboard.press("Control+Enter")
    wait_for_clips(page, 1)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [HELLO]


def test_history_has_the_row_and_a_reload_keeps_clip_and_draft(start: Start, visit: Visit) -> None:
    page = visit(start())
    generate(page, HELLO)
    wait_for_clips(page, 1)
    write(page, "Something half-writ")
    page.keyboard.press("Tab")
    settle(page)
    page.reload()
    page.wait_for_selector(READY)

    wait_for_clips(page, 1)
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value(
        "Something half-writ"
    )
    expect(cells(page, 1)).to_have_text([HELLO])


def test_the_draft_survives_a_visit_to_another_page(start: Start, visit: Visit) -> None:
    page = visit(start())
    write(page, "Something half-writ")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.get_by_role("link", name="Studio").click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value(
        "Something half-writ"
    )


def test_model_and_format_are_marked_however_late_they_are_opened(
    start: Start, visit: Visit
) -> None:
    page = visit(start())
    write(page, HELLO)
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="TTS-1 Max · MP3").click()
    expect(page.get_by_role("radio", name="MP3")).to_be_checked()
    expect(page.get_by_role("combobox", name="Model")).to_have_value("TTS-1 Max")


def test_the_menu_of_a_phone_closes_when_a_page_is_chosen(start: Start, visit: Visit) -> None:
    page = visit(start(), size=PHONE)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Settings")).not_to_be_in_viewport()


def test_a_double_click_pays_once_and_makes_one_clip(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """F35"""
    service.latency_s = 0.4
    page = visit(start())
    write(page, HELLO)
    page.get_by_role("button", name="Generate").dblclick()
    wait_for_clips(page, 1)
    settle(page)
    expect(cards(page)).to_have_count(1)
    assert service.posts == 1


def test_touching_other_things_while_it_works_loses_nothing(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """F34"""
    service.latency_s = 1.5
    page = visit(start())
    generate(page, HELLO)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("combobox", name="Voice").click()
    page.get_by_role("option", name=re.compile("Craig")).click()
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    page.get_by_role("link", name="Studio").click()
    wait_for_clips(page, 1)
    assert service.posts == 1
    expect(cards(page).first).to_contain_text("Ashley")


def test_the_work_goes_on_when_the_tab_is_closed(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """F33"""
    service.latency_s = 1
    address = start()
    page = visit(address)
    generate(page, HELLO)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    wait_for_clips(again, 1)
    assert service.posts == 1


def test_only_one_clip_sounds_at_a_time(start: Start, visit: Visit) -> None:
    page = visit(start())
    for number, text in enumerate([HELLO, "And now something quite different, please."], 1):
        generate(page, text)
        wait_for_clips(page, number)
    play(cards(page).nth(0))
    play(cards(page).nth(1))
    paused = page.locator("audio").evaluate_all("all => all.map(audio => audio.paused)")
    assert paused.count(False) == 1


def test_a_row_is_chosen_by_click_and_by_arrow_keys(start: Start, visit: Visit) -> None:
    page = visit(start())
    for number, text in enumerate([HELLO, "The second clip of the day."], 1):
        generate(page, text)
        wait_for_clips(page, number)
    chosen = page.locator('[class*="st-key-card_studio_chosen_"]')
    click_row(page, 0)
    expect(chosen).to_contain_text("The second clip")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("Welcome to our store")
    assert play(chosen) > 0.1


def test_use_again_puts_text_and_voice_back(start: Start, visit: Visit) -> None:
    page = visit(start())
    generate(page, HELLO)
    wait_for_clips(page, 1)
    write(page, "Something else")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Use again").click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value(HELLO)


def test_a_shared_address_opens_studio_filled_in(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    page = visit(
        f"{address}/?text=Half+a+thought&voice=Craig&model=inworld/tts-1-5-mini&format=wav"
    )
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("Half a thought")
    expect(page.get_by_role("button", name="TTS-1.5 Mini · WAV")).to_be_visible()
    expect(page.get_by_role("combobox", name="Voice")).to_have_value(re.compile("^Craig"))
    page.get_by_role("button", name="Share").click()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    page.goto(f"{address}/?text=Another+thought")
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("Another thought")
    page.get_by_role("button", name="Put my text back").click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value("Half a thought")
    again = visit(link)
    expect(again.get_by_role("textbox", name="Text", exact=True)).to_have_value("Half a thought")
    expect(again.get_by_role("button", name="TTS-1.5 Mini · WAV")).to_be_visible()
    assert "text=" not in again.url
    assert service.posts == 0


def test_chosen_clips_are_presented(start: Start, visit: Visit) -> None:
    page = visit(start())
    for number, text in enumerate([HELLO, "The second clip of the day."], 1):
        generate(page, text)
        wait_for_clips(page, number)
    for row in (0, 1):
        click_row(page, row, x=16)
    page.get_by_role("button", name="Present", exact=True).click()
    show = page.get_by_role("dialog", name="Present 2 clips")
    expect(show.locator("audio[src^=blob]")).to_have_count(2)
    page.keyboard.press("2")
    page.wait_for_timeout(700)
    assert show.locator("audio").nth(1).evaluate("audio => audio.currentTime") > 0.1


def test_use_again_wins_over_what_a_closed_popover_last_showed(start: Start, visit: Visit) -> None:
    page = visit(start())
    generate(page, HELLO)
    wait_for_clips(page, 1)
    page.get_by_role("button", name="TTS-1 Max · MP3").click()
    page.get_by_role("combobox", name="Model").click()
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
    click_row(page, 0)
    chosen = page.locator('[class*="st-key-card_library_chosen_"]')
    assert play(chosen) > 0.1
    chosen.get_by_role("button", name="More").click()
    page.get_by_label("Name", exact=True).fill("Autumn greeting")
    page.keyboard.press("Enter")
    expect(chosen.locator(".card-title")).to_have_text("Autumn greeting")
    page.get_by_label("Note", exact=True).fill("For the shop in Porto")
    page.keyboard.press("Control+Enter")
    expect(chosen.locator(".about")).to_have_text("For the shop in Porto")
    page.keyboard.press("Escape")
    chosen.get_by_role("button", name="Star").click()
    expect(chosen.get_by_role("button", name="Starred")).to_be_visible()
    chosen.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(chosen).to_be_visible()
    chosen.get_by_role("button", name="Use again").click()
    expect(page.get_by_role("heading", name="Studio")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_have_value(HELLO)


def test_several_clips_come_out_as_one_zip(start: Start, visit: Visit) -> None:
    page = visit(start())
    for number, text in enumerate([HELLO, "The second clip of the day."], 1):
        generate(page, text)
        wait_for_clips(page, number)
    for row in (0, 1):
        click_row(page, row, x=16)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 2 clips (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert sorted(archive.namelist()) == [
            "manifest.csv",
            "the-second-clip-of-the-day_Ashley.mp3",
            "welcome-to-our-store-for-opening-hours-press-one_Ashley.mp3",
        ]
        assert archive.testzip() is None
    with page.expect_download() as table:
        page.get_by_role("button", name="Save table (CSV)").click()
    assert HELLO in Path(table.value.path()).read_text(encoding="utf-8-sig")


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
        expect(cards(page).first.locator(".card-title")).to_have_text(text)
        expect(cards(page).first.get_by_role("link", name="Download")).to_be_visible()
        assert page.title() != "gone"
    sent = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert sent == TYPED


def test_without_a_key_the_built_in_voices_work(start: Start, visit: Visit) -> None:
    page = visit(start(key=None))
    expect(page.get_by_text("You are on the built-in voices.")).to_be_visible()
    generate(page, HELLO)
    wait_for_clips(page, 1)
    expect(cards(page).first).to_contain_text("Heart · Offline voice (free)")
    assert play(cards(page).first) > 0.1


def test_a_long_text_shows_its_progress_and_can_be_cancelled(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.latency_s = 0.4
    service.audio_max_s = 1
    page = visit(start())
    text = " ".join(f"This is sentence number {number} of a long story." for number in range(600))
    generate(page, text)
    expect(page.get_by_text(re.compile(r"\d+ of \d+ parts, about"))).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("This was cancelled.")).to_be_visible()
    at_cancel = service.posts
    page.wait_for_timeout(1500)
    assert service.posts <= at_cancel + 2


def test_a_fresh_server_opens_a_page_by_its_address_with_its_menu(
    start: Start, visit: Visit
) -> None:
    page = visit(f"{start(fresh=True)}/library")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    expect(page.get_by_role("link", name="Studio")).to_be_visible()
    assert page.title() == "Library"


def test_a_library_that_breaks_is_said_without_a_stack(
    start: Start, visit: Visit, tmp_path: Path
) -> None:
    """S03, F32"""
    page = visit(start())
    with sqlite3.connect(tmp_path / "soundcheck.db") as connection:
        connection.execute("ALTER TABLE clips RENAME TO lost")
    page.reload()
    expect(page.get_by_text("The library cannot be read or written right now.")).to_be_visible()
    assert "Traceback" not in page.content()


def test_nothing_is_asked_of_another_host(start: Start, visit: Visit, browser: object) -> None:
    address = start()
    page = visit(address)
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url))
    for path in ("/", "/library", "/settings"):
        page.goto(address + path)
        page.wait_for_selector(READY)
        settle(page)
    ours = (address, address.replace("http", "ws"), "data:", "blob:")
    assert [url for url in foreign if not url.startswith(ours)] == []


def test_no_page_has_a_serious_fault_for_people_with_disabilities(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    page = visit(address)
    assert_accessible_for_all(page)
    generate(page, HELLO)
    wait_for_clips(page, 1)
    assert_accessible_for_all(page)
    service.fault(faults.status(401))
    generate(page, "Another text.")
    expect(page.get_by_text("The clip was not made.")).to_be_visible()
    assert_accessible_for_all(page)
    for path in ("/library", "/settings"):
        page.goto(address + path)
        page.wait_for_selector(READY)
        assert_accessible_for_all(page)


def test_the_key_reaches_neither_page_nor_frame_nor_file(
    start: Start, visit: Visit, service: StandIn, tmp_path: Path
) -> None:
    """S01, S02"""
    service.key = "canary-key-0123456789"
    frames = io.StringIO()
    address = start(key=service.key)
    page = visit(address)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.write(
        frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))))  # fmt: skip
    page.goto(address)
    page.wait_for_selector(READY)
    generate(page, HELLO)
    wait_for_clips(page, 1)
    service.fault(faults.status(500), times=3)
    generate(page, "Another text.")
    expect(page.get_by_text("The clip was not made.")).to_be_visible()
    page.goto(f"{address}/settings")
    page.get_by_role("button", name="Test the key").click()
    expect(page.get_by_text("The key works.")).to_be_visible()

    secret = service.key
    assert secret not in frames.getvalue()
    assert secret not in page.content()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file
