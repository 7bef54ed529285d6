"""Studio's clips without a browser: their price, their life after the click, their failures."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from lib.jobs import manager
from lib.lexicon import Entry
from lib.library.listing import Wanted
from lib.ui.services import services
from tests.conftest import drawn
from tests.service import StandIn, faults
from tests.test_library_page import visit
from tests.test_studio_page import buttons, downloads, finish, generate, press, words

TITLE = re.compile(r'class="card-title"[^>]* title="([^"]+)"')
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
    assert (downloads(app), service.posts) == (1, 1)
    assert "You have this clip already." in words(app)


def titles(app: AppTest) -> list[str]:
    """Of the cards, in their order."""
    html = [str(each.proto.body) for each in app.get("html")]
    return [unescape(found[1]) for each in html if (found := TITLE.search(each))]


def test_what_exists_is_shown_first_until_there_is_a_newer_clip(
    app: AppTest, service: StandIn
) -> None:
    for text in (HELLO, "A second.", "A third.", "A fourth.", "A fifth."):
        generate(app, text)
    assert HELLO not in titles(app)
    generate(app, HELLO)
    assert titles(app) == [HELLO, "A fifth.", "A fourth.", "A third."]
    assert service.posts == 5
    generate(app, "A sixth.")
    assert titles(app) == ["A sixth.", "A fifth.", "A fourth.", "A third."]


def test_what_would_sound_otherwise_is_made(app: AppTest, service: StandIn) -> None:
    generate(app, "Nordwind greets you.")
    services().library.lexicon.add(Entry("Nordwind", "North wind"))
    generate(app, "Nordwind greets you.")
    assert (downloads(app), service.posts) == (2, 2)


def test_what_sounds_otherwise_than_the_preferred_take_is_found_again(
    app: AppTest, service: StandIn
) -> None:
    generate(app, "Nordwind greets you.")
    press(app, "New take")
    finish(app)
    services().library.folds.prefer(1)
    services().library.lexicon.add(Entry("Nordwind", "North wind"))
    generate(app, "Nordwind greets you.")
    assert "Says “North wind” for “Nordwind”" in words(app)
    generate(app, "Nordwind greets you.")
    assert "You have this clip already." in words(app)
    assert "Says “North wind” for “Nordwind”" in words(app)
    assert service.posts == 3
    assert services().library.listing.ids(Wanted(owner="local")) == [3]


def test_a_clip_whose_file_is_gone_is_made_again(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manager, "DOUBLE_CLICK_S", 0.0)
    generate(app, HELLO)
    (clip,) = services().library.listing.many([1])
    path = services().library.files.local(clip.file or "")
    assert path
    path.unlink()
    generate(app, HELLO)
    assert "You have this clip already." not in words(app)
    press(app, "Try again")
    finish(app)
    generate(app, HELLO)
    assert "You have this clip already." in words(app)
    assert service.posts == 2


def test_of_several_takes_the_one_that_is_used_is_shown(app: AppTest, service: StandIn) -> None:
    generate(app, HELLO)
    press(app, "New take")
    finish(app)
    services().library.folds.prefer(1)
    for text in ("A second.", "A third.", "A fourth.", HELLO):
        generate(app, text)
    assert titles(app)[0] == HELLO
    assert app.button(key="studio_take_1")
    assert service.posts == 5


def test_a_new_take_is_another_recording_of_the_same_words(app: AppTest, service: StandIn) -> None:
    generate(app, HELLO)
    press(app, "New take")
    finish(app)
    assert (downloads(app), service.posts) == (2, 2)
    assert "take 2" in words(app)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [HELLO] * 2


def test_what_is_typed_is_kept_when_a_clip_fills_the_form(app: AppTest) -> None:
    generate(app, HELLO)
    press(app, "Use again")  # what is in the form has become a clip
    assert "Put my text back" not in buttons(app)
    drawn(app.text_area, "studio_text").input("Half a thought").run()
    press(app, "Use again")
    assert drawn(app.text_area, "studio_text").value == HELLO
    press(app, "Put my text back")
    assert drawn(app.text_area, "studio_text").value == "Half a thought"
    assert "Put my text back" not in buttons(app)


def test_all_that_was_written_comes_back_whatever_filled_the_form_since(app: AppTest) -> None:
    def text() -> str:
        return str(drawn(app.text_area, "studio_text").value)

    app.run()
    drawn(app.text_area, "studio_text").input("Half a thought").run()
    app.button(key="studio_ready_0").click().run()
    app.button(key="studio_ready_1").click().run()  # what the first put in is nobody's writing
    ready = text()
    visit(app, "library")
    visit(app, "studio")
    press(app, "Put my text back")
    assert text() == "Half a thought"
    assert "Put my text back" not in buttons(app)

    app.button(key="studio_ready_1").click().run()
    drawn(app.text_area, "studio_text").input(f"{ready} And more.").run()
    press(app, "Put my text back")
    assert text() == "Half a thought"
    press(app, "Put my text back")
    assert text() == f"{ready} And more."


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
