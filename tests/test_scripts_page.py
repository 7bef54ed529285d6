"""Scripts without a browser: its requests to the service, and what it shows of the answers."""

import itertools
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lib import checkup
from lib.engines import OFFLINE
from lib.export.scripts import script_csv
from lib.lexicon import Entry
from lib.library.listing import Wanted
from lib.library.scripts import Row, Script
from lib.script import Line
from lib.scripting import state
from lib.scripting.cast import Usual
from lib.scripting.state import ScriptState
from lib.take_out import PreparedFiles
from lib.ui.scripts import lexicon, sheet
from lib.ui.scripts.take_out import files_of
from lib.ui.services import close, services
from tests.conftest import APP
from tests.quick import within
from tests.service import StandIn, faults
from tests.test_intake_office import by_hand
from tests.test_jobs import wait_for
from tests.test_library_page import shelf, visit
from tests.test_studio_page import buttons, finish, press, words

TABLE = "Title,Text,Voice\nwelcome,Welcome to our store.,Ashley\nhold,Please hold.,Craig\n"
CELLS = "Title\tText\nwelcome\tWelcome to our store.\nhold\tPlease hold.\n"
TWICE = f"{TABLE}again,Please hold.,Craig\n"
DIALOGUE = "Ashley: Good morning. How can I help?\nCraig: I have lost my ticket."
DOCUMENT = "# One\n\nThis is the first chapter.\n\n# Two\n\nThis is the second."
TWO = "# One\n\nThe first.\n\n# Two\n\nThe second."


NAMES = ["".join(letters) for letters in itertools.product("BCDFGHJK", repeat=4)][:3_000]


def write(app: AppTest, text: str) -> None:
    visit(app, "scripts")
    app.text_area(key="scripts_paste").input(text).run()
    app.button(key="scripts_use").click().run()
    assert not app.exception


def stored() -> str:
    script = services().library.scripts.get(1)
    assert script
    return script.text


def chosen(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Chapter")


def heading(app: AppTest) -> Any:
    return next(box for box in app.text_input if box.label == "Heading")


def record(app: AppTest) -> None:
    app.button(key="scripts_record").click().run()
    finish(app)


def open_list(app: AppTest) -> None:
    """Its popover has another key each time after it was closed."""
    key = "scripts_saved"
    with suppress(KeyError):
        key = f"scripts_saved_{app.session_state['_scripts_saved_turn']}"
    app.session_state[key] = True
    app.run()


def new_script(app: AppTest) -> None:
    open_list(app)
    app.button(key="scripts_new").click().run()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The id of a script for each time that its state is read."""
    found: list[int] = []
    read = state.state_of

    def counted(script: Script, **more: Any) -> ScriptState:
        found.append(script.id)
        return read(script, **more)

    monkeypatch.setattr(state, "state_of", counted)
    return found


def states(app: AppTest) -> list[str]:
    return [str(state) for state in app.dataframe[0].value["State"]]


def sent(service: StandIn) -> list[str]:
    return [seen.json["text"] for seen in service.seen if seen.method == "POST"]


def listed() -> list[int]:
    """The clips that the Library lists, the newest first."""
    return services().library.listing.ids(Wanted(owner="local"))


def label(app: AppTest) -> str:
    return app.button(key="scripts_record").label


@pytest.mark.parametrize(
    ("number", "facts", "asked"),
    [
        (0, "Table · 4 rows", "Record 4 rows"),
        (1, "Dialogue", "Record 6 sentences"),
        (2, "Document · 2 clips", "Record 7 sentences"),
    ],
)
def test_the_empty_page_offers_scripts_that_can_be_recorded_as_they_are(
    app: AppTest, service: StandIn, number: int, facts: str, asked: str
) -> None:
    visit(app, "scripts")
    app.button(key=f"scripts_{number}_use").click().run()
    assert facts in words(app)
    assert label(app) == asked
    assert service.posts == 0


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        (TABLE, "Table", "2 rows, 2 new"),
        (CELLS, "Table", "2 rows, 2 new"),
        (TWICE, "Table", "3 rows, 2 new"),
        (DIALOGUE, "Dialogue", "3 of 3 sentences new"),
        (DOCUMENT, "Document", "4 of 4 sentences new"),
    ],
)
def test_each_kind_is_recognised_and_priced_before_anything_is_sent(
    app: AppTest, service: StandIn, text: str, kind: str, count: str
) -> None:
    write(app, text)
    assert kind in words(app)
    assert count in words(app)
    number = re.findall(r"\d+", count)[-1]
    assert label(app).startswith(f"Record {number} ")
    assert service.posts == 0
    record(app)
    assert service.posts == int(number)
    assert "all recorded" in words(app)


@pytest.mark.parametrize("text", [TABLE, DIALOGUE, DOCUMENT])
def test_a_run_reads_the_script_once_and_a_click_on_record_once_more(
    app: AppTest, service: StandIn, reads: list[int], text: str
) -> None:
    service.hold()
    write(app, text)
    reads.clear()
    app.run()
    assert len(reads) == 1
    app.button(key="scripts_record").click().run()
    assert services().jobs.batch(1)
    assert len(reads) == 3  # the run before, the click, and the run that draws what came of it
    service.release()
    finish(app)


def test_a_kind_that_was_guessed_wrongly_is_changed_and_nothing_typed_is_lost(
    app: AppTest,
) -> None:
    write(app, DIALOGUE)
    app.button(key="scripts_kind").click().run()
    assert "Document" in words(app)
    assert next(box for box in app.text_area if box.label == "Script").value == DIALOGUE


def test_a_document_is_written_chapter_by_chapter_without_signs(app: AppTest) -> None:
    write(app, "# One\n\nThe first.\n\n# Two\n\nThe second.")
    assert chosen(app).options == ["One", "Two", "The whole text"]
    assert [heading(app).value, app.text_area[0].value] == ["One", "The first."]
    heading(app).set_value("Beginning").run()
    assert stored() == "# Beginning\n\nThe first.\n\n# Two\n\nThe second."

    chosen(app).set_value(1).run()
    services().library.scripts.change(1, text=stored().replace("first", "new first"))  # by another
    app.text_area[0].set_value("The last.\n\n# Three\n\nAnd more.").run()
    assert stored() == (
        "# Beginning\n\nThe new first.\n\n# Two\n\nThe last.\n\n# Three\n\nAnd more."
    )
    assert chosen(app).options == ["Beginning", "Two", "Three", "The whole text"]
    assert app.text_area[0].value == "The last."
    heading(app).set_value("  ").run()
    assert "# Two\n" in stored()
    assert heading(app).placeholder == "Two"

    chosen(app).set_value(-1).run()
    assert app.text_area[0].value == stored()
    app.text_area[0].set_value("# Only\n\nThis.\n\n# And\n\nThat.").run()
    assert app.text_area[0].value == stored()  # it stays open as it is


def test_a_heading_and_a_text_that_are_changed_at_once_are_stored_once(app: AppTest) -> None:
    write(app, "# One\n\nThe first.\n\n# Two\n\nThe second.")
    next(box for box in app.text_input if box.label == "Heading").set_value("Begin")
    app.text_area[0].set_value("The last.\n\n# New\n\nMore.").run()
    script = services().library.scripts.get(1)
    assert script
    assert script.text == "# Begin\n\nThe last.\n\n# New\n\nMore.\n\n# Two\n\nThe second."


def test_chapters_of_one_name_are_told_apart(app: AppTest) -> None:
    write(app, "# Song\n\nOne.\n\n# Song\n\nTwo.\n\n# Song (2)\n\nThree.\n\n# Song\n\nFour.")
    choice = next(box for box in app.selectbox if box.label == "Chapter")
    assert choice.options == ["Song", "Song (2)", "Song (2) (2)", "Song (3)", "The whole text"]
    choice.set_value(3).run()
    assert app.text_area[0].value == "Four."


def test_a_chapter_that_is_gone_keeps_what_was_typed(app: AppTest) -> None:
    write(app, TWO)
    chosen(app).set_value(1).run()
    services().library.scripts.change(1, text="All anew.")
    app.text_area[0].set_value("The last.").run()
    assert stored() == "All anew.\n\nThe last."
    assert "Somebody else has just changed the same lines." in words(app)


@pytest.mark.parametrize("field", ["heading", "text"])
def test_a_chapter_that_somebody_put_before_this_one_moves_nothing(
    app: AppTest, field: str
) -> None:
    write(app, TWO)
    chosen(app).set_value(1).run()
    services().library.scripts.change(1, text=f"# New\n\nNew words.\n\n{TWO}")
    if field == "heading":
        heading(app).set_value("End").run()
        assert stored() == f"# New\n\nNew words.\n\n{TWO}".replace("Two", "End")
    app.text_area[0].set_value("The last.").run()
    assert "# New\n\nNew words.\n\n# One\n\nThe first.\n\n#" in stored()
    assert stored().endswith("\n\nThe last.")
    assert "The second." not in stored()


def test_the_fields_show_what_somebody_else_has_written(app: AppTest) -> None:
    write(app, TWO)
    services().library.scripts.change(1, text=f"# New\n\nNew words.\n\n{TWO}")
    app.run()
    assert [heading(app).value, app.text_area[0].value] == ["One", "The first."]
    services().library.scripts.change(1, text=TWO.replace("first", "new first"))
    app.run()
    assert [heading(app).value, app.text_area[0].value] == ["One", "The new first."]
    heading(app).set_value("Begin").run()
    assert stored() == TWO.replace("One", "Begin").replace("first", "new first")


def test_what_somebody_adds_to_a_text_stays_while_it_is_written(app: AppTest) -> None:
    write(app, DIALOGUE)
    services().library.scripts.change(1, text=f"{DIALOGUE}\nAshley: Where?")
    app.text_area[0].set_value(DIALOGUE.replace("morning", "evening")).run()
    assert stored() == f"{DIALOGUE}\nAshley: Where?".replace("morning", "evening")
    assert app.text_area[0].value == stored()
    app.text_area[0].set_value(DIALOGUE).run()
    assert stored() == DIALOGUE


@pytest.mark.parametrize("text", [TWO.replace("One", "Chapter one"), "Just words."])
def test_a_field_stays_the_same_whatever_signs_a_script_has(app: AppTest, text: str) -> None:
    """Another field at each run would lose the cursor, and what is being typed."""

    def fields() -> list[str | None]:
        app.run()
        return [box.key for box in (*app.text_area, *app.text_input)]

    write(app, text)
    for signs in ("\u200b", "\r", " ", "\x07", "e\u0301", "\u3000"):
        words_of = f"{signs}{text}{signs}".replace("\n", f"{signs}\n").replace(" ", f" {signs}")
        services().library.scripts.change(1, text=words_of)
        assert fields() == fields()


def test_back_to_another_script_shows_that_one_s_words(app: AppTest) -> None:
    write(app, DIALOGUE)
    app.text_area[0].set_value(f"{DIALOGUE}\nAshley: Where?").run()
    new_script(app)
    write(app, "Craig: Good evening.\nAshley: Good night.")
    app.text_area[0].set_value("Craig: Good evening.\nAshley: Sleep well.").run()
    app.query_params["script"] = "1"  # as Back does
    app.run()
    assert app.text_area[0].value == stored() == f"{DIALOGUE}\nAshley: Where?"


def test_each_speaker_keeps_the_voice_whoever_changes_the_script(app: AppTest) -> None:
    def voices() -> dict[str, str]:
        return {box.label: box.value for box in app.selectbox if box.label.startswith("Voice of")}

    write(app, "Anna: Good morning.\nBen: Who are you?")
    for name, voice in (("Anna", "Ashley"), ("Ben", "Craig")):
        next(box for box in app.selectbox if box.label == f"Voice of {name}").set_value(voice).run()
    assert voices() == {"Voice of Anna": "Ashley", "Voice of Ben": "Craig"}
    services().library.scripts.change(1, text="Ben: Who are you?\nAnna: Good morning.")
    app.run()
    assert voices() == {"Voice of Anna": "Ashley", "Voice of Ben": "Craig"}

    script = services().library.scripts.get(1)
    assert script
    cast = {"ben": "Craig", "anna": "Dennis"}  # somebody else chooses
    services().library.scripts.change(1, form={**script.form, "speakers": cast})
    app.run()
    assert voices() == {"Voice of Anna": "Dennis", "Voice of Ben": "Craig"}


def test_a_script_that_somebody_deletes_keeps_all_it_has_and_is_not_paid_for(
    app: AppTest, service: StandIn
) -> None:
    write(app, DIALOGUE)
    script = services().library.scripts.get(1)
    assert script
    services().library.scripts.change(1, form={**script.form, "takes": {"a": 2}})
    services().library.scripts.delete(1)
    app.text_area[0].set_value(f"{DIALOGUE}\nAshley: Where?").run()
    assert "was deleted." in words(app)
    assert "Its clips are still in the Library." in words(app)
    app.button(key="scripts_bring_back").click().run()
    assert app.text_area[0].value == stored() == f"{DIALOGUE}\nAshley: Where?"

    services().library.scripts.delete(1)
    next(box for box in app.selectbox if box.label == "Voice of Craig").set_value("Dennis").run()
    app.button(key="scripts_bring_back").click().run()
    services().library.scripts.delete(1)
    record(app)
    assert "Nothing is recorded: this script was deleted." in words(app)
    assert sent(service) == []
    app.button(key="scripts_bring_back").click().run()
    restored = services().library.scripts.get(1)
    assert restored
    assert restored.form["takes"] == {"a": 2}
    assert restored.form["voice"] == script.form["voice"]


def test_a_changed_sentence_is_all_that_is_new_and_sent(app: AppTest, service: StandIn) -> None:
    write(app, DOCUMENT)
    record(app)
    chapter = app.text_area[0]
    chapter.set_value(chapter.value.replace("first", "only")).run()
    assert "1 of 4 sentences new · 3 reused: free" in words(app)
    assert label(app) == "Record 1 sentence"
    record(app)
    assert sent(service)[4:] == ["This is the only chapter."]


def test_words_typed_on_the_empty_page_stay_while_another_script_is_opened(app: AppTest) -> None:
    write(app, TWO)
    new_script(app)
    app.text_area(key="scripts_paste").input("Half a thought").run()
    app.button(key="scripts_0_use").click().run()
    assert "Phone prompts" in words(app)
    new_script(app)
    assert app.text_area(key="scripts_paste").value == "Half a thought"
    app.button(key="scripts_use").click().run()
    assert "Half a thought" in words(app)
    new_script(app)
    assert app.text_area(key="scripts_paste").value == ""


def test_a_text_that_cannot_be_read_stays_where_it_was_pasted(app: AppTest) -> None:
    captions = "1\n00:00:01,000 --> 00:00:02,000\n\n"
    write(app, captions)
    assert "has no caption with words in it" in words(app)
    assert app.text_area(key="scripts_paste").value == captions


def test_k5_b02_a_paste_at_the_limit_is_taken_and_one_more_is_refused_with_its_count(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_TEXT_MAX_CHARS", "1000")
    write(app, "x" * 1_001)
    assert "This text has 1,001 characters; 1,000 is the most that can be pasted." in words(app)
    assert app.text_area(key="scripts_paste").value == "x" * 1_001
    write(app, "x" * 1_000)
    assert "Document" in words(app)


def test_k5_b02_a_megabyte_pasted_is_refused_at_once_and_stored_nowhere(app: AppTest) -> None:
    visit(app, "scripts")
    with within(2):
        write(app, "A sentence. " * 90_000)
    assert "1,080,000 characters; 500,000 is the most" in words(app)
    the = services()
    with the.library.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT sum(length(body)) FROM drafts").scalar()
    assert (kept or 0) < 1_000


def test_k5_a_long_paste_is_read_beside_the_server(app: AppTest) -> None:
    write(app, "A sentence that is said. " * 2_000)
    assert "Document" in words(app)
    assert app.text_area[0].value.startswith("A sentence")


def test_k5_a_file_that_is_too_much_work_says_what_to_do(app: AppTest) -> None:
    visit(app, "scripts")
    data = by_hand("<row/>" * 7_000_000)
    app.file_uploader[0].upload("a.xlsx", data, "application/octet-stream").run()
    assert not app.exception
    assert "a.xlsx is too large once it is unpacked. Copy the part you need" in words(app)


def test_k18_a_script_taken_out_and_brought_in_again_costs_nothing(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Title,Text\na,-5 degrees.\nb,'tis cold.\n")
    record(app)
    new_script(app)
    said = [Line(text="-5 degrees.", title="a"), Line(text="'tis cold.", title="b")]
    write(app, script_csv(said).decode("utf-8-sig"))
    assert label(app) == "Put together, free"
    assert sorted(sent(service)) == ["'tis cold.", "-5 degrees."]


def test_nothing_typed_is_said_in_words(app: AppTest, service: StandIn) -> None:
    visit(app, "scripts")
    app.button(key="scripts_use").click().run()
    assert not app.exception
    assert "There is nothing" in words(app)
    assert service.posts == 0


def test_a_row_that_names_no_voice_gets_one_which_is_said(app: AppTest, service: StandIn) -> None:
    write(app, TABLE.replace("Craig", "Ben"))
    assert "A voice was chosen for Ben. Change it here." in words(app)
    assert list(app.dataframe[0].value["Voice"]) == ["Ashley", "Alex"]
    record(app)
    assert service.posts == 2
    assert states(app) == ["✓ Recorded", "✓ Recorded"]
    assert "was chosen" not in words(app)


def test_speakers_get_voices_which_are_kept_and_can_be_changed(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Anna: Good morning.\nBen: I have lost my ticket!")
    assert "Voices were chosen for Anna and Ben. Change them here." in words(app)
    assert services().library.scripts.saved("local")[0].form["given"] == {
        "inworld/tts-1-max": {"anna": "Ashley", "ben": "Alex"}
    }
    next(box for box in app.selectbox if box.label == "Voice of Ben").set_value("Craig").run()
    assert "A voice was chosen for Anna. Change it here." in words(app)
    record(app)
    assert {seen.json["voice"] for seen in service.seen if seen.method == "POST"} == {
        "Ashley",
        "Craig",
    }


def test_the_voice_of_a_speaker_is_heard_before_anything_is_recorded(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Anna: Good morning.\nBen: I have lost my ticket!")
    hears = [each for each in app.button if (each.key or "").startswith("scripts_hear_")]
    hears[1].click().run()
    finish(app)
    (said,) = [seen.json for seen in service.seen if seen.method == "POST"]
    assert (said["voice"], said["text"][:12]) == ("Alex", "Hello, this ")
    assert any("Sample of Alex" in each.proto.json for each in app.get("bidi_component"))


def test_the_voice_of_ticked_rows_is_heard_if_they_have_one(app: AppTest, service: StandIn) -> None:
    def tick(*places: int) -> None:
        rows = services().library.scripts.rows(1)
        app.session_state["_scripts_ticked"] = {rows[place].id for place in places}
        app.session_state["_scripts_turn"] = app.session_state["_scripts_turn"] + 1
        app.run()

    write(app, "Text,Voice\nHello.,Craig\nGood-bye.,Craig\nThank you.,Olivia\n")
    tick(0, 2)
    assert not [each for each in app.button if each.key == "scripts_hear_rows"]
    assert "These rows have several voices." in words(app)
    tick(0, 1)
    hear = app.button(key="scripts_hear_rows")
    assert hear.label.startswith("Hear Craig · ")
    (row, *_) = services().library.scripts.rows(1)
    services().library.scripts.put_rows(1, [replace(row, voice="Dennis")])  # with the same press
    hear.click().run()
    finish(app)
    (said,) = [seen.json for seen in service.seen if seen.method == "POST"]
    assert said["voice"] == "Dennis"


def test_k8_a_dialogue_of_thousands_of_names_is_drawn_in_a_moment(app: AppTest) -> None:
    write(app, "".join(f"{name}: Hello!\n" for name in NAMES))

    with within(2):
        app.run()
    assert sum(select.label.startswith("Voice of") for select in app.selectbox) == 60
    assert "and 2,940 more names, which come up as you choose voices for these" in words(app)
    assert f"Voices were chosen for {', '.join(NAMES[:5])} and 2,995 more." in words(app)


def test_names_without_a_chosen_voice_come_before_those_that_have_one(app: AppTest) -> None:
    write(app, "".join(f"{name}: Hello!\n" for name in NAMES[:61]))
    labels = [each.label for each in app.selectbox]
    app.selectbox[labels.index(f"Voice of {NAMES[0]}")].select_index(0).run()
    shown = [each.label for each in app.selectbox if each.label.startswith("Voice of")]
    assert shown == [f"Voice of {name}" for name in NAMES[1:61]]


def test_a_sum_above_the_limit_is_asked_once_for_all(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_CONFIRM_ABOVE_USD", "0.0001")
    write(app, TABLE)
    app.button(key="scripts_record").click().run()
    assert "This will cost" in words(app)
    assert service.posts == 0
    app.button(key="work_no").click().run()
    assert "This will cost" not in words(app)
    app.button(key="scripts_record").click().run()
    app.button(key="work_yes").click().run()
    finish(app)
    assert service.posts == 2


def test_a_row_that_failed_says_why_and_is_recorded_alone_with_the_next_press(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("too large"), times=1)
    write(app, TABLE)
    record(app)
    states = list(app.dataframe[0].value["State"])
    assert sorted(state[0] for state in states) == ["!", "✓"]
    assert label(app) == "Record 1 row"
    record(app)
    assert list(app.dataframe[0].value["State"]) == ["✓ Recorded"] * 2
    assert service.charges == 2


def test_rows_that_were_refused_alike_are_one_card_that_says_what_to_change(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.refuse("bad request"), times=2)
    write(app, TABLE)
    record(app)
    assert "2 rows were not recorded. The service did not accept the voice." in words(app)
    assert "“welcome”, “hold”" in words(app)
    assert "Change the text or the voice" in words(app)
    assert "Retry" not in " ".join(buttons(app))
    assert words(app).count("Invalid enum value") == 1
    assert "The service says: Body validation error: voice: Invalid enum value" in words(app)


def test_rows_that_were_refused_for_different_reasons_are_told_apart(
    app: AppTest, service: StandIn
) -> None:
    for said in ("The text is too odd", "The text is too plain"):
        service.fault(faults.refuse_for(said), times=1)
    write(app, TABLE)
    record(app)
    assert words(app).count("This was not recorded.") == 2


def test_a_card_of_many_rows_names_the_first_few(app: AppTest, service: StandIn) -> None:
    service.fault(faults.refuse("bad request"), times=30)
    write(app, "Title\tText\n" + "".join(f"row {n}\tNumber {n}.\n" for n in range(30)))
    record(app)
    assert "30 rows were not recorded." in words(app)
    assert "“row 0”, “row 1”, “row 2”, “row 3” and 26 more" in words(app)
    assert max(each.value.count("req-") for each in app.code) == 20


def test_a_row_that_has_an_earlier_clip_keeps_a_card_of_its_own(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_PACE", "1")
    service.fault(faults.status(503), times=3)
    write(app, TABLE)
    record(app)
    press(app, "New take")
    service.fault(faults.status(503), times=6)
    record(app)
    assert words(app).count("This was not recorded.") == 2
    assert words(app).count("As it was before") == 1


def test_a_second_take_has_its_number_in_the_lists_and_the_row_its_own_name(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Title,Text\nhold,Please hold.\n")
    record(app)
    press(app, "New take")
    record(app)
    links = " ".join(each.proto.body for each in app.get("html"))
    assert "name=hold_Ashley.mp3" in links
    app.session_state["_go_to"] = "library"
    app.run()
    assert "name=hold_Ashley_take-2.mp3" in shelf(app)["rows"][0]["download"]


def test_rows_that_failed_alike_are_tried_again_together(app: AppTest, service: StandIn) -> None:
    service.fault(faults.status(503), times=6)
    write(app, TABLE)
    record(app)
    assert states(app) == ["! Not recorded"] * 2
    press(app, "Retry all")
    finish(app)
    assert states(app) == ["✓ Recorded"] * 2


def test_retry_records_its_own_row_alone(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOUNDCHECK_PACE", "1")
    service.fault(faults.status(503), times=3)
    service.fault(faults.refuse("bad request"), times=1)
    write(app, TABLE)
    record(app)
    assert buttons(app).count("Retry") == 1
    assert "This was not recorded." in words(app)
    press(app, "Retry")
    finish(app)
    assert sorted(states(app)) == ["! Not recorded", "✓ Recorded"]
    assert "did not accept the voice" in words(app)


def test_each_recorded_sentence_is_heard_in_the_list_of_sentences(app: AppTest) -> None:
    services().library.preferences.remember({"plain_player": True})
    write(app, DOCUMENT.split("# Two")[0] + "It has more than one sentence.")
    record(app)
    (clip,) = services().library.scripts.made(1)
    assert len(app.get("audio")) == 1
    app.session_state[f"scripts_sentences_{clip.unit}"] = True
    app.run()
    assert len(app.get("audio")) == 4  # of the clip, and of its heading and two sentences
    app.text_area[0].set_value("# One\n\nThis is the first chapter.\n\nThis is new.").run()
    app.session_state[f"scripts_sentences_{clip.unit}"] = True
    app.run()
    assert len(app.get("audio")) == 3  # of the clip as it was, and of the two that stayed


def test_what_another_script_has_recorded_is_put_together_for_nothing(
    app: AppTest, service: StandIn
) -> None:
    write(app, TABLE)
    record(app)
    new_script(app)
    write(app, TABLE)
    assert "2 rows, 2 new · free" in words(app)
    assert label(app) == "Put together, free"
    record(app)
    assert states(app) == ["✓ Recorded"] * 2
    assert service.posts == 2


def test_a_new_take_is_recorded_when_asked_and_the_first_can_be_had_again(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Title,Text\nhold,Please hold.\n")
    record(app)
    press(app, "New take")
    assert states(app) == ["Changed"]
    assert service.posts == 1
    assert "As it was before" in words(app)  # the clip stays, with the way back
    assert [box.value for box in app.selectbox if box.label == "Take"] == [2]
    record(app)
    assert service.charges == 2
    next(box for box in app.selectbox if box.label == "Take").set_value(1).run()
    assert "1 row · all recorded" in words(app)
    assert service.posts == 2


def test_the_take_that_the_library_prefers_is_the_one_of_the_script(
    app: AppTest, service: StandIn
) -> None:
    write(app, "Title,Text\nhold,Please hold.\n")
    record(app)
    press(app, "New take")
    record(app)
    first, second = services().library.listing.ids(
        Wanted(owner="local", folded=False, sort="oldest")
    )
    app.session_state["_go_to"], app.session_state["_library_clip"] = "library", second
    app.run()
    app.button(key=f"library_prefer_{first}").click().run()
    app.session_state["_go_to"] = "scripts"
    app.run()
    assert [box.value for box in app.selectbox if box.label == "Take"] == [1]
    assert "1 row · all recorded" in words(app)
    assert service.posts == 2


def test_the_library_shows_the_take_and_the_words_that_the_script_says(
    app: AppTest, service: StandIn
) -> None:
    def listed() -> list[str]:
        clips = services().library.listing.page(Wanted(owner="local")).clips
        return [f"{clip.excerpt} take {clip.take}" for clip in clips]

    def say(text: str) -> None:
        (row,) = services().library.scripts.rows(1)
        services().library.scripts.put_rows(1, [replace(row, text=text)])
        app.run()

    def take(number: int) -> None:
        next(box for box in app.selectbox if box.label == "Take").set_value(number).run()

    write(app, "Title,Text\nhold,Please hold.\n")
    record(app)
    press(app, "New take")
    record(app)
    assert listed() == ["Please hold. take 2"]
    take(1)
    assert listed() == ["Please hold. take 1"]
    take(2)
    assert listed() == ["Please hold. take 2"]
    press(app, "New take")
    record(app)
    assert listed() == ["Please hold. take 3"]  # though another one was chosen before
    say("Please wait.")
    record(app)
    assert listed() == ["Please wait. take 1"]
    say("Please hold.")
    assert "all recorded" in words(app)
    assert listed() == ["Please hold. take 3"]


def test_finished_scripts_keep_their_voice_when_the_defaults_or_the_key_change(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(app, DOCUMENT)
    record(app)
    services().library.preferences.remember(
        {"voice": "Dennis", "model": "inworld/tts-1.5-mini", "format": "wav"}
    )
    app.run()
    assert "all recorded" in words(app)
    assert not [button for button in app.button if button.key == "scripts_record"]

    close()
    monkeypatch.setenv("AIMLAPI_KEY", "")
    app.run()
    assert "all recorded" in words(app)
    assert "There is no key" not in words(app)
    text = DOCUMENT.replace("first chapter", "first of all chapters")
    app.text_area[0].input(text).run()
    assert "There is no key for this script" in words(app)
    assert not [button for button in app.button if button.key == "scripts_record"]
    app.button(key="scripts_offline").click().run()
    assert "There is no key" not in words(app)
    assert app.button(key="scripts_record")


def test_without_a_key_the_offline_voice_speaks_for_nothing(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    write(app, "Title,Text\nhold,Please hold.\n")
    assert "1 row, 1 new · free" in words(app)
    record(app)
    assert states(app) == ["✓ Recorded"]
    assert service.seen == []  # not even for its prices


def test_without_a_key_a_dialogue_is_spoken_by_the_built_in_voices(
    app: AppTest, service: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    write(app, "Ann: Hello.\nBen: Hello.\nAnn: Goodbye.")
    assert "Voices were chosen for Ann and Ben." in words(app)
    record(app)
    assert "all recorded" in words(app)
    assert service.posts == 0


def test_trying_another_model_leaves_everybody_the_voice_they_had(
    app: AppTest, service: StandIn
) -> None:
    def use(model: str) -> None:
        script = services().library.scripts.get(1)
        assert script
        services().library.scripts.change(1, form={**script.form, "model": model})
        app.run()

    write(app, "Ben: Who is there?\nAnna: Hello?")
    text = "Bob: It is me.\nBen: Who is there?\nAnna: Hello?"
    services().library.scripts.change(1, text=text)
    app.run()
    record(app)
    assert service.posts == 3
    use(OFFLINE)
    use("inworld/tts-1-max")
    assert "all recorded" in words(app)


def test_a_chapter_that_is_put_in_front_hides_and_deletes_no_other(
    app: AppTest, service: StandIn
) -> None:
    write(app, TWO)
    record(app)
    services().library.scripts.change(1, text=TWO.replace("second", "last"))
    app.run()
    record(app)  # an older version of a chapter goes where it goes
    services().library.scripts.change(1, text="# Zero\n\nNew.\n\n" + TWO.replace("second", "last"))
    app.run()
    record(app)
    assert service.posts == len(set(sent(service)))
    library = services().library
    assert len(listed()) == 3
    zero, two, one = library.listing.ids(Wanted(owner="local"))
    assert library.folds.whole([zero]) == [zero]
    assert len(library.folds.whole([two])) == 2
    assert library.folds.whole([one]) == [one]
    assert "all recorded" in words(app)


def test_a_chapter_that_is_cut_keeps_its_clip_and_stands_where_it_did_when_it_is_put_back(
    app: AppTest,
) -> None:
    scripts, folds = services().library.scripts, services().library.folds
    write(app, TWO)
    record(app)
    one, two = sorted(listed())
    scripts.change(1, text="# Two\n\nThe second.")
    app.run()
    assert listed() == [two, one]
    assert folds.whole([two]) == [two]
    scripts.change(1, text=TWO)
    for _ in range(3):
        app.run()
        assert listed() == [two, one]
        assert [folds.whole([clip_id]) for clip_id in (one, two)] == [[one], [two]]
    assert "all recorded" in words(app)


def test_a_chapter_put_in_front_while_another_is_changed_hides_neither(app: AppTest) -> None:
    write(app, TWO)
    record(app)
    text = "# Zero\n\nNew.\n\n" + TWO.replace("second", "last")
    services().library.scripts.change(1, text=text)
    app.run()
    assert len(listed()) == 2
    assert "As it was before" not in words(app)
    record(app)
    assert len(listed()) == 4


def test_words_of_before_that_come_again_in_another_chapter_are_heard_there(app: AppTest) -> None:
    """The clips do not hide each other in turn, each time the page is drawn."""
    end = "# End\n\nBye."
    write(app, f"# A\n\nOne words.\n\n{end}")
    record(app)
    for text in ("# A\n\nUno words.", "# A\n\nOne words.\n\n# A\n\nUno words."):
        services().library.scripts.change(1, text=f"{text}\n\n{end}")
        app.run()
        if "scripts_record" in [button.key for button in app.button]:
            record(app)
    for _ in range(3):
        app.run()
        assert len(listed()) == 3


def test_the_ready_conversation_needs_no_key(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "scripts")
    app.button(key="scripts_1_use").click().run()
    assert label(app) == "Record 6 sentences"
    assert services().library.scripts.saved("local")[0].form["given"] == {
        OFFLINE: {"ashley": "heart", "craig": "heart-deep"}
    }


def test_a_row_whose_charge_is_unclear_is_never_sent_by_the_button(
    app: AppTest, service: StandIn
) -> None:
    service.fault(faults.lost_response(), times=1)
    write(app, TABLE)
    record(app)
    assert "1 charge to be cleared up" in words(app)
    assert "scripts_record" not in [button.key for button in app.button]
    assert service.posts == 2


def test_a_key_that_is_refused_pauses_with_a_sentence_and_loses_nothing(
    app: AppTest, service: StandIn
) -> None:
    right, service.key = service.key, "another"
    write(app, "Title,Text\n" + "".join(f"{n},Line {n}.\n" for n in range(6)))
    app.button(key="scripts_record").click().run()
    wait_for(lambda: "Resume" in buttons(app.run()))
    wait_for(lambda: (batch := services().jobs.batch(1)) and not batch.is_settling)
    assert "key" in words(app)
    assert service.charges == 0
    service.key = right
    app.button(key="scripts_resume").click().run()
    finish(app)
    states = list(app.run().dataframe[0].value["State"])
    assert service.charges == states.count("✓ Recorded") >= 4  # two calls were open at once
    assert {state for state in states if state != "✓ Recorded"} <= {"! Not recorded"}


def test_a_deleted_script_comes_back_whole(app: AppTest) -> None:
    write(app, TABLE)
    script = services().library.scripts.saved("local")[0]
    app.button(key=f"scripts_delete_{script.id}").click().run()
    assert "scripts_paste" in [box.key for box in app.text_area]
    next(button for button in app.button if button.label == "Undo").click().run()
    assert "2 rows, 2 new" in words(app)


def test_a_deleted_word_of_the_lexicon_comes_back(app: AppTest) -> None:
    services().library.lexicon.add(Entry("Nguyen", "Win"))
    app.session_state["lexicon"] = True
    visit(app, "scripts")
    word = services().library.lexicon.words()[0]
    app.button(key=f"lexicon_delete_{word.id}").click().run()
    assert services().library.lexicon.words() == []
    assert "“Nguyen” deleted" in words(app)
    app.button(key="lexicon_undo").click().run()
    assert "“Nguyen” deleted" not in words(app)
    assert [each.entry.word for each in services().library.lexicon.words()] == ["Nguyen"]


def test_a_word_that_was_not_added_yet_is_still_there_when_the_lexicon_is_opened_again(
    app: AppTest,
) -> None:
    def field(label: str) -> Any:
        return next(box for box in app.text_input if box.label == label)

    def reopen() -> None:
        for is_open in (False, True):
            app.session_state["lexicon"] = is_open
            app.run()

    visit(app, "scripts")
    reopen()
    field("Word").input("Nguyen").run()
    field("Say as").input("Win").run()
    app.button_group(key="lexicon_rules_0").set_value([lexicon.PART]).run()
    reopen()
    assert [field("Word").value, field("Say as").value] == ["Nguyen", "Win"]
    assert app.button_group(key="lexicon_rules_0").value == [lexicon.PART]
    press(app, "Add")
    (word,) = services().library.lexicon.words()
    assert word.entry == Entry("Nguyen", "Win", whole_word=False)
    reopen()
    assert [field("Word").value, field("Say as").value] == ["", ""]


def test_a_deleted_word_is_offered_back_until_the_next_click(app: AppTest) -> None:
    for word in ("Nguyen", "Nordwind"):
        services().library.lexicon.add(Entry(word, "Win"))
    app.session_state["lexicon"] = True
    visit(app, "scripts")
    app.button(key="lexicon_delete_1").click().run()
    app.button(key="scripts_0_use").click().run()
    assert "“Nguyen” deleted" not in words(app)
    assert [each.entry.word for each in services().library.lexicon.words()] == ["Nordwind"]


def test_deleted_rows_come_back_where_they_were(app: AppTest) -> None:
    write(app, TABLE)

    def ticked() -> None:
        from lib.ui.scripts import rows
        from lib.ui.services import services
        from lib.ui.widgets import messages

        script = services().library.scripts.saved("local")[0]
        rows.buttons(script, services().library.scripts.rows(script.id)[:1], 2)
        messages.undo(rows.place(script))

    table = AppTest.from_function(ticked).run()
    table.button(key="scripts_delete_rows").click().run()
    titles = [row.title for row in services().library.scripts.rows(1)]
    assert (titles, "1 row deleted" in words(table)) == (["hold"], True)
    press(table, "Undo")
    titles = [row.title for row in services().library.scripts.rows(1)]
    assert (titles, "1 row deleted" in words(table)) == (["welcome", "hold"], False)


def test_what_a_pasted_table_leaves_out_is_said(app: AppTest) -> None:
    write(app, "Title\tText\tDate\nA1\tWelcome here.\t2026-01-02\nA2\t\tx\n")
    said = words(app)
    assert "It was read as a table." in said
    assert "has no text and was left out" in said
    assert "Left out: 1 column: Date." in said


def test_the_language_of_a_script_can_be_chosen_in_its_check_up(app: AppTest) -> None:
    write(app, "We close at 21:45 on Monday, so please be there in time for the show.")
    app.session_state["scripts_checkup"] = True
    app.run()
    assert any("Say “twenty-one forty-five”" in each.label for each in app.button)
    (language,) = [each for each in app.selectbox if each.label == "Language"]
    assert language.value == ""
    language.set_value("de").run()
    assert not any("forty-five" in each.label for each in app.button)
    assert "Words are offered for English only" in words(app)


# ---- Captions with their times ----

CAPTIONS = (
    b"1\n00:00:01,000 --> 00:00:01,500\nGood morning to all of you, and welcome.\n\n"
    b"2\n00:00:02,000 --> 00:00:03,000\nPlease hold.\n\n"
    b"3\n00:00:30,000 --> 00:00:32,000\nGoodbye.\n"
)


def bring_in_captions(app: AppTest, data: bytes = CAPTIONS) -> None:
    visit(app, "scripts")
    app.file_uploader[0].upload("film.srt", data, "application/x-subrip").run()


def test_captions_keep_their_times_and_what_does_not_fit_is_marked(app: AppTest) -> None:
    bring_in_captions(app)
    app.button(key="scripts_rows_new").click().run()
    table = app.dataframe[0].value
    assert list(table["Start"]) == ["0:01", "0:02", "0:30"]
    assert "Pause, s" not in table
    first, second, last = table["Timing"]
    assert re.fullmatch(r"! about \d\.\d s too long", first)
    assert re.fullmatch(r"! about \d\.\d s late, \d\.\d s too long", second)
    assert last == ""
    assert "2 rows are too long for the time of the caption" in words(app)
    record(app)
    assert "about" not in "".join(app.dataframe[0].value["Timing"])


def test_the_times_of_captions_can_be_dropped(app: AppTest) -> None:
    bring_in_captions(app)
    next(each for each in app.toggle if each.label.startswith("Keep the times")).set_value(
        False
    ).run()
    app.button(key="scripts_rows_new").click().run()
    assert "Start" not in app.dataframe[0].value
    assert list(app.dataframe[0].value["Pause, s"]) == [0.4, 0.4, 0.4]


def test_kept_times_are_said_and_dropped_later_and_brought_back(app: AppTest) -> None:
    bring_in_captions(app)
    app.button(key="scripts_rows_new").click().run()
    assert "Each row begins at its time" in words(app)
    brought = services().library.scripts.rows(1)

    app.button(key="scripts_drop_times").click().run()
    assert "Times dropped" in words(app)
    assert "begins at its time" not in words(app)
    assert "Start" not in app.dataframe[0].value
    dropped = services().library.scripts.rows(1)
    assert [(row.text, row.start_s, row.end_s) for row in dropped] == [
        (row.text, None, None) for row in brought
    ]

    services().library.scripts.put_rows(1, [replace(dropped[0], text="Hello.")])
    app.button(key="scripts_rows_1_undo").click().run()
    assert list(app.dataframe[0].value["Start"]) == ["0:01", "0:02", "0:30"]
    assert services().library.scripts.rows(1) == [replace(brought[0], text="Hello."), *brought[1:]]


def test_times_stay_with_their_places_when_rows_are_moved(app: AppTest) -> None:
    bring_in_captions(app)
    app.button(key="scripts_rows_new").click().run()

    def ticked() -> None:
        from lib.ui.scripts import rows
        from lib.ui.services import services

        script = services().library.scripts.saved("local")[0]
        rows.buttons(script, services().library.scripts.rows(script.id)[2:], 3)

    table = AppTest.from_function(ticked).run()
    table.button(key="scripts_up").click().run()
    assert [(row.text, row.start_s, row.end_s) for row in services().library.scripts.rows(1)] == [
        ("Good morning to all of you, and welcome.", 1.0, 1.5),
        ("Goodbye.", 2.0, 3.0),
        ("Please hold.", 30.0, 32.0),
    ]


@pytest.mark.parametrize("kind", ["table", "dialogue"])
def test_all_rows_as_one_file_have_the_times_of_the_captions(app: AppTest, kind: str) -> None:
    data = CAPTIONS.replace(b"01,500", b"09,000").replace(b"00:02,", b"00:10,")
    if kind == "dialogue":
        data = data.replace(b"Please", b"ANN: Please").replace(b"Goodbye", b"ANN: Goodbye")
    bring_in_captions(app, data)
    app.button(key="scripts_rows_new").click().run()
    record(app)
    assert "all recorded" in words(app)
    now = saved_state()
    assert now.script.kind == kind
    sound, srt, _ = files_of(now).joined(lambda done, total: None, format="wav")
    text = PreparedFiles(services().settings).read(srt.name).decode()
    starts = re.findall(r"^(\S+) -->", text, re.MULTILINE)
    assert [start[:8] for start in starts] == ["00:00:01", "00:00:10", "00:00:30"]
    assert 30 < sound.length_s < 35


def saved_state() -> ScriptState:
    """The one saved script, read anew."""
    the = services()
    (script,) = the.library.scripts.saved("local")
    usual = Usual(model=OFFLINE, voice=the.catalogue.default_voice, format="mp3")
    return state.state_of(
        script,
        library=the.library,
        catalogue=the.catalogue,
        jobs=the.jobs,
        attempts=the.orders.attempts,
        usd_per_million=the.prices.usd_per_million,
        usual=usual,
    )


# ---- Addresses and the list of scripts ----


def opened(app: AppTest, address: str) -> AppTest:
    """Another tab of the same browser, at this address of the page."""
    tab = AppTest.from_file(str(APP), default_timeout=20)
    tab.session_state["_browser"] = app.session_state["_browser"]
    tab.query_params["script"] = address
    visit(tab, "scripts")
    return tab


def title(app: AppTest) -> str:
    return next(each.proto.body for each in app.get("html") if "card-title" in each.proto.body)


def test_a_script_has_an_address_that_each_tab_keeps(app: AppTest) -> None:
    write(app, TABLE)
    assert app.query_params["script"] == "1"
    new_script(app)
    assert app.query_params["script"] == "new"
    assert app.text_area(key="scripts_paste")
    write(app, DIALOGUE)
    assert "Welcome to our store." in title(opened(app, "1"))
    assert "Ashley and Craig" in title(app.run())


@pytest.mark.parametrize("address", ["99", "-1", "one", "9" * 40, ""])
def test_an_address_without_a_script_says_so(app: AppTest, address: str) -> None:
    write(app, TABLE)
    tab = opened(app, address)
    assert not tab.exception
    assert "This script is not here." in words(tab)
    assert tab.text_area(key="scripts_paste")


def test_words_that_are_not_used_yet_stay_when_a_script_is_opened_by_its_address(
    app: AppTest,
) -> None:
    write(app, TABLE)
    new_script(app)
    app.text_area(key="scripts_paste").input("Not used yet.").run()
    opened(app, "1")
    draft = services().library.drafts.get(app.session_state["_browser"], "scripts")
    assert draft["text"] == "Not used yet."


def test_the_list_says_what_each_script_is_and_how_far(app: AppTest) -> None:
    write(app, TABLE)
    record(app)
    for text in (DIALOGUE, DOCUMENT, "# One\n\nOnly **this**."):
        new_script(app)
        write(app, text)
    open_list(app)
    names = [each.label for each in app.button if str(each.key).startswith("scripts_open_")]
    assert names == ["`One`", "`One`", "`Ashley and Craig`", "`Welcome to our store.`"]
    for facts in (
        "Text · not recorded",
        "Book, 2 chapters · not recorded",
        "Dialogue · not recorded",
        "2 rows · recorded",
    ):
        assert facts in words(app)


# ---- Rows: moved, inserted, counted ----


def with_ticked(app: AppTest, *places: int) -> AppTest:
    """The buttons for these rows; their ids stay those of the places at the beginning."""
    rows = services().library.scripts.rows(1)
    ids = [rows[place].id for place in places]

    def shown(ids: list[int]) -> None:
        from lib.ui.scripts import rows
        from lib.ui.services import services

        script = services().library.scripts.saved("local")[0]
        found = services().library.scripts.rows(script.id)
        rows.buttons(script, [row for row in found if row.id in ids], len(found))

    return AppTest.from_function(shown, kwargs={"ids": ids}).run()


def titles_of_rows() -> str:
    return "".join(row.title or "-" for row in services().library.scripts.rows(1))


LETTERS = "Title,Text\n" + "".join(f"{letter},Line {letter}.\n" for letter in "abcdef")


def test_rows_are_moved_on_by_each_press_and_stay_ticked(app: AppTest) -> None:
    write(app, LETTERS)
    table = with_ticked(app, 4, 5)
    for order in ("abcefd", "abefcd", "aefbcd"):
        table.button(key="scripts_up").click().run()
        assert titles_of_rows() == order
    table.button(key="scripts_down").click().run()
    assert titles_of_rows() == "abefcd"
    ticked = [row.id for row in services().library.scripts.rows(1) if row.title in "ef"]
    assert set(table.session_state["_scripts_ticked"]) == set(ticked)


@pytest.mark.parametrize(("number", "order"), [(1, "bdacef"), (3, "acbdef"), (6, "acefbd")])
def test_rows_are_moved_to_a_number(app: AppTest, number: int, order: str) -> None:
    write(app, LETTERS)
    with_ticked(app, 1, 3).number_input[0].set_value(number).run()
    assert titles_of_rows() == order


def test_a_row_is_inserted_below_the_ticked_one_again_and_again(app: AppTest) -> None:
    write(app, LETTERS)
    table = with_ticked(app, 1)
    for number in range(3):
        table.button(key="scripts_insert").click().run()
        assert titles_of_rows() == f"ab{'-' * (number + 1)}cdef"


def test_ticks_outlast_a_new_drawing_of_the_table(app: AppTest) -> None:
    write(app, LETTERS)
    row = services().library.scripts.rows(1)[2]
    app.session_state["_scripts_ticked"] = frozenset([row.id])
    app.selectbox[0].select_index(3).run()  # another voice: every field gets a new key
    assert list(app.dataframe[0].value["✓"]) == [False, False, True, False, False, False]
    assert "Delete 1 row" in [each.label for each in app.button]


def test_the_bar_counts_what_is_new_and_what_has_failed(app: AppTest, service: StandIn) -> None:
    service.fault(faults.refuse("too large"), times=1)
    write(app, TABLE)
    record(app)
    services().library.scripts.put_rows(1, [Row(position=9, text="One more.")])
    app.run()
    assert "3 rows, 1 new, 1 failed" in words(app)
    assert label(app) == "Record 2 rows"
    assert "! Not recorded" in states(app)


def test_the_first_row_can_be_said_to_name_the_columns_and_not_to(app: AppTest) -> None:
    visit(app, "scripts")
    table = "Kirje,Sana\nHei,Moi kaikille\nTerve,Mitä kuuluu\n"
    app.file_uploader[0].upload("a.csv", table.encode(), "text/csv").run()
    name = "The first row has the names of the columns"
    for is_on in (True, False, True):
        next(each for each in app.toggle if each.label == name).set_value(is_on).run()
        assert app.button(key="scripts_rows_new").label == f"Use {2 if is_on else 3} rows"


def test_a_file_and_what_was_chosen_for_it_are_there_when_the_page_is_opened_again(
    app: AppTest,
) -> None:
    def box(label: str) -> Any:
        return next(each for each in [*app.selectbox, *app.text_area] if each.label == label)

    def upload() -> None:
        table = "Name,Line,Remark\nAda,Hello there.,Good\nBob,Hold on.,Bad\n"
        app.file_uploader[0].upload("people.csv", table.encode(), "text/csv").run()

    visit(app, "scripts")
    upload()
    box("Title").set_value("Remark").run()
    fill = next(each for each in app.toggle if each.label == sheet.FILL_IN)
    fill.set_value(True).run()
    box("Text with gaps").input("Hello {Name}.").run()
    for page in ("voices", "scripts"):
        app.session_state["_go_to"] = page
        app.run()
    assert "people.csv" in words(app)
    assert [box("Title").value, box("Text with gaps").value] == ["Remark", "Hello {Name}."]
    app.button(key="scripts_rows_new").click().run()
    rows = services().library.scripts.rows(1)
    assert [(row.title, row.text) for row in rows] == [
        ("Good", "Hello Ada."),
        ("Bad", "Hello Bob."),
    ]

    new_script(app)
    assert "people.csv" not in words(app)
    upload()
    assert box("Title").value != "Remark"
    app.session_state["_go_to"] = "voices"
    app.run()
    app.session_state["_go_to"] = "scripts"
    app.run()
    app.button(key="scripts_remove_new").click().run()
    assert "people.csv" not in words(app)


# ---- The check-up, and the voice of the script ----


def test_the_notice_names_the_words_and_the_check_up_says_what_is_wrong(app: AppTest) -> None:
    write(app, "Title,Text\na,Ask Dr. Smith.\nb,Ask again.\n")
    assert "1 place may be misread. “Dr. Smith” (row 1)." in re.sub(r"<[^>]+>", "", words(app))
    (finding,) = checkup.find("Ask Dr. Smith.")
    assert finding.message not in words(app)
    app.session_state["scripts_checkup"] = True
    app.run()
    assert finding.message in words(app)


def test_words_that_are_left_out_are_said_in_english(app: AppTest) -> None:
    write(app, "Title,Text\na,Hello um there.\n")
    services().library.scripts.change(1, form={"mends": {"um": ""}})
    app.run()
    record(app)
    assert "Leaves out “um”" in words(app)


def test_a_dialogue_asks_for_no_voice_beside_those_of_its_speakers(app: AppTest) -> None:
    write(app, DIALOGUE)
    assert {"Voice of Ashley", "Voice of Craig"} == {
        each.label for each in app.selectbox if each.label.startswith("Voice")
    }
    app.text_area[0].set_value(f"Once upon a time.\n{DIALOGUE}").run()
    assert "Voice of lines without a name" in [each.label for each in app.selectbox]
