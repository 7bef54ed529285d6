"""Voices without a browser: filters, samples, purchases and messages."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from lib.orders import charges
from lib.ui.services import services
from tests.conftest import drawn
from tests.service import StandIn, faults
from tests.test_library_page import visit
from tests.test_studio_page import buttons, finish, model_box, press, words


@pytest.fixture
def voices(app: AppTest, service: StandIn) -> Iterator[AppTest]:
    """The page at the first visit of a person with a key."""
    service.audio_max_s = 0.5
    visit(app, "voices")
    return app


def names(app: AppTest) -> list[str]:
    """The voices whose cards are shown."""
    html = " ".join(each.proto.body for each in app.get("html"))
    return re.findall(r'class="card-title"[^>]* title="([^"]+)"', html)


def players(app: AppTest) -> int:
    components = [each.proto.component_name for each in app.get("bidi_component")]
    return components.count("soundcheck_player")


def hear(app: AppTest, voice: str) -> None:
    app.button(key=f"voices_hear_{voice}").click().run()
    finish(app)


def record_all(app: AppTest) -> None:
    app.button(key="voices_record_all").click().run()
    finish(app)


def test_every_voice_of_the_preferred_model_is_there_and_nothing_is_bought(
    voices: AppTest, service: StandIn
) -> None:
    assert len(names(voices)) == 22
    assert "22 voices · 0 samples ready · 22 not recorded yet" in words(voices)
    assert buttons(voices).count("Hear it · about $0.001") == 22
    assert "Record all samples · 22, about $0.017" in buttons(voices)
    assert service.posts == 0


@pytest.mark.parametrize(
    ("model", "card"),
    [
        ("inworld/tts-1-max", "Wendymiddle-aged, poshWoman, British English"),
        (
            "inworld/tts-1-max",
            "Elizabethmiddle-aged, professional, for narration, voice-overWoman, English",
        ),
        ("offline", "Petraplain, roboticWoman, German"),
    ],
)
def test_a_card_says_what_is_documented_and_no_more(model: str, card: str, voices: AppTest) -> None:
    voices.selectbox(key="voices_model").set_value(model).run()
    assert card in words(voices)


def test_a_sample_is_bought_once_for_the_installation(voices: AppTest, service: StandIn) -> None:
    hear(voices, "Ashley")
    assert players(voices) == 1
    assert "22 voices · 1 sample ready · 21 not recorded yet" in words(voices)
    voices.session_state["_browser"] = "another browser"
    voices.run()
    assert players(voices) == 1
    assert service.posts == 1


def test_the_sample_heard_in_studio_is_the_same_one(voices: AppTest, service: StandIn) -> None:
    hear(voices, "Ashley")
    voices.switch_page("pages/studio.py").run()
    assert "Hear this voice" in buttons(voices)


def test_all_samples_are_one_click_and_the_second_time_there_is_none(
    voices: AppTest, service: StandIn
) -> None:
    record_all(voices)
    assert players(voices) == 22
    assert "22 voices · 22 samples ready" in words(voices)
    assert "voices_record_all" not in [button.key for button in voices.button]
    assert service.posts == 22


def test_a_double_click_buys_no_sample_twice(voices: AppTest, service: StandIn) -> None:
    service.latency_s = 0.2
    hear_ashley = voices.button(key="voices_hear_Ashley")
    hear_ashley.click().run()
    hear_ashley.click().run()
    finish(voices)
    assert service.posts == 1


def test_what_is_found_is_what_all_means(voices: AppTest, service: StandIn) -> None:
    for found, who in {
        "british": ["Craig", "Olivia", "Ronald", "Wendy"],
        "maite": ["Maitê"],
        "portuguese": ["Heitor", "Maitê"],
    }.items():
        voices.text_input(key="voices_words").input(found).run()
        assert names(voices) == who
    assert names(voices) == ["Heitor", "Maitê"]
    assert "2 of 22 voices" in words(voices)
    record_all(voices)
    assert (players(voices), service.posts) == (2, 2)


def test_above_the_sum_of_settings_it_asks_once_more(voices: AppTest, service: StandIn) -> None:
    services().library.preferences.remember({"confirm_above_usd": 0.005})
    record_all(voices)
    assert "This will cost about $0.017." in words(voices)
    press(voices, "Not now")
    assert service.posts == 0
    record_all(voices)
    press(voices, "Go ahead, about $0.017")
    finish(voices)
    assert players(voices) == 22


def test_filters_narrow_and_exist_only_where_they_fit_a_voice(voices: AppTest) -> None:
    pills = voices.get("button_group")[0]
    assert pills.options[:4] == ["Shortlist", "Favourites", "Women", "Men"]
    assert pills.options[4:] == ["American", "British", "Indian", "English", "Portuguese"]
    pills.set_value(["Women", "British", "Indian"]).run()
    assert names(voices) == ["Olivia", "Priya", "Wendy"]
    voices.selectbox(key="voices_model").set_value("offline").run()
    pills = voices.get("button_group")[0]
    assert not {"Men", "Indian", "Portuguese"} & set(pills.options)
    assert {"Women", "British", "German"} <= set(pills.options)
    assert pills.value == ["Women", "British"]


def test_nothing_found_leads_back_to_all(voices: AppTest) -> None:
    voices.text_input(key="voices_words").input("martian").run()
    assert names(voices) == []
    assert "No voice is like that." in words(voices)
    press(voices, "Show all voices")
    assert len(names(voices)) == 22


def test_the_shortlist_is_everybody_s_and_comes_first_in_every_select(voices: AppTest) -> None:
    for voice in ("Wendy", "Craig"):
        voices.button(key=f"voices_shortlist_{voice}").click().run()
    voices.session_state["_browser"] = "another browser"
    voices.get("button_group")[0].set_value(["Shortlist"]).run()
    assert names(voices) == ["Craig", "Wendy"]
    voices.switch_page("pages/studio.py").run()
    select = drawn(voices.selectbox, "studio_voice")
    assert [option.split(" ")[0] for option in select.options[:3]] == ["Craig", "Wendy", "Alex"]
    assert (len(select.options), select.value) == (22, "Ashley")
    assert select.options[select.proto.default].startswith("Ashley")
    voices.switch_page("pages/settings.py").run()
    options = voices.selectbox(key="settings_voice").options
    assert [option.split(" ")[0] for option in options[:2]] == ["Craig", "Wendy"]
    voices.switch_page("pages/voices.py").run()
    voices.button(key="voices_shortlist_Craig").click().run()
    assert list(services().library.preferences.get().shortlist) == ["Wendy"]


def test_favourites_are_one_person_s_own(voices: AppTest) -> None:
    voices.button(key="voices_heart_Craig").click().run()
    assert voices.button(key="voices_heart_Craig").label == "Remove Craig from favourites"
    voices.get("button_group")[0].set_value(["Favourites"]).run()
    assert names(voices) == ["Craig"]
    voices.session_state["_browser"] = "another browser"
    voices.run()
    assert names(voices) == []


def test_own_words_have_a_price_and_samples_of_their_own(voices: AppTest, service: StandIn) -> None:
    hear(voices, "Ashley")
    voices.text_input(key="voices_line").input("Welcome to Porto.").run()
    assert "Hear it · under $0.001" in buttons(voices)
    line = "Welcome to Porto, the city of bridges. " * 5
    voices.text_input(key="voices_line").input(line).run()
    assert "0 samples ready" in words(voices)
    assert "Hear it · about $0.003" in buttons(voices)
    hear(voices, "Ashley")
    assert players(voices) == 1
    sent = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert sent[1] == line.strip()
    voices.text_input(key="voices_line").input("").run()
    assert "1 sample ready" in words(voices)
    assert service.posts == 2


def test_own_words_and_the_model_outlast_the_visit(voices: AppTest) -> None:
    voices.text_input(key="voices_line").input("Bom dia").run()
    voices.selectbox(key="voices_model").set_value("inworld/tts-1-5-mini").run()
    voices.switch_page("pages/library.py").run()
    voices.switch_page("pages/voices.py").run()
    assert voices.text_input(key="voices_line").value == "Bom dia"
    assert voices.selectbox(key="voices_model").value == "inworld/tts-1-5-mini"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("…", "nothing to say"),
        ("x" * 500_001, "500,001 characters"),
        ("One sentence more. " * 200, "long for a first try"),
    ],
)
def test_words_that_cannot_be_tried_are_said_and_buy_nothing(
    line: str, sentence: str, voices: AppTest
) -> None:
    voices.text_input(key="voices_line").input(line).run()
    assert not voices.exception
    assert sentence in words(voices)
    assert not any(label.startswith(("Hear", "Record")) for label in buttons(voices))
    assert len(names(voices)) == 22


def test_words_the_offline_voice_cannot_say_are_explained_on_its_card(voices: AppTest) -> None:
    voices.selectbox(key="voices_model").set_value("offline").run()
    voices.text_input(key="voices_line").input("😀😀").run()
    hear(voices, "heart")
    assert "The sample was not made." in words(voices)
    assert "Nothing was charged" not in words(voices)  # these voices never cost anything
    assert not {"Try again", "Use again"} & set(buttons(voices))  # the same words would fail again
    assert "Dismiss" in buttons(voices)


def test_a_failure_stands_on_its_card_and_is_tried_again_there(
    voices: AppTest, service: StandIn
) -> None:
    service.fault(faults.status(503), times=3)
    hear(voices, "Ashley")
    assert "The sample was not made." in words(voices)
    assert "Nothing was charged." in words(voices)
    assert "Use a built-in voice, free" not in buttons(voices)
    press(voices, "Try again")
    finish(voices)
    assert players(voices) == 1
    assert "The sample was not made." not in words(voices)


def test_recording_all_takes_the_failed_ones_along_and_clears_their_cards(
    voices: AppTest, service: StandIn
) -> None:
    service.fault(faults.status(503), times=3)
    hear(voices, "Ashley")
    assert "Record all samples · 22, about $0.017" in buttons(voices)
    record_all(voices)
    assert players(voices) == 22
    browser = voices.session_state["_browser"]
    assert services().library.listing.unfinished(browser, "sample") == []


def test_an_unclear_charge_is_checked_on_its_card_and_bought_by_no_batch(
    voices: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charges, "RECORDS_LATE_S", 0.0)
    service.fault(faults.lost_response())
    hear(voices, "Ashley")
    assert "May have been charged." in words(voices)
    assert any(label.startswith("Record all samples · 21") for label in buttons(voices))
    press(voices, "Check")
    assert "It was charged." in words(voices)
    record_all(voices)
    assert (players(voices), service.posts) == (21, 22)


def test_a_cancelled_sample_is_simply_not_recorded_yet(voices: AppTest, service: StandIn) -> None:
    service.hold()
    voices.button(key="voices_record_all").click().run()
    press(voices, "Cancel")
    service.release()
    finish(voices)
    sold = service.posts
    assert sold < 22
    assert players(voices) == sold
    assert len([label for label in buttons(voices) if label.startswith("Hear it")]) == 22 - sold
    assert any(each.startswith(f"Record all samples · {22 - sold}") for each in buttons(voices))
    voices.switch_page("pages/studio.py").run()
    assert "cancelled" not in words(voices)


def test_without_a_key_the_offline_voices_are_heard_at_once(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "voices")
    assert "You are on the built-in voices." in words(app)
    app.button(key="studio_hide_offline").click().run()
    assert "You are on the built-in voices." not in words(app)
    assert "Heart" in names(app)
    hear(app, "heart")
    assert players(app) == 1
    assert service.seen == []


def test_without_a_key_a_cloud_voice_says_that_it_needs_one(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "voices")
    app.selectbox(key="voices_model").set_value("inworld/tts-1-5-max").run()
    assert len(names(app)) == 22
    assert "These voices need a key." in words(app)
    assert not any(label.startswith("Record all") for label in buttons(app))
    app.button(key="voices_hear_Craig").click().run()
    assert "This voice needs a key, and there is none." in words(app)
    assert app.button(key="voices_key_Craig").label == "Add a key"
    app.button(key="voices_heart_Olivia").click().run()
    assert "and there is none" not in words(app)
    app.button(key="voices_hear_Craig").click().run()
    app.button(key="voices_key_Craig").click().run()
    assert app.title[0].value == "Settings"
    assert service.posts == 0


def test_a_retired_model_says_so_beside_the_choice_and_offers_the_next(voices: AppTest) -> None:
    assert "deprecated" in words(voices)
    voices.button(key="voices_successor").click().run()
    assert voices.selectbox(key="voices_model").value == "inworld/tts-1-5-max"
    assert "deprecated" not in words(voices)


def test_use_this_voice_opens_studio_with_it_and_leaves_the_text(app: AppTest) -> None:
    app.run()
    app.text_area(key="studio_text").input("Half a sen").run()
    app.switch_page("pages/voices.py").run()
    app.selectbox(key="voices_model").set_value("inworld/tts-1-5-mini").run()
    app.button(key="voices_use_Craig").click().run()
    assert app.title[0].value == "Studio"
    assert drawn(app.text_area, "studio_text").value == "Half a sen"
    assert drawn(app.selectbox, "studio_voice").value == "Craig"
    assert model_box(app).value == "inworld/tts-1-5-mini"


def test_a_cloud_voice_stays_chosen_in_studio_without_a_key(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "voices")
    app.selectbox(key="voices_model").set_value("inworld/tts-1-5-mini").run()
    app.button(key="voices_use_Craig").click().run()
    assert app.title[0].value == "Studio"
    assert drawn(app.selectbox, "studio_voice").value == "Craig"
    assert model_box(app).value == "inworld/tts-1-5-mini"


def test_however_many_voices_the_library_is_asked_for_them_at_once(voices: AppTest) -> None:
    record_all(voices)
    asked: list[str] = []
    sa.event.listen(
        services().library.database._readers,
        "before_cursor_execute",
        lambda connection, cursor, statement, *rest: asked.append(statement),
    )
    voices.run()
    assert sum("FROM recordings" in statement for statement in asked) == 2


def test_a_sample_that_was_refused_is_not_tried_in_vain(voices: AppTest, service: StandIn) -> None:
    service.fault(faults.refuse("bad request"), times=1)
    hear(voices, "Ashley")
    assert "The sample was not made." in words(voices)
    assert "Dismiss" in buttons(voices)
    assert not {"Try again", "Use again"} & set(buttons(voices))
