"""The waveform player on its own, in Chromium, on real sounds from a real server."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect

from lib.waveform import SHARED_JS, waveform_svg
from tests.browser.apps.player_app import LENGTH_S, PEAKS
from tests.browser.conftest import Visit, page_of_all
from tests.browser.running import READY, running

APP = Path(__file__).parent / "apps" / "player_app.py"
PLAYER_JS = Path(__file__).parents[2] / "lib" / "ui" / "widgets" / "player.js"
RATE_HZ = 8_000
SIZE = {"width": 1000, "height": 800}
REWIND = """() => document.querySelectorAll("audio").forEach(audio => {
  audio.pause();
  audio.currentTime = 0;
})"""


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    for name, pitch_hz in [("one", 220), ("two", 330), ("three", 440)]:
        write_tone(folder / f"{name}.wav", pitch_hz)
    return folder


@pytest.fixture(scope="module")
def address(clips: Path) -> Iterator[str]:
    with running(APP, CLIPS_DIR=str(clips)) as started:
        yield started


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Page]:
    with page_of_all(browser, address, size=SIZE) as page:
        yield page


@pytest.fixture
def page(opened: Page) -> Page:
    """With the clips it had at first, all at their beginning; no sound is heard yet."""
    opened.set_viewport_size(SIZE)  # type: ignore[arg-type]
    opened.evaluate(REWIND)
    return opened


@pytest.fixture
def new_page(visit: Visit, address: str) -> Page:
    return visit(address, size=SIZE)


def test_pressing_play_makes_the_sound_advance(page: Page) -> None:
    play(page, "one")

    expect_advancing(sound(page, "one"))
    expect(page.get_by_role("button", name="Pause clip one")).to_be_visible()
    expect(card(page, "one")).to_contain_text(re.compile(r"0:0\d / 0:30"))


def test_starting_one_clip_stops_the_other(page: Page) -> None:
    play(page, "one")
    expect_advancing(sound(page, "one"))

    play(page, "two")

    expect_advancing(sound(page, "two"))
    assert paused(sound(page, "one"))
    expect(page.get_by_role("button", name="Play clip one")).to_be_visible()


def test_a_clip_played_to_its_end_is_ready_to_start_again(page: Page) -> None:
    sound(page, "one").evaluate(
        """audio => {
          audio.currentTime = 29.5;
          window.ended = new Promise((done) => audio.addEventListener("ended", done));
        }"""
    )
    play(page, "one")
    page.evaluate("() => window.ended.then(() => {})")

    expect(page.get_by_role("button", name="Play clip one")).to_be_visible()
    expect(card(page, "one").get_by_text("0:30", exact=True)).to_be_visible()
    play(page, "one")

    expect(card(page, "one")).to_contain_text("0:00 / 0:30")


@pytest.mark.parametrize("press", ["Run again", "Sign anew", "Show a message"])
def test_a_clip_sounds_on_through_a_run_of_the_page(page: Page, press: str) -> None:
    assert_plays_on(page, press)


def test_a_clip_sounds_on_while_another_comes_on_top(new_page: Page) -> None:
    assert_plays_on(new_page, "New clip on top")


def assert_plays_on(page: Page, press: str) -> None:
    before = runs(page)
    play(page, "one")
    expect_advancing(sound(page, "one"))
    sound(page, "one").evaluate(
        "audio => { audio.stops = 0; audio.onpause = audio.onemptied = () => audio.stops++; }"
    )

    page.get_by_role("button", name=press).click()
    expect(page.get_by_text(f"Run {before + 1}", exact=True)).to_be_visible()
    page.wait_for_selector(READY)

    expect_advancing(sound(page, "one"))
    assert sound(page, "one").evaluate("audio => audio.stops") == 0


def test_a_player_that_is_built_twice_keeps_its_sound(page: Page) -> None:
    """The first may be drawn again after the second has come, and only then be thrown away."""
    shown = page.evaluate(
        """async ([script, address]) => {
            const { default: draw } = await import(
                URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
            const parents = [1, 2].map(() => document.body.appendChild(
                document.createElement("div")));
            const data = { key: "twice", name: "twice", address, length_s: 30, peaks: [1] };
            const [first, second] = parents;
            draw({ data: [data], parentElement: first });
            draw({ data: [data], parentElement: second });
            const leave = draw({ data: [{ ...data }], parentElement: first });
            first.remove();
            leave();
            second.querySelector("button").click();
            await new Promise(done => setTimeout(done, 500));
            const audio = second.querySelector("audio");
            return [audio?.currentTime > 0.1, second.querySelector("button").ariaLabel];
        }""",
        [SHARED_JS + PLAYER_JS.read_text(encoding="utf-8"), "/clips/one.wav?sig=0"],
    )

    assert shown == [True, "Pause twice"]


def test_keys_move_the_position(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position in clip one")
    slider.focus()
    reached = {}
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "PageUp", "PageDown", "End", "Home"):
        slider.press(key)
        reached[key] = position_s(page, "one")

    assert reached == {
        "ArrowRight": 1, "ArrowUp": 2, "ArrowLeft": 1, "PageUp": 11, "PageDown": 1,
        "End": LENGTH_S, "Home": 0,
    }  # fmt: skip


def test_the_space_bar_plays_and_pauses_from_the_waveform(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position in clip one")
    slider.focus()

    slider.press(" ")
    expect_advancing(sound(page, "one"))
    slider.press(" ")

    assert paused(sound(page, "one"))


def test_the_slider_says_where_it_is(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position in clip one")
    expect(slider).to_have_attribute("aria-valuemax", "30")

    for key, now, text in [("PageUp", "10", "0:10 of 0:30"), ("End", "30", "0:30 of 0:30")]:
        slider.press(key)
        expect(slider).to_have_attribute("aria-valuenow", now)
        expect(slider).to_have_attribute("aria-valuetext", text)


def test_the_played_part_ends_where_the_pointer_clicked(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position in clip one")
    box = slider.bounding_box()
    assert box is not None
    x = box["x"] + 0.6 * box["width"]

    page.mouse.click(x, box["y"] + box["height"] / 2)

    box = slider.bounding_box()
    assert box is not None
    played = position_s(page, "one") / LENGTH_S
    assert box["x"] + played * box["width"] == pytest.approx(x, abs=1)


def test_bars_stay_in_place_once_a_clip_has_been_started(page: Page) -> None:
    slider = page.get_by_role("slider", name="Position in clip one")
    play(page, "one")
    expect_advancing(sound(page, "one"))
    playing = slider.bounding_box()

    slider.press(" ")
    slider.press("Home")
    expect(card(page, "one").get_by_text("0:30", exact=True)).to_be_visible()

    assert slider.bounding_box() == playing


def test_dragging_beyond_the_waveform_moves_to_the_end(page: Page) -> None:
    box = page.get_by_role("slider", name="Position in clip one").bounding_box()
    assert box is not None

    page.mouse.move(box["x"] + 50, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 2 * box["width"], box["y"] + 100)
    page.mouse.up()

    assert position_s(page, "one") == LENGTH_S


def test_a_clip_that_cannot_be_loaded_says_so_and_can_be_tried_again(
    new_page: Page, clips: Path
) -> None:
    page = new_page
    page.get_by_role("button", name="New clip on top").click()
    failed = card(page, "new1")
    expect(failed.get_by_role("status")).to_have_text("Reload the page to play this")
    expect(failed.get_by_text("0:30")).to_be_hidden()

    write_tone(clips / "new1.wav", 550)
    play(page, "new1")

    expect_advancing(sound(page, "new1"))
    expect(failed.get_by_role("status")).to_be_empty()
    (clips / "new1.wav").unlink()


def test_a_fresh_link_replaces_one_that_expired(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?sig=expired", size=SIZE)
    expect(card(page, "one").get_by_role("status")).to_have_text("Reload the page to play this")

    page.get_by_role("button", name="Sign anew").click()

    expect(card(page, "one").get_by_role("status")).to_be_empty()
    play(page, "one")
    expect_advancing(sound(page, "one"))


def test_autoplay_starts_a_clip_once_and_it_falls_silent_where_it_leaves_the_page(
    new_page: Page,
) -> None:
    page = new_page
    page.get_by_text("Start the third by itself").click()
    expect_advancing(sound(page, "three"))
    page.get_by_role("button", name="Pause clip three").click()

    page.get_by_role("button", name="Sign anew").click()
    expect(page.get_by_text("Run 3")).to_be_visible()
    page.wait_for_selector(READY)

    assert paused(sound(page, "three"))
    play(page, "three")
    expect_advancing(sound(page, "three"))

    page.get_by_text("Start the third by itself").click()

    expect(page.locator("audio")).to_have_count(2)


@pytest.mark.parametrize("width", [1000, 390])
def test_bars_keep_their_width_and_match_the_still_picture(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    slider = page.get_by_role("slider", name="Position in clip one")

    def drawn_and_expected() -> tuple[str, str]:
        size = slider.evaluate("e => [e.clientWidth, e.clientHeight]")
        drawn = slider.locator("path").first.get_attribute("d") or ""
        return drawn, waveform_svg(PEAKS, *size).split(' d="')[1].split('"')[0]

    for _ in range(20):
        drawn, expected = drawn_and_expected()
        if drawn == expected:
            break
        page.wait_for_timeout(50)
    assert drawn == expected
    assert drawn.count("M") > width / 10


def test_the_browsers_own_players_stand_under_their_pictures_and_one_sounds_at_a_time(
    visit: Visit, address: str
) -> None:
    page = visit(f"{address}/?plain=yes", size=SIZE)
    one, two = page.get_by_test_id("stAudio").nth(0), page.get_by_test_id("stAudio").nth(1)
    page.mouse.click(500, 700)  # browsers let nothing sound before the first click

    one.evaluate("audio => audio.play()")
    expect_advancing(one)
    two.evaluate("audio => audio.play()")
    expect_advancing(two)

    assert paused(one)

    picture = page.locator("img.waveform").first
    picture.wait_for()

    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.get_by_test_id("stAudio").first.get_attribute("aria-label") == "one, 30 seconds"


def runs(page: Page) -> int:
    return int(page.get_by_text(re.compile(r"^Run \d+$")).inner_text().split()[1])


def card(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-player_{name}")


def sound(page: Page, name: str) -> Locator:
    return card(page, name).locator("audio")


def play(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Play clip {name}").click()


def paused(audio: Locator) -> bool:
    return bool(audio.evaluate("audio => audio.paused"))


def position_s(page: Page, name: str) -> float:
    return float(sound(page, name).evaluate("audio => audio.currentTime"))


def expect_advancing(audio: Locator) -> None:
    """Sound comes out now: the position moves on by a fifth of a second within five."""
    audio.evaluate(
        """async audio => {
            const start = audio.currentTime;
            for (let tries = 0; tries < 100; tries++) {
                if (audio.currentTime > start + 0.2) return;
                await new Promise(done => setTimeout(done, 50));
            }
            throw new Error(`silent at ${audio.currentTime}, paused: ${audio.paused}`);
        }"""
    )


def write_tone(file: Path, pitch_hz: float) -> None:
    seconds = np.arange(int(LENGTH_S * RATE_HZ)) / RATE_HZ
    soundfile.write(file, 0.3 * np.sin(2 * np.pi * pitch_hz * seconds), RATE_HZ)
