"""Studio's clips without a browser: their price, their life after the click, their failures."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.jobs import manager
from tests.service import StandIn, faults
from tests.test_studio_page import buttons, downloads, finish, generate, press, words

HELLO = "Welcome to our store. For opening hours, press one."


def test_the_price_stands_beside_the_button_before_any_click(app: AppTest) -> None:
    app.run()
    app.text_area(key="studio_text").input(HELLO).run()
    assert "51 characters about 3 seconds about $0.001" in words(app).replace(" · ", " ")


def test_an_identical_second_generate_makes_no_call(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(app, HELLO)
    assert "already made: free" in words(app)
    monkeypatch.setattr(manager, "DOUBLE_CLICK_S", 0.0)
    generate(app, HELLO)
    assert (downloads(app), service.posts) == (2, 1)


def test_a_new_take_is_another_recording_of_the_same_words(app: AppTest, service: StandIn) -> None:
    generate(app, HELLO)
    press(app, "New take")
    finish(app)
    assert (downloads(app), service.posts) == (2, 2)
    assert "take 2" in words(app)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [HELLO] * 2


def test_delete_can_be_undone(app: AppTest) -> None:
    generate(app, HELLO)
    press(app, "Delete")
    assert downloads(app) == 0
    press(app, "Undo")
    assert downloads(app) == 1


def test_a_voice_is_heard_once_for_its_price_and_then_free(app: AppTest, service: StandIn) -> None:
    app.run()
    assert any(re.fullmatch(r"Hear this voice · about \$0\.001", each) for each in buttons(app))
    app.button(key="studio_hear").click().run()
    finish(app)
    assert "Hear this voice" in buttons(app)
    press(app, "Hear this voice")
    finish(app)
    assert service.posts == 1


def test_a_large_sum_is_asked_once_more(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_CONFIRM_ABOVE_USD", "0.0001")
    generate(app, HELLO)
    assert (downloads(app), service.posts) == (0, 0)
    press(app, "Go ahead, about $0.001")
    finish(app)
    assert (downloads(app), service.posts) == (1, 1)


def test_a_failure_says_what_happened_and_what_to_do(app: AppTest, service: StandIn) -> None:
    service.fault(faults.status(503), times=3)
    generate(app, HELLO)
    assert "The clip was not made." in words(app)
    assert "Nothing was charged, and your text is safe." in words(app)
    said = " ".join(
        [words(app), *(each.value for each in (*app.caption, *app.markdown, *app.text))]
    )
    assert "The service says: Service unavailable" in said
    assert app.text_area(key="studio_text").value == HELLO
    press(app, "Try again")
    finish(app)
    assert downloads(app) == 1


def test_an_unclear_charge_is_a_card_of_its_own(app: AppTest, service: StandIn) -> None:
    service.fault(faults.lost_response())
    generate(app, HELLO)
    assert "May have been charged." in words(app)
    press(app, "Check")
    assert "It was charged." in words(app)
    press(app, "Try again (paid twice)")
    finish(app)
    assert (downloads(app), service.posts) == (1, 2)
