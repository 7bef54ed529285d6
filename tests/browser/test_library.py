"""The list of clips: each row plays, keys do what buttons do, and takes are compared in place."""

from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from lib import audio
from lib.library import Library
from lib.library.clip import Intent, Part
from lib.settings import Settings
from tests.browser.conftest import PHONE, Start, Visit
from tests.browser.using import assert_accessible, assert_accessible_for_all, rows, settle
from tests.service import sound
from tests.test_library import HELLO, SOUND

pytestmark = pytest.mark.browser

SOUNDING = "[...document.querySelectorAll('audio')].filter((audio) => !audio.paused)"


@pytest.fixture
def full(tmp_path: Path, start: Start) -> None:
    """120 clips of different texts, then six takes of one text. start: has begun the library."""
    data = sound.speak("Hello there, and welcome.", model=HELLO.model, voice="Ashley", format="mp3")
    facts = audio.inspect(data)
    texts = [(f"Prompt number {number}. Please hold.", 1) for number in range(120)]
    texts += [("Thank you for calling.", take) for take in range(1, 7)]
    with closing(Library(Settings(data_dir=tmp_path, free_disk_min_bytes=0))) as library:
        for text, take in texts:
            said = replace(HELLO, text=text, take=take)
            clip = library.clips.begin(
                Intent(pieces=[Part(utterance=said)], script=text, title=text, owner="local",
                       browser="another")
            )  # fmt: skip
            recording = library.recordings.keep(said, data, facts, owner="local", entry=None)
            made = replace(
                SOUND,
                file=recording.file,
                size_bytes=len(data),
                length_s=facts.length_s,
                peaks=facts.peaks,
            )
            library.clips.finish(clip.id, made, usd=Decimal("0.002"), usd_is_exact=True)


def titles(page: Page) -> list[str]:
    return rows(page).locator(".title").all_inner_texts()


def test_each_row_plays_and_keys_do_what_buttons_do(start: Start, visit: Visit, full: None) -> None:
    page = visit(f"{start()}/library")
    expect(page.get_by_text("121 clips", exact=True)).to_be_visible()
    assert len(titles(page)) < 40  # only what is in view is in the page

    rows(page).nth(1).get_by_role("button", name="Play Prompt number 119").click()
    page.wait_for_function(f"() => {SOUNDING}.some((audio) => audio.currentTime > 0.1)")
    rows(page).nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(rows(page).nth(2)).to_be_focused()
    page.keyboard.press("Space")
    expect(rows(page).nth(2).get_by_role("button", name="Pause Prompt number 118")).to_be_visible()
    assert page.evaluate(f"{SOUNDING}.length") == 1
    page.keyboard.press("Space")

    page.keyboard.press("s")
    expect(rows(page).nth(2).get_by_role("button", name="Star")).to_have_attribute(
        "aria-pressed", "true"
    )
    with page.expect_download() as download:
        page.keyboard.press("d")
    assert download.value.suggested_filename == "prompt-number-118-please-hold_Ashley.mp3"
    page.keyboard.press("Enter")
    chosen = page.locator(".st-key-chosen_library")
    expect(chosen.locator(".card-title")).to_have_text("Prompt number 118. Please hold.")
    expect(chosen).to_be_in_viewport()
    expect(chosen.locator("code")).to_have_text("Prompt number 118. Please hold.")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)

    for _ in range(3):
        page.keyboard.down("Delete")  # it is held: the rows below are not meant
    expect(page.get_by_text("1 clip deleted")).to_be_visible()
    expect(rows(page).nth(2)).to_contain_text("Prompt number 117")
    page.keyboard.down("Delete")
    page.keyboard.up("Delete")
    expect(page.get_by_text("120 clips", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(rows(page).nth(2)).to_contain_text("Prompt number 118")

    rows(page).nth(0).focus()
    page.keyboard.press("End")
    expect(rows(page).last).to_contain_text("Prompt number 0")
    expect(rows(page).last).to_be_focused()
    expect(rows(page).last).to_be_in_viewport()
    page.keyboard.press("Enter")  # the rows become higher, and the list longer
    expect(chosen).to_be_in_viewport()
    expect(rows(page).last).to_be_focused()
    expect(rows(page).last).to_be_in_viewport()


def test_a_search_goes_on_while_one_types_and_ticks_stay(
    start: Start, visit: Visit, full: None
) -> None:
    page = visit(f"{start()}/library")
    rows(page).nth(1).get_by_role("checkbox").check()
    page.get_by_role("textbox", name="Search").press_sequentially("numb")
    expect(page.get_by_text("120 of 121 clips", exact=True)).to_be_visible()
    page.get_by_role("textbox", name="Search").press_sequentially("er 11")
    expect(page.get_by_text("11 of 121 clips", exact=True)).to_be_visible()
    expect(rows(page).nth(0).locator("mark")).to_have_text(["number", "11"])

    page.get_by_role("checkbox", name="Choose none").click()
    page.get_by_role("checkbox", name="Choose all 11").click()
    expect(page.get_by_role("button", name="Download 11 clips (ZIP)")).to_be_in_viewport()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_text("121 clips", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Search")).to_have_value("")
    expect(page.get_by_role("button", name="Download 11 clips (ZIP)")).to_be_visible()
    expect(rows(page).nth(0)).to_contain_text("Thank you for calling.")
    rows(page).nth(0).get_by_role("checkbox").check()
    expect(page.get_by_role("button", name="Download 12 clips (ZIP)")).to_be_visible()
    page.get_by_role("button", name="Name and text").click()
    expect(rows(page).nth(0)).to_contain_text("Prompt number 0.")
    page.get_by_role("button", name="Choose none").click()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    expect(rows(page).get_by_role("checkbox", checked=True)).to_have_count(0)


def test_takes_are_compared_in_their_row(start: Start, visit: Visit, full: None) -> None:
    page = visit(f"{start()}/library")
    row = rows(page).nth(0)
    row.focus()
    page.keyboard.press("ArrowLeft")
    expect(row.get_by_role("button", name="Take 5", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(row.get_by_text("6 takes")).to_be_visible()
    page.wait_for_function(f"() => {SOUNDING}.some((audio) => audio.currentTime > 0.1)")
    heard = page.evaluate(f"{SOUNDING}[0].src").split("?")[0]
    for number in (4, 3, 2, 1):
        page.keyboard.press("ArrowLeft")
        take = row.get_by_role("button", name=f"Take {number}", exact=True)
        expect(take).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(
        f"heard => {SOUNDING}.some(({{ src }}) => !src.startsWith(heard))", arg=heard
    )
    row.get_by_role("button", name="This one", exact=True).click()
    expect(row.get_by_role("button", name="Take 1, this one is used")).to_be_visible()
    with page.expect_download() as download:
        row.get_by_role("link", name="Download").click()
    first, second = Path(urlsplit(download.value.url).path).name, Path(urlsplit(heard).path).name
    assert first != second
    assert Path(download.value.path()).stat().st_size > 1_000
    expect(row.get_by_role("button", name="This one", exact=True)).to_have_count(0)


def test_on_a_phone_the_card_is_a_sheet_and_the_filters_fold(
    start: Start, visit: Visit, full: None
) -> None:
    page = visit(f"{start()}/library")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    settle(page)
    expect(page.get_by_role("combobox", name="Voice")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_role("combobox", name="Voice")).to_be_visible()
    rows(page).nth(3).locator(".title").click()
    sheet = page.locator(".st-key-chosen_library")
    expect(sheet.get_by_role("button", name="Play")).to_be_in_viewport()
    expect(sheet.get_by_role("button", name="Copy")).to_be_visible()  # a finger cannot hover
    assert_accessible(page)
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_have_count(0)
    assert_accessible_for_all(page)
