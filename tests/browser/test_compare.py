"""Choosing a voice in Chromium: an audition, its marks, the same loudness, Present."""

import base64
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from lib import audio
from tests.browser.conftest import Start, Visit
from tests.browser.prepared import Prepared
from tests.browser.shared import SharedServer, data_in
from tests.browser.using import assert_accessible_for_all, rows, settle
from tests.service import StandIn, faults
from tests.service.replies import Reply

SCRIPT = "Welcome to our store. For opening hours, press one."


def write(page: Page, text: str = SCRIPT) -> None:
    page.get_by_label("Script").fill(text)
    page.keyboard.press("Tab")
    settle(page)


def choose(page: Page, *voices: str) -> None:
    """Open the popover, choose exactly these, and close it again."""
    page.locator(".st-key-compare_cast button").click()
    page.get_by_role("button", name="None", exact=True).click()
    settle(page)
    for voice in voices:
        page.get_by_role("button", name=re.compile(rf"^{voice} ·")).click()
    page.keyboard.press("Escape")
    settle(page)


def record(page: Page, count: int) -> None:
    page.get_by_role("button", name=re.compile("^Record ")).click()
    wait_for_voices(page, count)


def voices(page: Page) -> Locator:
    return page.locator(".soundcheck-board section")


def wait_for_voices(page: Page, count: int) -> None:
    expect(voices(page)).to_have_count(count, timeout=30_000)
    settle(page)


def sounding(page: Page) -> list[int]:
    """The places of the players that sound now."""
    return page.locator(".soundcheck-board audio").evaluate_all(
        "all => all.flatMap((audio, place) => audio.paused ? [] : [place])"
    )


def test_twenty_two_voices_have_one_price_can_be_cancelled_and_cost_nothing_twice(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.hold(after=4)
    page = visit(f"{start()}/compare")
    write(page)
    page.locator(".st-key-compare_cast button").click()
    page.get_by_role("button", name="All of them").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("22 voices · about $0.015 for all")).to_be_visible()
    page.get_by_role("button", name="Record 22 voices").click()
    expect(
        page.get_by_text(re.compile(r"\d+ of 22 voices, about \d+ seconds? left"))
    ).to_be_visible()
    expect(voices(page).first).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text(re.compile("nothing more is sent"))).to_be_visible()
    service.release()
    expect(page.get_by_text("Recording 22 voices")).to_have_count(0)
    settle(page)
    assert service.charges == service.posts < 22  # what was made is kept

    page.get_by_role("button", name=re.compile("^Record ")).click()
    wait_for_voices(page, 22)
    assert (service.posts, service.charges) == (22, 22)

    write(page, "Another script.")
    write(page, SCRIPT)
    page.get_by_role("button", name="Record 22 voices").click()
    expect(page.get_by_text("These voices are all here.")).to_be_visible()

    other = visit(page.url)  # somebody else, who has none of it on the page
    write(other)
    other.locator(".st-key-compare_cast button").click()
    other.get_by_role("button", name="All of them").click()
    other.keyboard.press("Escape")
    expect(other.get_by_text(re.compile("22 voices · free"))).to_be_visible()
    other.get_by_role("button", name="Record 22 voices").click()
    wait_for_voices(other, 22)
    assert service.posts == 22


def test_number_keys_play_a_voice_and_only_one_sounds(prepared: Prepared) -> None:
    prepared.audition("Ashley", "Craig", "Olivia")
    page = prepared.compare()
    page.locator("h1").click()
    page.keyboard.press("2")
    page.wait_for_timeout(800)
    assert sounding(page) == [1]
    assert voices(page).nth(1).locator("audio").evaluate("audio => audio.currentTime") > 0.1
    page.keyboard.press("3")
    page.wait_for_timeout(400)
    assert sounding(page) == [2]
    page.keyboard.press("3")
    page.wait_for_timeout(700)  # so that 3 and 1 are not 31
    assert sounding(page) == []
    page.evaluate(
        """["1", "3"].forEach((key) =>
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })))"""
    )
    page.wait_for_timeout(700)
    assert len(sounding(page)) == 1
    page.keyboard.press(str(1 + sounding(page)[0]))
    page.wait_for_timeout(700)
    assert sounding(page) == []

    page.get_by_label("Script").press("1")  # a digit in a text is a digit
    assert sounding(page) == []
    page.get_by_text("Number keys play a voice").click()
    settle(page)
    page.locator("h1").click()
    page.keyboard.press("2")
    assert sounding(page) == []


def test_stars_remarks_and_name_are_there_after_a_restart_and_a_winner_is_kept(
    shared: SharedServer, visit: Visit, service: StandIn, tmp_path: Path
) -> None:
    environment = {
        "AIMLAPI_KEY": service.key,
        "AIMLAPI_BASE_URL": service.url,
        **data_in(tmp_path),
    }
    with shared.lent(environment) as address:
        page = visit(f"{address}/compare")
        write(page)
        choose(page, "Ashley", "Craig")
        record(page, 2)
        voices(page).nth(0).locator("label").nth(3).click()
        voices(page).nth(1).locator("label").nth(1).click()
        voices(page).nth(1).get_by_role("button", name="Remark on Craig").click()
        page.get_by_label("Your remark on Craig").fill("A little too fast")
        page.keyboard.press("Tab")
        settle(page)
        page.get_by_role("button", name="Save audition").click()
        page.get_by_label("Name", exact=True).fill("Phone menu")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="Phone menu")).to_be_visible()

    with shared.lent(environment) as address:
        page = visit(f"{address}/compare")  # another browser: nothing but the library remembers
        page.get_by_role("button", name="Saved auditions").click()
        page.get_by_role("button", name="Phone menu", exact=True).click()
        wait_for_voices(page, 2)
        expect(page.get_by_label("Script")).to_have_value(SCRIPT)
        expect(voices(page).nth(0).get_by_role("radio", name="4 stars")).to_be_checked()
        expect(voices(page).nth(1).get_by_role("radio", name="2 stars")).to_be_checked()
        expect(voices(page).nth(1)).to_contain_text("A little too fast")

        choose(page, "Ashley", "Craig", "Olivia")
        expect(page.get_by_text("1 voice · about $0.001 for all")).to_be_visible()
        record(page, 3)

        page.get_by_role("button", name="Keep Craig in the Library").click()
        expect(page.get_by_role("button", name="Craig is kept in the Library")).to_be_visible()
        page.get_by_role("link", name="Library").click()
        expect(rows(page)).to_have_count(1)
        expect(rows(page)).to_contain_text("Craig")
    assert service.posts == 3


# What reaches the speakers, of whatever is connected to them.
TAP = """
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (target, ...rest) {
  if (target instanceof AudioDestinationNode) {
    const tap = target.context.createScriptProcessor(4096, 1, 1);
    window.heard ??= [];
    window.rate_hz = target.context.sampleRate;
    tap.onaudioprocess = (event) => {
      const block = event.inputBuffer.getChannelData(0);
      if (block.some((sample) => sample)) window.heard.push(...block);  // a paused one is silent
    };
    connect.call(this, tap);
    connect.call(tap, target);
  }
  return connect.call(this, target, ...rest);
};
"""


# Number by number they would take seconds on their way here.
HEARD = """() => {
  let bytes = "";
  for (const byte of new Uint8Array(new Float32Array(window.heard).buffer))
    bytes += String.fromCharCode(byte);
  return btoa(bytes);
}"""


def noise(lufs: float) -> bytes:
    """Two seconds like speech in its peaks, of this loudness, as an MP3."""
    random = np.random.default_rng(7)
    samples = (0.05 * random.standard_normal(2 * 24_000)).astype(np.float32)
    measured = audio.loudness(audio.encode(samples, 24_000, "wav")).lufs
    assert measured is not None
    return audio.encode(samples * np.float32(10 ** ((lufs - measured) / 20)), 24_000, "mp3")


def test_a_loud_and_a_quiet_voice_are_heard_equally_loud_and_downloads_are_untouched(
    prepared: Prepared, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sounds = [noise(-30), noise(-12)]
    for sound in sounds:
        service.fault(faults.answer(Reply(200, sound, {"Content-Type": "audio/mpeg"})), times=1)
    monkeypatch.setenv("SOUNDCHECK_PACE", "1")
    prepared.audition("Ashley", "Craig")
    page = prepared.compare()
    page.evaluate(f"() => {{ {TAP} }}")

    def heard_lufs(place: int) -> float:
        page.evaluate("window.heard = []")
        play = voices(page).nth(place).get_by_role("button", name="Play")
        play.click()
        expect(play).to_have_count(0)
        expect(play).to_be_visible()  # it has come to its end
        page.wait_for_timeout(200)
        samples = np.frombuffer(base64.b64decode(page.evaluate(HEARD)), dtype=np.float32)
        loud = np.flatnonzero(np.abs(samples) > 1e-4)
        rate_hz = int(page.evaluate("window.rate_hz"))
        wav = audio.encode(samples[loud[0] : loud[-1]], rate_hz, "wav")
        lufs = audio.loudness(wav).lufs
        assert lufs is not None
        return lufs

    assert abs(heard_lufs(0) - heard_lufs(1)) < 1.0

    page.get_by_text("Same loudness").click()
    settle(page)
    assert heard_lufs(1) - heard_lufs(0) > 15

    for place, name in enumerate(["Ashley", "Craig"]):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Download {name}").click()
        saved = Path(download.value.path()).read_bytes()
        assert saved.endswith(sounds[place])  # behind its tags
        assert download.value.suggested_filename.endswith(f"_{name}.mp3")


def test_present_plays_on_with_the_service_and_the_network_gone(
    prepared: Prepared, service: StandIn
) -> None:
    prepared.audition("Ashley", "Craig", "Olivia")
    page = prepared.compare()
    page.get_by_role("button", name="Present").click()
    show = page.get_by_role("dialog", name=re.compile("Present"))
    expect(show.locator("audio[src^=blob]")).to_have_count(3)
    posts = service.posts
    service.stop()
    page.context.set_offline(True)

    page.keyboard.press("2")
    page.wait_for_timeout(800)
    places = (
        "all => all.flatMap((audio, place) => audio.paused ? [] : [[place, audio.currentTime]])"
    )
    ((place, position_s),) = show.locator("audio").evaluate_all(places)
    assert (place, position_s > 0.1) == (1, True)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert [place for place, _ in show.locator("audio").evaluate_all(places)] == [2]
    page.keyboard.press("t")
    expect(show.get_by_text(SCRIPT, exact=True).last).to_be_visible()
    page.keyboard.press("Escape")
    expect(show).to_have_count(0)
    assert service.posts == posts


@pytest.mark.parametrize("blind", [False, True], ids=["named", "blind"])
def test_the_take_away_file_plays_from_the_disk_without_a_network(
    blind: bool, prepared: Prepared, tmp_path: Path
) -> None:
    prepared.audition("Ashley", "Craig")
    page = prepared.compare()
    page.get_by_role("button", name="Take-away file").click()
    expect(page.get_by_text(re.compile(r"about \d+ kB"))).to_be_visible()
    if blind:
        page.get_by_text("Hide the names").click()
        page.get_by_role("button", name="Overall").click()
        page.get_by_text("Show me who is who").click()
        expect(page.get_by_text(re.compile("A is (Ashley|Craig)"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the file").click()
    file = tmp_path / download.value.suggested_filename
    assert file.suffix == ".html"
    download.value.save_as(file)
    if blind:
        assert "Ashley" not in file.read_text(encoding="utf-8")

    assert page.context.browser
    alone = page.context.browser.new_context(offline=True)
    opened = alone.new_page()
    opened.goto(file.as_uri())
    opened.get_by_role("button", name=f"Play {'A' if blind else 'Ashley'}", exact=True).click()
    opened.wait_for_timeout(700)
    assert opened.locator("audio").first.evaluate("audio => audio.currentTime") > 0.1
    alone.close()


def test_a_shared_address_fills_the_form_and_records_nothing(
    start: Start, visit: Visit, service: StandIn
) -> None:
    address = start()
    page = visit(
        f"{address}/compare?text=Half+a+thought&voices=Craig,Olivia,nobody&models=inworld/tts-1"
    )
    expect(page.get_by_label("Script")).to_have_value("Half a thought")
    expect(page.get_by_role("button", name="2 voices: Craig, Olivia")).to_be_visible()
    page.get_by_role("button", name="Link", exact=True).click()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    page.close()

    other = visit(link)
    expect(other.get_by_label("Script")).to_have_value("Half a thought")
    expect(other.get_by_role("button", name="2 voices: Craig, Olivia")).to_be_visible()
    assert "text=" not in other.url
    assert service.posts == 0
    assert service.key not in link


def test_compare_is_usable_by_everybody(start: Start, visit: Visit) -> None:
    page = visit(f"{start()}/compare")
    assert_accessible_for_all(page)
    write(page)
    choose(page, "Ashley", "Craig")
    record(page, 2)
    assert_accessible_for_all(page)
    page.get_by_role("button", name="Present").click()
    page.wait_for_timeout(500)
    assert_accessible_for_all(page)
