"""Library and Settings without a browser."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from lib.library.listing import Wanted
from lib.library.tables.clips import clips
from lib.ui.services import services
from tests.conftest import drawn
from tests.service import StandIn
from tests.test_library import make
from tests.test_studio_page import words


def visit(app: AppTest, page: str) -> None:
    """Open a page through app.py, as a visitor with this address."""
    app.query_params["_goto"] = page
    app.run()
    assert not app.exception


def shelf(app: AppTest) -> dict[str, Any]:
    """What the browser is sent of the list."""
    (sent,) = [each.proto.json for each in app.get("bidi_component") if "shelf" in each.proto.id]
    return dict(json.loads(sent)[0])


def shown(app: AppTest) -> list[str]:
    return [" ".join(f"{row['title']} {row['text']}".split()) for row in shelf(app)["rows"]]


@pytest.fixture
def full(app: AppTest) -> AppTest:
    library = services().library
    for number in range(60):
        make(library, f"Clip number {number}", browser="another browser")
    make(library, "Bom dia", voice="Heitor")
    return app


def test_the_library_has_every_clip_of_every_browser_and_sends_some_at_a_time(
    full: AppTest,
) -> None:
    for number in range(60, 120):
        make(services().library, f"Clip number {number}", browser="another browser")
    visit(full, "library")
    assert len(shown(full)) == 50
    assert shelf(full)["found"] == 121
    assert "121 clips" in words(full)
    assert shown(full)[0] == "Clip number 119"


def test_the_library_is_searched_by_words_voice_and_star(full: AppTest) -> None:
    visit(full, "library")
    full.text_input(key="library_words").input("number 42").run()
    assert shown(full) == ["Clip number 42"]
    full.text_input(key="library_words").input("").run()
    full.selectbox(key="library_voice").set_value("Heitor").run()
    assert shown(full) == ["Bom dia"]
    assert "1 of 61 clips" in words(full)
    full.toggle(key="library_starred").set_value(True).run()
    assert "No clip is like that" in words(full)
    full.button(key="library_clear").click().run()
    assert shelf(full)["found"] == 61
    assert full.selectbox(key="library_voice").value is None
    assert not full.toggle(key="library_starred").value


def test_clips_of_scripts_are_there_too_and_can_be_left_out(full: AppTest) -> None:
    make(services().library, "Please hold.", kind="line")
    visit(full, "library")
    assert shown(full)[0] == "Please hold."
    full.selectbox(key="library_kind").set_value("line").run()
    assert shown(full) == ["Please hold."]
    full.selectbox(key="library_kind").set_value("clip").run()
    assert shown(full)[0] == "Bom dia"


def test_another_first_day_is_another_list(full: AppTest) -> None:
    visit(full, "library")
    today = date.today()
    long_ago_s = datetime.combine(today - timedelta(days=2), time.min).timestamp()
    with services().library.database.write() as connection:
        connection.execute(sa.update(clips).where(clips.c.id == 61).values(made_at_s=long_ago_s))
    for first, count in ((today, 60), (today - timedelta(days=3), 61), (today, 60)):
        full.date_input(key="library_days").set_value((first, today)).run()
        assert shelf(full)["found"] == count


def test_a_name_that_somebody_gave_stands_in_the_list(full: AppTest) -> None:
    services().library.clips.rename(61, "Greeting")
    visit(full, "library")
    assert shown(full)[0] == "Greeting Bom dia"


def test_takes_of_one_text_are_one_row_with_the_one_that_is_used(full: AppTest) -> None:
    first = services().library.listing.ids(Wanted(owner="local", words="number 55"))[0]
    second = make(services().library, "Clip number 55", browser="another browser")
    visit(full, "library")
    assert shown(full)[0] == "Clip number 55"
    assert shelf(full)["found"] == 61
    takes = [(take["id"], take["on_top"]) for take in shelf(full)["rows"][0]["takes"]]
    assert takes == [(first, False), (second.id, True)]
    full.session_state["_library_clip"] = second.id
    full.run()
    full.button(key=f"library_prefer_{first}").click().run()
    rows = {row["id"]: row for row in shelf(full)["rows"]}
    assert first in rows
    assert second.id not in rows
    assert [take["on_top"] for take in rows[first]["takes"]] == [True, False]


def test_a_tick_stays_with_its_row_when_another_take_is_used(full: AppTest) -> None:
    first = services().library.listing.ids(Wanted(owner="local", words="number 55"))[0]
    second = make(services().library, "Clip number 55", browser="another browser")
    visit(full, "library")
    full.session_state["_library_shelf_ticked"] = [second.id]
    full.session_state["_library_clip"] = second.id
    full.run()
    full.button(key=f"library_prefer_{first}").click().run()
    assert shelf(full)["ticks"]["ids"] == [first]
    assert "1 clip chosen" in words(full)


def test_the_whole_text_of_a_clip_can_be_read(full: AppTest) -> None:
    text = "\n".join(f"Line {number} of *many*." for number in range(100))
    clip = make(services().library, text)
    visit(full, "library")
    full.session_state["_library_clip"] = clip.id
    full.run()
    assert full.code[0].value == text


def test_a_match_deep_in_a_text_is_shown(full: AppTest) -> None:
    make(
        services().library,
        "Much before it. " * 30 + "Meet at the CAFÉ of the station. " + "And on. " * 9,
    )
    visit(full, "library")
    full.text_input(key="library_words").input("cafe").run()
    (row,) = shelf(full)["rows"]
    assert row["text"].startswith("…Meet at the CAFÉ of the station.")
    assert shelf(full)["words"] == ["cafe"]


def test_an_empty_library_says_where_clips_come_from(app: AppTest) -> None:
    visit(app, "library")
    assert "Nothing here yet" in words(app)
    assert app.button(key="library_studio").label == "Make a first clip"


def test_a_row_is_deleted_from_its_card_with_what_lies_under_it_and_comes_back(
    app: AppTest,
) -> None:
    library = services().library
    for text in ("Hello", "Hello", "Goodbye"):
        make(library, text)
    visit(app, "library")
    app.session_state["_library_clip"] = 2
    app.session_state["_library_shelf_ticked"] = [2, 3]
    app.run()
    app.button(key="library_chosen_delete_2").click().run()
    assert shown(app) == ["Goodbye"]
    assert "2 clips deleted, with their takes and older versions" in words(app)
    assert "1 clip chosen" in words(app)
    next(each for each in app.button if each.label == "Undo").click().run()
    assert shown(app) == ["Goodbye", "Hello"]


def test_a_clip_deleted_in_another_tab_is_simply_gone(full: AppTest) -> None:
    """B29"""
    visit(full, "library")
    full.session_state["_library_clip"] = 61
    full.run()
    assert full.button(key="library_chosen_star_61").label == "Star"
    services().library.clips.delete([61])
    full.run()
    assert not full.exception
    assert "Bom dia" not in shown(full)


def test_a_key_typed_in_settings_is_tried_and_never_written_down(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "settings")
    assert "No key yet" in words(app)
    app.text_input(key="settings_key").input(f"  {service.key} ")
    app.button(key="settings_use_key").click().run()
    assert "The key works." in words(app)
    assert "$100.00 left" in words(app)
    assert service.key not in words(app)
    database = services().settings.data_dir / "soundcheck.db"
    assert service.key.encode() not in database.read_bytes()
    assert service.posts == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("wrong-key", "not accepted"), ("two words", "does not look like a key"), ("", "No key was")],
)
def test_a_key_that_does_not_work_is_said(typed: str, sentence: str, app: AppTest) -> None:
    visit(app, "settings")
    app.text_input(key="settings_key").input(typed)
    app.button(key="settings_use_key").click().run()
    assert sentence in words(app)
    assert services().keys == {}


def test_what_is_set_stays_set(app: AppTest) -> None:
    visit(app, "settings")
    app.selectbox(key="settings_model").set_value("inworld/tts-1-5-mini").run()
    app.slider(key="settings_pace").set_value(8).run()
    app.number_input(key="settings_confirm_above_usd").set_value(2.5).run()
    kept = services().library.preferences.get()
    assert (kept.model, kept.pace, kept.confirm_above_usd) == ("inworld/tts-1-5-mini", 8, 2.5)
    assert services().engines.pace.limit == 8


def test_the_price_of_the_service_goes_before_our_guess(app: AppTest, service: StandIn) -> None:
    app.run()
    prices = services().prices
    assert prices.assumed_usd_per_million("inworld/tts-1-5-mini") == Decimal("6.5")
    while services().library.preferences.recall("prices") is None:
        pass
    asked = services().engines.client().prices(["inworld/tts-1-5-mini"])
    expected = asked["inworld/tts-1-5-mini"].usd_per_million
    assert prices.usd_per_million("inworld/tts-1-5-mini") == expected


def test_a_long_history_shows_its_totals(app: AppTest) -> None:
    app.run()
    browser = app.session_state["_browser"]
    for number in range(60):
        make(services().library, f"Mine {number}", browser=browser)
    app.run()
    assert shelf(app)["found"] == 60
    assert "60 clips · $0.12 in all" in words(app)


def test_new_defaults_reach_the_form_and_leave_its_text(app: AppTest) -> None:
    visit(app, "settings")
    services().library.drafts.put(
        app.session_state["_browser"], "studio", {"text": "Half a sen"}, owner="local"
    )
    app.selectbox(key="settings_voice").set_value("Craig").run()
    app.switch_page("pages/studio.py").run()
    assert drawn(app.selectbox, "studio_voice").value == "Craig"
    assert drawn(app.text_area, "studio_text").value == "Half a sen"
