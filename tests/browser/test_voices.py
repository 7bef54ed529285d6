"""The gallery in Chromium: hear one voice, record all, find, choose, and go on with it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Start, Visit
from tests.browser.using import assert_accessible, assert_accessible_for_all, play
from tests.service import StandIn, faults

SOUND_S = 3


def card(page: Page, voice: str) -> Locator:
    return page.locator(f".st-key-card_voice_{voice}")


def record_all(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Record all samples"))


def is_playing(player: Locator) -> bool:
    return bool(player.locator("audio").evaluate("audio => !audio.paused"))


def search(page: Page, words: str) -> None:
    page.get_by_label("Search").fill(words)
    page.keyboard.press("Enter")


def test_a_voice_is_heard_for_its_price_plays_by_itself_and_is_free_for_ever(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = SOUND_S
    address = start()
    page = visit(f"{address}/voices")
    service.fault(faults.status(400))
    card(page, "Craig").get_by_role("button", name="Hear it").click()
    expect(card(page, "Craig").get_by_role("alert")).to_contain_text("The sample was not made.")
    card(page, "Wendy").get_by_role("button", name="Shortlist").click()
    expect(card(page, "Wendy").get_by_role("button", name="Shortlisted")).to_be_visible()
    card(page, "Ashley").get_by_role("button", name="Hear it · about $0.001").click()
    expect(card(page, "Ashley").get_by_role("button", name="Pause Ashley")).to_be_visible()
    assert_accessible_for_all(page)
    search(page, "martian")
    expect(page.get_by_text("No voice is like that.")).to_be_visible()
    assert_accessible(page)

    another = visit(f"{address}/voices")
    expect(another.get_by_text("1 sample ready")).to_be_visible()
    assert not is_playing(card(another, "Ashley"))
    assert play(card(another, "Ashley")) > 0.1
    assert (service.posts, service.charges) == (2, 1)


def test_all_samples_are_recorded_with_progress_through_a_reload_and_only_one_sounds(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = SOUND_S
    service.hold()
    page = visit(f"{start(SOUNDCHECK_PACE='4')}/voices")
    expect(record_all(page)).to_have_text(re.compile(r"Record all samples · 22, about \$0\.017"))
    record_all(page).click()
    expect(page.get_by_text("Recording 22 samples")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Recording 22 samples")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ of 22 samples"))).to_be_visible()
    service.latency_s = 0.2
    service.release()
    expect(page.locator("audio")).to_have_count(22, timeout=30_000)
    expect(page.get_by_text("22 samples ready")).to_be_visible()
    expect(record_all(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    assert_accessible(page)

    for voice in ("Alex", "Craig"):
        play(card(page, voice))
    paused = page.locator("audio").evaluate_all("all => all.map(audio => audio.paused)")
    assert paused.count(False) == 1
    assert service.posts == 22


def test_a_voice_goes_on_sounding_while_others_are_recorded(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.hold(after=9)
    page = visit(f"{start(SOUNDCHECK_PACE='4')}/voices")
    page.get_by_label("Try on my words").fill("This one takes half a minute to say. " * 12)
    page.keyboard.press("Enter")
    card(page, "Ashley").get_by_role("button", name="Hear it").click()
    expect(card(page, "Ashley").get_by_role("button", name="Pause Ashley")).to_be_visible()
    record_all(page).click()
    expect(page.locator("audio").nth(7)).to_be_attached()
    assert is_playing(card(page, "Ashley"))
    page.get_by_role("button", name="Cancel").click()
    service.release()
