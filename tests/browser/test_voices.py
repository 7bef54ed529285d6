"""The gallery in Chromium: hear one voice, record all, find, choose, and go on with it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Start, Visit
from tests.browser.running import READY
from tests.browser.using import assert_accessible, play, settle, write
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


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"]
)
def test_a_voice_is_heard_for_its_price_plays_by_itself_and_is_free_for_ever(
    size: dict[str, int], scheme: str, start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = SOUND_S
    address = start()
    page = visit(f"{address}/voices", size=size, scheme=scheme)
    assert_accessible(page)
    card(page, "Ashley").get_by_role("button", name="Hear it · about $0.001").click()
    expect(card(page, "Ashley").get_by_role("button", name="Pause Ashley")).to_be_visible()
    assert_accessible(page)
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    another = visit(f"{address}/voices", size=size, scheme=scheme)
    expect(another.get_by_text("1 sample ready")).to_be_visible()
    assert not is_playing(card(another, "Ashley"))
    assert play(card(another, "Ashley")) > 0.1
    assert service.posts == 1


def test_all_samples_are_recorded_with_progress_and_only_one_sounds(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s, service.latency_s = SOUND_S, 0.6
    page = visit(f"{start(SOUNDCHECK_PACE='4')}/voices")
    expect(record_all(page)).to_have_text(re.compile(r"Record all samples · 22, about \$0\.017"))
    record_all(page).click()
    expect(page.get_by_text("Recording 22 samples")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ of 22 samples"))).to_be_visible()
    expect(page.locator("audio")).to_have_count(22, timeout=30_000)
    expect(page.get_by_text("22 samples ready")).to_be_visible()
    expect(record_all(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    assert_accessible(page)

    for voice in ("Alex", "Craig"):
        play(card(page, voice))
    paused = page.locator("audio").evaluate_all("all => all.map(audio => audio.paused)")
    assert paused.count(False) == 1
    page.reload()
    page.wait_for_selector(READY)
    expect(page.locator("audio")).to_have_count(22)
    assert service.posts == 22


def test_a_voice_goes_on_sounding_while_others_are_recorded(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.latency_s = 0.2
    page = visit(f"{start(SOUNDCHECK_PACE='4')}/voices")
    page.get_by_label("Try on my words").fill("This one takes half a minute to say. " * 12)
    page.keyboard.press("Enter")
    card(page, "Ashley").get_by_role("button", name="Hear it").click()
    expect(card(page, "Ashley").get_by_role("button", name="Pause Ashley")).to_be_visible()
    record_all(page).click()
    expect(page.locator("audio").nth(7)).to_be_attached()
    assert is_playing(card(page, "Ashley"))


def test_cancel_stops_buying_and_leaves_what_is_recorded(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s, service.latency_s = SOUND_S, 1.5
    page = visit(f"{start()}/voices")
    record_all(page).click()
    expect(page.get_by_text(re.compile(r"^[1-9] of 22 samples"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Recording 22 samples")).to_have_count(0)
    sold = service.posts
    assert sold < 22
    expect(page.locator("audio")).to_have_count(sold)
    expect(record_all(page)).to_contain_text(f"Record all samples · {22 - sold}")
    page.wait_for_timeout(1000)
    assert service.posts == sold


def test_a_reload_while_all_are_recorded_shows_the_same_work(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s, service.latency_s = SOUND_S, 2
    page = visit(f"{start()}/voices")
    record_all(page).click()
    expect(page.get_by_text("Recording 22 samples")).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile(r"Recording \d+ samples"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text(re.compile(r"Recording \d+ samples"))).to_have_count(0)


def test_voices_are_found_by_words_and_filters(start: Start, visit: Visit) -> None:
    page = visit(f"{start()}/voices")
    shown = page.locator('[class*="st-key-card_voice_"] .card-title')
    expect(shown).to_have_count(22)
    search(page, "british")
    expect(shown).to_have_text(["Craig", "Olivia", "Ronald", "Wendy"])
    page.get_by_role("button", name="Women").click()
    expect(shown).to_have_text(["Olivia", "Wendy"])
    search(page, "maite")
    expect(shown).to_have_text(["Maitê"])
    search(page, "martian")
    expect(page.get_by_text("No voice is like that.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Show all voices").click()
    expect(shown).to_have_count(22)


def test_the_shortlist_comes_first_in_studio_and_a_voice_is_used_from_its_card(
    start: Start, visit: Visit
) -> None:
    page = visit(start())
    write(page, "Half a sentence")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("link", name="Voices").click()
    card(page, "Wendy").get_by_role("button", name="Shortlist").click()
    expect(card(page, "Wendy").get_by_role("button", name="Shortlisted")).to_be_visible()
    card(page, "Wendy").get_by_role("button", name="Favourite Wendy").click()
    expect(card(page, "Wendy").get_by_role("button", name="Remove Wendy")).to_be_visible()
    assert_accessible(page)
    card(page, "Craig").get_by_role("button", name="Use this voice").click()
    expect(page.get_by_role("heading", name="Studio")).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value("Half a sentence")
    voice = page.get_by_role("combobox", name="Voice")
    expect(voice).to_have_value(re.compile("^Craig"))
    voice.click()
    expect(page.get_by_role("option").first).to_contain_text("Wendy")


def test_own_words_are_heard_in_any_voice(start: Start, visit: Visit, service: StandIn) -> None:
    service.audio_max_s = SOUND_S
    page = visit(f"{start()}/voices")
    page.get_by_label("Try on my words").fill("Welcome to Porto.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hear it · less than $0.001").first).to_be_visible()
    for voice in ("Alex", "Maitê"):
        one = card(page, voice.replace("ê", "-"))
        one.get_by_role("button", name="Hear it").click()
        expect(one.get_by_role("button", name=f"Pause {voice}")).to_be_visible()
    sent = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert sent == ["Welcome to Porto."] * 2


def test_a_failure_is_read_on_its_card_and_tried_again_there(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = SOUND_S
    service.fault(faults.status(503), times=3)
    page = visit(f"{start(SOUNDCHECK_RETRY_BASE_S='0.01')}/voices")
    card(page, "Ashley").get_by_role("button", name="Hear it").click()
    expect(card(page, "Ashley").get_by_role("alert")).to_contain_text("The sample was not made.")
    assert_accessible(page)
    card(page, "Ashley").get_by_role("button", name="Try again").click()
    expect(card(page, "Ashley").get_by_role("button", name="Pause Ashley")).to_be_visible()


def test_without_a_key_the_built_in_voices_are_heard_and_the_others_say_why_not(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(f"{start(key=None)}/voices", size=PHONE)
    card(page, "heart").get_by_role("button", name="Hear it", exact=True).click()
    expect(card(page, "heart").get_by_role("button", name="Pause Heart")).to_be_visible()
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name="TTS-1.5 Max").click()
    expect(page.get_by_text("These voices need a key.")).to_be_visible()
    card(page, "Alex").get_by_role("button", name="Hear it").click()
    expect(card(page, "Alex").get_by_text("This voice needs a key")).to_be_visible()
    assert_accessible(page)
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    card(page, "Alex").get_by_role("button", name="Add a key").click()
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    assert service.posts == 0
