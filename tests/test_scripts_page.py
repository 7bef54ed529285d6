"""Scripts without a browser: what a click will cost, what is then sent, and what is kept."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.house import house
from tests.service import StandIn, faults
from tests.test_jobs import wait_for
from tests.test_library_page import visit
from tests.test_studio_page import buttons, press, words

TABLE = "Title,Text,Voice\nwelcome,Welcome to our store.,Ashley\nhold,Please hold.,Craig\n"
CELLS = "Title\tText\nwelcome\tWelcome to our store.\nhold\tPlease hold.\n"
TWICE = f"{TABLE}again,Please hold.,Craig\n"
DIALOGUE = "Ashley: Good morning. How can I help?\nCraig: I have lost my ticket."
DOCUMENT = "# First\n\nOne is here. Two is here.\n\n# Second\n\nThree is here."


def use(app: AppTest, text: str) -> None:
    """Paste a script into the empty page and take it."""
    if not app.text_area:
        visit(app, "scripts")
    app.text_area(key="scripts_paste").input(text).run()
    press(app, "Use this text")


def record(app: AppTest) -> None:
    app.button(key="scripts_record").click().run()
    settle(app)


def settle(app: AppTest) -> None:
    """Wait until no script is being recorded, and draw the page that shows it."""
    wait_for(lambda: not any(_works(script.id) for script in house().library.scripts.saved("local")))
    app.run()
    assert not app.exception


def _works(script_id: int) -> bool:
    batch = house().jobs.batch(script_id)
    return batch is not None and (batch.state == "running" or batch.is_settling)


def label(app: AppTest) -> str:
    return app.button(key="scripts_record").label


def states(app: AppTest) -> list[str]:
    return [str(state) for state in app.dataframe[0].value["State"]]


def typed(app: AppTest) -> str | None:
    (box,) = app.text_area
    return box.value


def sent(service: StandIn) -> list[str]:
    return [seen.json["text"] for seen in service.seen if seen.method == "POST"]


def new_script(app: AppTest) -> None:
    app.session_state["scripts_saved"] = True
    app.run()
    press(app, "New script")


@pytest.mark.parametrize(
    ("place", "facts", "asked"),
    [
        (0, "Table · 4 rows", "Record 4 rows"),
        (1, "Dialogue", "Record 6 sentences"),
        (2, "Document · 2 clips", "Record 7 sentences"),
    ],
)
def test_the_empty_page_offers_scripts_that_can_be_recorded_as_they_are(
    place: int, facts: str, asked: str, app: AppTest, service: StandIn
) -> None:
    visit(app, "scripts")
    app.button(key=f"scripts_{place}_use").click().run()
    assert facts in words(app)
    assert label(app) == asked
    assert "cannot be recorded" not in words(app)
    assert service.posts == 0


@pytest.mark.parametrize(
    ("text", "facts", "asked"),
    [
        (TABLE, "Table · 2 rows", "Record 2 rows"),
        (CELLS, "Table · 2 rows", "Record 2 rows"),
        (DIALOGUE, "Dialogue", "Record 3 sentences"),
        (DOCUMENT, "Document · 2 clips", "Record 5 sentences"),
        ("Just one line.", "Document · 1 clip", "Record 1 sentence"),
    ],
)
def test_what_is_pasted_is_taken_for_what_it_is(
    text: str, facts: str, asked: str, app: AppTest, service: StandIn
) -> None:
    use(app, text)
    assert f"{facts} · saved just now" in words(app)
    assert label(app) == asked
    assert service.posts == 0


def test_a_text_can_be_read_as_the_other_kind_and_back(app: AppTest, service: StandIn) -> None:
    use(app, DIALOGUE)
    press(app, "Read it as a document")
    assert "Document · 1 clip" in words(app)
    assert typed(app) == DIALOGUE
    press(app, "Read it as a dialogue")
    assert "Who speaks" in [header.value for header in app.header]
    assert typed(app) == DIALOGUE
    assert service.posts == 0


@pytest.mark.parametrize(
    ("text", "asked"), [(TWICE, (3, 2)), (DIALOGUE, (3, 3)), (DOCUMENT, (5, 5))]
)
def test_the_price_line_the_button_and_the_bill_count_the_same(
    text: str, asked: tuple[int, int], app: AppTest, service: StandIn
) -> None:
    use(app, text)
    whole, new = asked
    assert re.search(f"{whole} rows, {new} new|{new} of {whole} sentences new", words(app))
    assert re.fullmatch(rf"Record {new} \w+s", label(app))
    assert service.posts == 0
    record(app)
    assert (service.posts, service.charges) == (new, new)
    assert re.search(rf"{whole} (rows|sentences) · all recorded", words(app))


def test_a_sum_above_the_limit_of_settings_is_asked_before_anything_is_sent(
    app: AppTest, service: StandIn
) -> None:
    visit(app, "settings")
    app.number_input(key="settings_confirm_above_usd").set_value(0.0).run()
    visit(app, "scripts")
    use(app, TABLE)
    for answer in ("work_no", "work_yes"):
        record(app)
        assert "This will cost" in words(app)
        assert "2 clips to record" in words(app)
        assert service.posts == 0
        app.button(key=answer).click().run()
    settle(app)
    assert service.charges == 2


def test_a_row_with_an_unknown_voice_asks_for_one_and_is_not_sent(
    app: AppTest, service: StandIn
) -> None:
    use(app, TABLE.replace("Craig", "Bob"))
    assert states(app) == ["New", "! Choose a voice"]
    assert "2 rows, 1 new · Choose a voice" in words(app)
    record(app)
    assert sent(service) == ["Welcome to our store."]
    assert states(app) == ["✓ Recorded", "! Choose a voice"]
    assert "all recorded" not in words(app)


def test_one_changed_sentence_is_all_that_is_new(app: AppTest, service: StandIn) -> None:
    use(app, DOCUMENT)
    record(app)
    app.text_area[0].set_value(DOCUMENT.replace("Two", "Four")).run()
    assert "1 of 3 sentences new · 1 reused: free" in words(app)
    assert label(app) == "Record 1 sentence"
    record(app)
    assert sent(service)[5:] == ["Four is here."]


def test_a_failed_row_says_why_and_is_tried_again_by_itself(app: AppTest, service: StandIn) -> None:
    service.fault(faults.refuse("bad request"), times=2)
    use(app, TABLE)
    record(app)
    assert all("did not accept the voice" in state for state in states(app))
    assert buttons(app).count("Retry") == 2
    press(app, "Retry")
    settle(app)
    assert states(app)[0] == "✓ Recorded"
    assert "did not accept the voice" in states(app)[1]
    assert sent(service)[2:] == ["Welcome to our store."]


def test_a_row_that_may_have_been_charged_is_not_sent_again(app: AppTest, service: StandIn) -> None:
    service.fault(faults.lost_response())
    use(app, TABLE)
    record(app)
    assert "1 charge to be cleared up" in words(app)
    assert "Check" in buttons(app)
    assert not [name for name in buttons(app) if name.startswith("Record")]
    assert service.posts == 2


def test_a_key_that_may_not_do_it_pauses_with_a_sentence_and_another_goes_on(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("not allowed"), times=2)
    use(app, "Title,Text\n" + "".join(f"{n},Line {n}.\n" for n in range(6)))
    record(app)
    assert app.get("progress")[0].proto.text.startswith("Paused")
    assert "This key may not do that." in words(app)
    assert service.posts <= 2
    press(app, "Resume")
    settle(app)
    failed = sum("key may not do that" in state for state in states(app))
    assert label(app) == f"Record {failed} row{'s' if failed > 1 else ''}"
    record(app)
    assert "6 rows · all recorded" in words(app)
    assert service.charges == 6


def test_without_a_key_the_offline_voice_speaks_for_nothing(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    use(app, "Title,Text\nhold,Please hold.\n")
    assert "1 row, 1 new · free" in words(app)
    record(app)
    assert states(app) == ["✓ Recorded"]
    assert service.seen == []  # not even for its prices


def test_a_deleted_script_comes_back_with_what_is_recorded(app: AppTest, service: StandIn) -> None:
    use(app, TABLE)
    record(app)
    press(app, "Delete script")
    assert app.text_area(key="scripts_paste")
    press(app, "Undo")
    assert "2 rows · all recorded" in words(app)
    assert "deleted" not in words(app)
    assert service.posts == 2


def test_what_another_script_has_recorded_is_put_together_for_nothing(
    app: AppTest, service: StandIn
) -> None:
    use(app, TABLE)
    record(app)
    new_script(app)
    use(app, TABLE)
    assert "2 rows, 2 new · free" in words(app)
    assert label(app) == "Put together, free"
    record(app)
    assert states(app) == ["✓ Recorded"] * 2
    assert service.posts == 2


def test_a_new_take_is_paid_once_seen_and_the_first_can_be_had_again(
    app: AppTest, service: StandIn
) -> None:
    use(app, "Title,Text\nhold,Please hold.\n")
    record(app)
    press(app, "New take")
    assert states(app) == ["Changed"]
    assert service.posts == 1
    record(app)
    assert service.charges == 2
    (take,) = [box for box in app.selectbox if box.label == "Take"]
    take.set_value(1).run()
    assert "1 row · all recorded" in words(app)
    assert service.charges == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n\u200b", "There is nothing to use yet."),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "no caption with words"),
    ],
)
def test_a_text_that_cannot_be_used_stays_where_it_was_pasted(
    text: str, sentence: str, app: AppTest
) -> None:
    use(app, text)
    assert sentence in words(app)
    assert typed(app) == text
    assert house().library.scripts.saved("local") == []


def test_a_speaker_without_a_voice_stops_the_recording_and_keeps_the_text(
    app: AppTest, service: StandIn
) -> None:
    use(app, DIALOGUE)
    text = f"{DIALOGUE}\nBob: Here it is."
    app.text_area[0].set_value(text).run()
    assert "Choose a voice for Bob" in words(app)
    assert "Record" not in " ".join(buttons(app))
    assert typed(app) == text
    next(box for box in app.selectbox if box.label == "Voice of Bob").set_value("Craig").run()
    assert label(app) == "Record 4 sentences"
    assert service.posts == 0
