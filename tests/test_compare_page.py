"""Compare without a browser: its requests to the service, and what it shows of the answers."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.compare import take_away
from lib.ui.services import services
from tests.service import StandIn, faults
from tests.test_library_page import visit
from tests.test_studio_page import buttons, finish, press, words

SCRIPT = "Welcome to our store."


def record(app: AppTest) -> None:
    if not app.text_area:
        visit(app, "compare")
    app.text_area(key="compare_script").set_value(SCRIPT).run()
    app.button(key="compare_record").click().run()
    finish(app)


def label(app: AppTest) -> str:
    return app.button(key="compare_record").label


def test_a_voice_whose_charge_is_unclear_waits_for_its_card_and_is_not_sent_again(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.lost_response(), times=1)
    record(app)
    assert "1 charge to be cleared up below" in words(app)
    assert "May have been charged." in words(app)
    app.button(key="compare_record").click().run()
    finish(app)
    assert service.posts == 4


def test_a_voice_that_failed_for_nothing_is_recorded_with_the_next_press(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("bad request"), times=1)
    record(app)
    assert label(app) == "Record 1 voice"
    assert not [name for name in buttons(app) if name.startswith("Use ")]
    app.button(key="compare_record").click().run()
    finish(app)
    audition = services().library.auditions
    assert [each.clip.state for each in audition.candidates(1)] == ["ready"] * 4
    assert service.charges == 4


def test_a_voice_that_failed_says_why_and_is_tried_alone(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_PACE", "1")
    service.fault(faults.status(503), times=3)
    record(app)
    assert "The clip was not made." in words(app)
    press(app, "Try again")
    finish(app)
    audition = services().library.auditions
    assert [each.clip.state for each in audition.candidates(1)] == ["ready"] * 4
    assert (service.posts, service.charges) == (7, 4)


def test_voices_that_were_refused_alike_are_one_card_and_are_not_tried_in_vain(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("bad request"), times=4)
    record(app)
    assert words(app).count("not made.") == 1
    assert "4 clips were not made." in words(app)
    assert buttons(app).count("Dismiss") == 1
    assert not [each for each in buttons(app) if "again" in each]


def test_without_a_key_the_built_in_voices_are_compared_for_nothing(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "compare")
    app.text_area(key="compare_script").set_value(SCRIPT).run()
    assert label(app).startswith("Record 4 voices")
    record(app)
    audition = services().library.auditions
    assert [each.clip.state for each in audition.candidates(1)] == ["ready"] * 4
    assert service.posts == 0


def test_a_sum_above_the_limit_is_asked_once_for_all(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_CONFIRM_ABOVE_USD", "0.0001")
    record(app)
    assert service.posts == 0
    assert re.search(r"This will cost about \$0\.001", words(app))
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.posts == 4


def test_each_voice_is_recorded_by_each_chosen_model(app: AppTest, service: StandIn) -> None:
    visit(app, "compare")
    models = ["inworld/tts-1-max", "inworld/tts-1-5-mini"]
    app.button_group(key="compare_models").set_value(models).run()
    record(app)
    asked = {
        (seen.json["model"], seen.json["voice"]) for seen in service.seen if seen.method == "POST"
    }
    assert len(asked) == service.posts == 8
    assert {model for model, _ in asked} == set(models)


def test_a_take_away_file_too_large_to_mail_says_so_and_offers_a_smaller_one(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(app)
    monkeypatch.setattr(take_away, "LARGE_BYTES", 1_000)
    app.session_state["compare_take_away"] = True
    app.run()
    assert "Many mail programs refuse more than 20 MB." in words(app)
    assert app.toggle(key="compare_take_away_light").value is True

    audition = services().library.auditions.get(1)
    assert audition
    ready = services().library.auditions.candidates(1)
    usual, light = (
        take_away.file_of(audition, ready, {}, [], "", blind=False, light=light)
        for light in (False, True)
    )
    assert len(light) < 0.8 * len(usual)


def test_no_words_and_no_voice_are_said_in_words(app: AppTest, service: StandIn) -> None:
    visit(app, "compare")
    app.button(key="compare_record").click().run()
    assert "There is nothing to say yet." in words(app)
    app.text_area(key="compare_script").set_value(SCRIPT).run()
    app.button(key="compare_none").click().run()
    app.button(key="compare_record").click().run()
    assert "No voice is chosen." in words(app)
    assert service.posts == 0


def test_a_deleted_audition_comes_back_with_its_name(app: AppTest) -> None:
    record(app)
    services().library.auditions.save(1, "Phone voices")
    app.session_state["compare_saved"] = True
    app.run()
    app.button(key="compare_delete_1").click().run()
    assert "“Phone voices” deleted" in words(app)
    app.button(key="compare_undo").click().run()
    assert "“Phone voices” deleted" not in words(app)
    assert [each.title for each in services().library.auditions.saved("local")] == ["Phone voices"]


def test_a_script_that_is_not_recorded_is_kept_when_an_audition_is_opened(app: AppTest) -> None:
    def script() -> str:
        return str(app.text_area(key="compare_script").value)

    record(app)
    services().library.auditions.save(1, "First")
    app.text_area(key="compare_script").set_value("Half a thought").run()
    app.session_state["compare_saved"] = True  # its popover
    app.run()
    app.button(key="compare_open_1").click().run()
    assert script() == SCRIPT
    press(app, "Put my text back")
    assert script() == "Half a thought"
    assert "Put my text back" not in buttons(app)  # what it replaced is recorded
