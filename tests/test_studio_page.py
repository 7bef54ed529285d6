"""Studio without a browser: its requests to the service, and what it shows of the answers."""

import json
import re
import time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from lib.errors import InvalidRequestError
from lib.orders import charges
from lib.ui.services import services
from tests.conftest import drawn
from tests.service import StandIn, faults, replies
from tests.service.refusals import ROWS
from tests.test_aimlapi_errors import TABLE

PATIENCE_S = 20


def generate(app: AppTest, text: str) -> None:
    """Type, press Generate, and wait until the job has ended and the page shows it."""
    app.run()
    app.text_area(key="studio_text").input(text).run()
    app.button(key="studio_generate").click().run()
    finish(app)


def model_box(app: AppTest) -> Selectbox:
    return next(box for box in app.selectbox if box.label == "Model")


def finish(app: AppTest) -> None:
    until = time.monotonic() + PATIENCE_S
    while any(job.active or job.running for job in list(services().jobs._crew.jobs.values())):
        assert time.monotonic() < until
        time.sleep(0.01)
    app.run()
    assert not app.exception


def words(app: AppTest) -> str:
    """All texts in small print and notices of the page."""
    return " ".join(re.sub("<[^>]+>", "", each.proto.body) for each in app.get("html"))


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def downloads(app: AppTest) -> int:
    """Links to whole clips; none of them goes through the server's memory as a button's data."""
    assert "Download" not in [button.label for button in app.download_button]
    return sum('class="download" href="/clips/' in each.proto.body for each in app.get("html"))


def test_a_clip_outlives_the_click_that_made_it(app: AppTest, service: StandIn) -> None:
    generate(app, "Good morning.")
    app.run()
    assert downloads(app) == 1
    assert service.posts == 1


@pytest.mark.parametrize("row", ROWS)
def test_every_error_of_the_service_reaches_the_page_in_words(
    row: str, app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse(row), times=3)
    generate(app, "Good morning.")
    kind, _, _ = TABLE[row]
    if kind.charged is None:
        assert "May have been charged." in words(app)
        assert {"Check", "Try again (may be paid twice)", "Dismiss"} <= set(buttons(app))
    else:
        assert "The clip was not made." in words(app)
        assert "Nothing was charged" in words(app)
        assert "your text is safe" in words(app).lower()
        can_help = kind is not InvalidRequestError  # the same request would be refused again
        assert ("Try again" in buttons(app)) is can_help
        assert ("Change the text or the voice" in words(app)) is not can_help
    assert drawn(app.text_area, "studio_text").value == "Good morning."
    assert downloads(app) == 0


def test_clips_that_failed_for_one_reason_are_one_card(app: AppTest, service: StandIn) -> None:
    service.fault(faults.status(503), times=9)
    for text in ("Good morning.", "Good evening.", "Good night."):
        generate(app, text)
    assert "3 clips were not made." in words(app)
    assert buttons(app).count("Dismiss") == 1
    press(app, "Try all again")
    finish(app)
    assert downloads(app) == 3
    assert "not made" not in words(app)


def test_one_dismiss_puts_away_all_that_failed_for_one_reason(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("bad request"), times=2)
    for text in ("Good morning.", "Good evening."):
        generate(app, text)
    assert "Try all again" not in buttons(app)
    press(app, "Dismiss")
    assert "not made" not in words(app)


def test_what_helps_one_failed_clip_helps_all_that_failed_alike(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.status(503), times=6)
    for text in ("Good morning.", "Good evening."):
        generate(app, text)
    assert sum(each.value.count("req-") for each in app.code) == 2
    assert "The service says: Service unavailable" in words(app)
    press(app, "Use a built-in voice, free")
    finish(app)
    assert downloads(app) == 2
    assert service.charges == 0
    assert "not made" not in words(app)


def test_clips_that_may_be_charged_or_are_partly_recorded_have_a_card_each(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.status(504), times=2)
    for text in ("Good morning.", "Good evening."):
        generate(app, text)
    assert words(app).count("May have been charged.") == 2
    assert buttons(app).count("Check") == 2


def test_each_model_that_is_gone_has_its_own_way_on(app: AppTest, service: StandIn) -> None:
    service.fault(faults.refuse("no such model"), times=2)
    generate(app, "Good morning.")
    names = [each.partition(" · ")[0] for each in model_box(app).options]
    model_box(app).select_index(names.index("TTS-1.5 Max")).run()
    generate(app, "Good evening.")
    ways = {each.split(",")[0] for each in buttons(app) if each.startswith("Use TTS")}
    assert words(app).count("The clip was not made.") == 2
    assert len(ways) == 2


def test_texts_that_were_refused_alike_are_put_back_one_by_one(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("bad request"), times=2)
    for text in ("Good morning.", "Good evening."):
        generate(app, text)
    press(app, "“Good morning.”")
    assert drawn(app.text_area, "studio_text").value == "Good morning."
    press(app, "Use a built-in voice, free")
    finish(app)
    assert downloads(app) == 2


@pytest.mark.parametrize("shape", ["S1", "S2", "S3", "S4", "S5"])
@pytest.mark.parametrize("status", [200, 201])
def test_every_shape_of_success_becomes_a_clip(
    shape: str, status: int, app: AppTest, service: StandIn
) -> None:
    service.shape, service.success_status = shape, status
    generate(app, "Good morning.")
    assert downloads(app) == 1


def test_a_success_without_sound_may_have_been_charged(app: AppTest, service: StandIn) -> None:
    service.shape = "S6"
    generate(app, "Good morning.")
    assert "May have been charged." in words(app)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_a_lost_answer_that_was_not_charged_is_no_longer_unclear_once_checked(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charges, "RECORDS_LATE_S", 0.0)
    service.fault(faults.answer(replies.page(504)))
    generate(app, "Good morning.")
    assert "May have been charged." in words(app)
    press(app, "Check")
    assert "Nothing was charged, and your text is safe." in words(app)
    assert "may" not in " ".join(buttons(app))
    press(app, "Try again")
    finish(app)
    assert (downloads(app), service.charges) == (1, 1)


def test_two_clicks_on_new_take_make_one(app: AppTest, service: StandIn) -> None:
    generate(app, "Good morning.")
    for _ in range(2):
        app.button(key="studio_take_1").click().run()
    finish(app)
    assert (downloads(app), service.charges) == (2, 2)


def test_a_long_text_that_failed_half_way_does_not_say_that_nothing_was_charged(
    app: AppTest, service: StandIn
) -> None:
    service.hold()
    app.run()
    services().engines.pace.ceiling = 1
    long = " ".join(f"This is sentence {number} of many." for number in range(100))
    app.text_area(key="studio_text").input(long).run()
    app.button(key="studio_generate").click().run()
    while service.posts == 0:
        time.sleep(0.01)
    service.fault(faults.refuse("no credit"))
    service.release()
    finish(app)
    assert re.search("[1-9] of [2-9] parts are recorded and stay free.", words(app))
    assert "Nothing was charged" not in words(app)


def test_a_cancelled_clip_whose_sound_still_came_is_kept_and_free(
    app: AppTest, service: StandIn
) -> None:
    service.hold()
    app.run()
    app.text_area(key="studio_text").input("Good morning.").run()
    app.button(key="studio_generate").click().run()
    while service.posts == 0:
        time.sleep(0.01)
    press(app, "Cancel")
    assert any("nothing more is sent" in each.proto.json for each in app.get("bidi_component"))
    service.release()
    finish(app)
    assert "It is recorded and stays free." in words(app)
    assert "Continue, free" in buttons(app)


def test_a_sound_that_cannot_be_fetched_yet_is_fetched_later_for_nothing(
    app: AppTest, service: StandIn
) -> None:
    app.run()
    while services().library.preferences.recall("prices") is None:
        time.sleep(0.01)  # the prices are asked for in the background, and are GETs too
    service.fault(faults.status(403), on="get")
    generate(app, "Good morning.")
    assert "It is paid for" in words(app)
    next(button for button in app.button if button.label == "Fetch again").click().run()
    finish(app)
    assert (downloads(app), service.posts) == (1, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing to say yet"),
        ("   \n\t ", "There is nothing to say yet"),
        ("\u200b\u200d\ufeff", "nothing to say"),
        ("x" * 500_001, "500,001 characters"),
    ],
)
def test_what_cannot_be_said_is_refused_in_words_and_costs_nothing(
    text: str, sentence: str, app: AppTest, service: StandIn
) -> None:
    """B01, B02"""
    app.run()
    app.text_area(key="studio_text").input(text).run()
    app.button(key="studio_generate").click().run()
    assert not app.exception
    assert sentence in words(app)
    assert service.posts == 0


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("a\x00b\x07c", "abc"),
        ("two\r\nlines\u2028three", "two\nlines\nthree"),
        ("e\u0301te\u0301", "été"),
        ("مرحبا", "مرحبا"),
        ("{{x}} %s ${y} :red[z] <b>w</b>", "{{x}} %s ${y} :red[z] <b>w</b>"),
    ],
)
def test_what_is_sent_is_what_is_kept(text: str, sent: str, app: AppTest, service: StandIn) -> None:
    """B03, B04, B06, B07, B10, B11"""
    generate(app, text)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [sent]
    assert services().library.clips.script(1) == sent
    assert downloads(app) == 1


def test_a_voice_no_longer_offered_is_refused_and_keeps_its_name(
    app: AppTest, service: StandIn
) -> None:
    """B13"""
    generate(app, "Good morning.")
    with services().library.database.write() as connection:
        for table in ("clips", "clip_voices"):
            connection.exec_driver_sql(f"UPDATE {table} SET voice = 'Gone'")
    app.run()
    assert "Gone" in words(app)
    next(button for button in app.button if button.label == "New take").click().run()
    assert "no longer offered" in words(app)
    assert service.posts == 1


def test_the_offline_voice_is_the_default_without_a_key(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, service: StandIn
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    generate(app, "Good morning.")
    assert model_box(app).value == "offline"
    assert downloads(app) == 1
    assert service.seen == []  # not even for its prices


def test_a_text_the_offline_voice_cannot_say_is_refused_in_words(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    generate(app, "欢迎来到我们的商店")
    assert "The clip was not made." in words(app)
    assert downloads(app) == 0


def test_the_browser_s_own_player_is_there_for_those_who_prefer_it(app: AppTest) -> None:
    generate(app, "Good morning.")
    assert len(app.get("audio")) == 0
    services().library.preferences.remember({"plain_player": True})
    app.run()
    (audio,) = app.get("audio")
    assert "/clips/u1-" in audio.proto.url
    assert "Good morning." in audio.proto.alt


def test_all_voices_models_and_formats_are_offered(app: AppTest) -> None:
    app.run()
    assert len(app.selectbox(key="studio_voice").options) == 22
    assert model_box(app).options == [
        "TTS-1 Max · richest sound, slower",
        "TTS-1.5 Max · richest sound, slower",
        "TTS-1.5 Mini · quicker, half the price",
        "TTS-1 · quicker, half the price",
        "Built-in voice (free) · on this computer",
    ]


def test_the_voices_follow_the_model(app: AppTest) -> None:
    app.run()
    model_box(app).set_value("offline").run()
    assert drawn(app.selectbox, "studio_voice").value == "heart"
    model_box(app).set_value("inworld/tts-1-5-max").run()
    assert drawn(app.selectbox, "studio_voice").value == "Ashley"


def test_a_later_run_draws_the_form_as_it_stands(app: AppTest) -> None:
    """A browser shows a widget's default if a later run overtakes the one that set it."""
    app.run()
    app.text_area(key="studio_text").set_value("Half a thought")
    app.selectbox(key="studio_voice").set_value("Craig")
    app.run().run()
    assert app.text_area(key="studio_text").proto.default == "Half a thought"
    voice = app.selectbox(key="studio_voice")
    assert voice.options[voice.proto.default].startswith("Craig")


def test_a_retired_model_says_so_and_offers_the_next(app: AppTest) -> None:
    app.run()
    assert "deprecated" in words(app)
    app.button(key="studio_successor").click().run()
    assert model_box(app).value == "inworld/tts-1-5-max"


def test_where_the_service_is_busy_a_built_in_voice_makes_the_clip_at_a_press(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.status(503), times=3)
    generate(app, "Good morning.")
    model = model_box(app).value
    press(app, "Use a built-in voice, free")
    finish(app)
    assert downloads(app) == 1
    assert "was not made" not in words(app)
    assert "Heart · Built-in voice (free)" in words(app)
    assert model_box(app).value == model  # the form is for what comes next


def test_a_sound_whose_link_has_expired_can_be_bought_again(app: AppTest, service: StandIn) -> None:
    """F19"""
    app.run()
    while services().library.preferences.recall("prices") is None:
        time.sleep(0.01)
    service.fault(faults.status(403), times=2, on="get")
    generate(app, "Good morning.")
    next(button for button in app.button if button.label == "Fetch again").click().run()
    finish(app)
    again = next(button for button in app.button if button.label.startswith("Buy it again"))
    again.click().run()
    finish(app)
    assert (downloads(app), service.posts) == (1, 2)


def is_old(app: AppTest) -> bool:
    """Whether the page has itself drawn again: something has changed since it began to read."""
    drawn_as = next(
        json.loads(each.proto.json)[0]["watch"]
        for each in app.get("bidi_component")
        if each.proto.id.endswith("-studio_live")
    )
    now = services().events.now
    return any(now(topic).version > version for topic, (version, _) in drawn_as.items())


@pytest.mark.parametrize("read", ["unfinished", "page"])
def test_no_clip_falls_between_two_reads(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    """A page reads what is being made, then what is ready. A clip that becomes ready right after
    either read may be drawn wrongly, but never for good.
    """
    service.hold()
    app.run()
    app.text_area(key="studio_text").input("Good morning.").run()
    app.button(key="studio_generate").click().run()
    listing = type(services().library.listing)
    real = getattr(listing, read)

    def reading(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        service.release()
        while any(job.active or job.running for job in list(services().jobs._crew.jobs.values())):
            time.sleep(0.01)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(listing, read, reading)
        app.run()
    assert is_old(app)
    app.run()
    assert not is_old(app)
    assert downloads(app) == 1
