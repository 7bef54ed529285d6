"""A page learns of changes at once, by one stream, and by itself when the stream is away."""

import re
import time
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect

from lib.library import Library
from lib.library.clip import Intent, Part
from lib.settings import Settings
from lib.speech import Utterance
from lib.web.browsers import COOKIE
from lib.web.stream import PATH
from tests.browser.conftest import Start, Visit, open_in
from tests.browser.running import running
from tests.browser.using import cards, generate, play, settle, wait_for_clips
from tests.browser.visitors import Visitors
from tests.service import StandIn

APP = Path(__file__).parent / "apps" / "live_app.py"
STREAM = re.compile(rf"ws://[^/]+{PATH}$")
# What a page asks for comes to the server this much later; when its views asked is noted.
LINE_MS = 300
SLOW_LINE = f"""(() => {{
  const {{ send }} = WebSocket.prototype;
  window.asked_ms = [];
  WebSocket.prototype.send = function (data) {{
    if (!this.url.includes("_stcore")) return send.call(this, data);
    if (new TextDecoder().decode(data).includes("live_")) asked_ms.push(performance.now());
    setTimeout(() => send.call(this, data), {LINE_MS});
  }};
}})()"""


def runs(page: Page) -> list[str | bytes]:
    """What a page that is opened after this asks the server to run."""
    sent: list[str | bytes] = []

    def opened(socket: WebSocket) -> None:
        if "_stcore" in socket.url:
            socket.on("framesent", lambda frame: sent.append(frame))

    page.on("websocket", opened)
    return sent


@pytest.mark.usefixtures("visit")
def test_a_clip_in_the_making_costs_two_runs_and_its_seconds_count_on(
    start: Start, visitors: Visitors, service: StandIn
) -> None:
    """The click's, and one when the clip is ready: nothing between."""
    service.hold()
    page = visitors.new_page()
    sent = runs(page)
    open_in(page, start())
    settle(page)
    sent.clear()
    generate(page, "Good morning, everybody.")
    expect(page.get_by_text("Recording, 2 seconds so far")).to_be_visible()
    expect(page.get_by_text("Recording, 3 seconds so far")).to_be_visible()
    service.release()
    wait_for_clips(page, 1)
    asked = [each for each in sent if b"studio_live" in bytes(each)]  # type: ignore[arg-type]
    assert len(asked) == 1
    assert len(sent) <= 3  # leaving the text box may be a run of its own


def test_two_tabs_of_one_browser_see_the_same_and_another_browser_nothing(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.hold()
    page = visit(start())
    other = page.context.new_page()
    other.goto(page.url)
    stranger = visit(page.url)
    settle(other)
    page.bring_to_front()
    generate(page, "Good morning, everybody.")
    expect(other.get_by_role("button", name="Cancel")).to_be_visible()
    service.release()
    wait_for_clips(page, 1)
    wait_for_clips(other, 1)
    expect(cards(stranger)).to_have_count(0)


@pytest.mark.usefixtures("visit")
def test_what_came_while_the_line_was_cut_is_there_once_it_is_back(
    start: Start, visitors: Visitors, service: StandIn
) -> None:
    service.hold()
    page = visitors.new_page()
    lines: list[WebSocketRoute] = []

    def dial(line: WebSocketRoute) -> None:
        """The second and third time nobody answers."""
        lines.append(line)
        if len(lines) in (2, 3):
            line.close()
        else:
            line.connect_to_server()

    page.route_web_socket(STREAM, dial)
    open_in(page, start())
    generate(page, "Good morning, everybody.")
    expect(page.get_by_text(re.compile("Recording, "))).to_be_visible()
    lines[0].close()
    service.release()
    wait_for_clips(page, 1)
    assert len(lines) > 1


@pytest.mark.usefixtures("visit")
def test_where_a_proxy_forbids_the_stream_the_page_asks_now_and_then(
    start: Start, visitors: Visitors, service: StandIn
) -> None:
    service.hold()
    page = visitors.new_page()
    page.route_web_socket(STREAM, lambda line: line.close())
    open_in(page, start())
    generate(page, "Good morning, everybody.")
    expect(page.get_by_text(re.compile("Recording, "))).to_be_visible()
    service.release()
    wait_for_clips(page, 1)


def test_a_sound_plays_on_while_another_clip_becomes_ready(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = 30
    page = visit(start())
    generate(page, "A long one, to be listened to. " * 30)
    wait_for_clips(page, 1)
    assert play(cards(page).first) > 0.1
    service.latency_s = 1
    generate(page, "A short one.")
    wait_for_clips(page, 2)
    sounding = page.locator("audio").evaluate_all(
        "all => all.filter(audio => !audio.paused).map(audio => audio.currentTime)"
    )
    assert len(sounding) == 1
    assert sounding[0] > 1


def test_a_clip_soon_after_another_is_shown_as_quickly(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.latency_s = 0.4
    page = visit(start())
    took_s = []
    for number in range(1, 5):
        generate(page, f"Good morning, guest number {number}.")
        start_s = time.monotonic()
        expect(cards(page)).to_have_count(number)
        took_s.append(time.monotonic() - start_s)
        wait_for_clips(page, number)
    assert min(took_s[1:]) < 2, took_s


def test_a_page_learns_what_became_of_a_clip_that_another_server_makes(
    start: Start, visit: Visit, tmp_path: Path
) -> None:
    """Its stream is open, and nobody tells it."""
    page = visit(start())
    settle(page)
    browser = next(each["value"] for each in page.context.cookies() if each["name"] == COOKIE)
    said = Utterance(model="inworld/tts-1-max", voice="Ashley", text="Good morning.")
    made = Intent(
        pieces=[Part(utterance=said)],
        script=said.text,
        title=said.text,
        owner="local",
        browser=browser,
    )
    with closing(Library(Settings(data_dir=tmp_path, free_disk_min_bytes=0))) as elsewhere:
        clip = elsewhere.clips.begin(made)
        page.reload()
        expect(page.get_by_text("Another server is working on it")).to_be_visible()
        settle(page)
        elsewhere.clips.move(clip.id, "interrupted")
        expect(page.get_by_text("This was interrupted.")).to_be_visible()


def test_a_sound_is_heard_before_the_page_is_drawn_again_and_plays_on_when_it_is(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.audio_max_s = 30
    service.hold()
    page = visit(start())
    generate(page, "A long one, to be listened to. " * 10)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("heading", name="Studio").hover()
    page.mouse.down()  # under a press that has begun nothing is drawn
    service.release()
    coming = page.locator('[class*="st-key-card_job_"]')
    coming.get_by_role("button", name="Play A long one").dispatch_event("click")
    sound = coming.locator("audio").element_handle()
    page.wait_for_function("sound => sound.currentTime > 0.3", arg=sound)
    expect(cards(page)).to_have_count(0)
    page.mouse.up()
    wait_for_clips(page, 1)
    expect(coming).to_have_count(0)
    kept = cards(page).locator("audio").element_handle()
    goes_on = "([sound, kept]) => sound === kept && !sound.paused && sound.currentTime > 0.3"
    assert page.evaluate(goes_on, [sound, kept])


def test_two_places_that_learn_of_the_same_change_are_drawn_one_after_the_other(
    visit: Visit, tmp_path: Path
) -> None:
    """Of two runs that are asked for at once Streamlit makes one, and says so on the console."""
    said: list[str] = []
    with running(APP, SOUNDCHECK_DATA_DIR=str(tmp_path)) as address:
        page = visit(address)
        page.on("console", lambda message: said.append(message.text))
        page.get_by_role("button", name="Tell").click()
        for name in ("page", "first", "second"):
            expect(page.get_by_text(re.compile(f"^{name} drawn [3-5] times"))).to_be_visible()
        settle(page)
    assert [words for words in said if "fragmentIds" in words] == []


@pytest.mark.usefixtures("visit")
def test_on_a_slow_line_no_run_is_asked_for_before_the_last_one_has_begun(
    visitors: Visitors, tmp_path: Path
) -> None:
    page = visitors.new_page()
    page.add_init_script(SLOW_LINE)
    with running(APP, SOUNDCHECK_DATA_DIR=str(tmp_path)) as address:
        open_in(page, address)
        page.get_by_role("button", name="Tell").click()
        for name in ("page", "first", "second"):
            expect(page.get_by_text(re.compile(f"^{name} drawn [3-5] times"))).to_be_visible()
        settle(page)
        asked_ms: list[float] = page.evaluate("asked_ms")
    assert asked_ms
    assert all(later - sooner > LINE_MS for sooner, later in pairwise(asked_ms)), asked_ms
