"""A browser can send any value: invalid choices are not stored or sent, and no page fails."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from lib.days import end_in
from lib.errors import InvalidRequestError, SpeechError
from lib.library.clip import Intent, Part
from lib.library.preferences import Preferences
from lib.library.problem import Problem
from lib.library.scripts import Row
from lib.library.tables.clips import clips
from lib.library.tables.preferences import preferences
from lib.library.tables.scripts import scripts
from lib.orders.parts import Request
from lib.scripting.cells import edited
from lib.speech import NAME_MAX_CHARS, TAKE_MAX, Utterance
from lib.ui.services import close, services
from lib.web import sent as browser_sent
from tests.service import StandIn
from tests.test_compare_page import record as record_voices
from tests.test_folds import make
from tests.test_library_page import visit
from tests.test_money_page import script_of
from tests.test_scripts_page import TABLE, write
from tests.test_studio_page import finish, generate, model_box, words

LONG = "x" * (NAME_MAX_CHARS + 1)


def forge(box: Any, value: str) -> None:
    """Send a value that is not an option of this select."""
    box.options.append(value)
    box.set_value(value).run()


def sent(service: StandIn) -> list[tuple[str, str, str]]:
    posted = [seen.json for seen in service.seen if seen.method == "POST"]
    return [(each["model"], each["voice"], each["format"]) for each in posted]


def stored(name: str, value: object) -> None:
    """Store a value as an older version, or another program, may have done."""
    with services().library.database.write() as connection:
        connection.execute(sa.delete(preferences).where(preferences.c.name == name))
        connection.execute(sa.insert(preferences).values(name=name, value=value))


@pytest.mark.parametrize(
    ("name", "value"), [("format", "EXE"), ("model", "gpt-5"), ("voice", "Nobody"), ("model", LONG)]
)
def test_k27_settings_keep_nothing_that_is_not_offered(
    app: AppTest, service: StandIn, name: str, value: str
) -> None:
    visit(app, "settings")
    before = services().library.preferences.get()
    forge(app.selectbox(key=f"settings_{name}"), value)
    assert not app.exception
    assert services().library.preferences.get() == before
    app.run()
    assert not app.exception


BAD_PREFERENCES: list[tuple[str, object]] = [
    ("format", "exe"), ("format", ["mp3"]), ("format", None), ("model", 5), ("model", LONG),
    ("voice", {"a": 1}), ("confirm_above_usd", float("inf")), ("confirm_above_usd", "much"),
    ("confirm_above_usd", -1), ("confirm_above_usd", True), ("pace", 0), ("pace", 1.5),
    ("pace", 10**30), ("usd_per_million", 1e30), ("plain_player", "yes"), ("shortlist", "Ashley"),
    ("shortlist", [1]), ("shortlist", ["x"] * 5_000), ("file_names", 5),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD_PREFERENCES, ids=lambda each: repr(each)[:20])
def test_k27_no_bad_preference_is_stored_and_a_stored_one_is_left_to_soundcheck(
    app: AppTest, name: str, value: object
) -> None:
    app.run()
    store = services().library.preferences
    with pytest.raises(InvalidRequestError):
        store.remember({"plain_player": True, name: value})
    assert store.get() == Preferences()
    stored(name, value)
    assert store.get() == Preferences()


@pytest.mark.parametrize("page", ["studio", "settings", "scripts", "compare", "voices"])
def test_k27_bad_preferences_stop_no_page_and_no_start(app: AppTest, page: str) -> None:
    app.run()
    for name, value in dict(BAD_PREFERENCES).items():
        stored(name, value)
    stored("pace", 900)  # more than this installation allows
    close()
    visit(app, page)
    app.run()
    assert not app.exception
    assert services().engines.pace.ceiling == services().settings.pace_max


@pytest.mark.parametrize(
    "wrong",
    [{"format": "exe"}, {"format": None}, {"take": 0}, {"take": TAKE_MAX + 1}, {"take": True},
     {"take": 1.0}, {"model": LONG}, {"voice": LONG}, {"voice": None}, {"model": ["m"]}],
    ids=lambda wrong: repr(wrong)[:20],
)  # fmt: skip
def test_k27_nothing_is_said_in_a_manner_that_there_is_not(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {"model": "m", "voice": "v", "format": "mp3", "take": 1}
    with pytest.raises(InvalidRequestError):
        Utterance(text="Hello.", **(good | wrong))
    with pytest.raises(InvalidRequestError):
        Request(script="Hello.", **(good | wrong))
    with pytest.raises(InvalidRequestError):
        replace(Utterance(text="Hello.", **good), **wrong)


@pytest.mark.parametrize("forged", ["model", "voice", "format"])
def test_k27_studio_sends_nothing_that_is_not_offered(
    app: AppTest, service: StandIn, forged: str
) -> None:
    app.run()
    if forged == "model":
        forge(model_box(app), "evil")
    elif forged == "voice":
        forge(app.selectbox(key="studio_voice"), "evil")
    else:
        group = next(each for each in app.button_group if each.options == ["MP3", "WAV"])
        group.set_value(None).run()
    assert not app.exception
    generate(app, "Good morning.")
    assert sent(service) == [("inworld/tts-1-max", "Ashley", "mp3")]


@pytest.mark.parametrize("forged", ["model", "voice"])
def test_k27_a_script_keeps_nothing_that_is_not_offered(
    app: AppTest, service: StandIn, forged: str
) -> None:
    app.session_state["scripts_quality"] = True
    write(app, TABLE)
    before = services().library.scripts.get(script_of(app))
    assert before
    label = {"model": "Model", "voice": "Voice"}[forged]
    forge(next(box for box in app.selectbox if box.label == label), "evil")
    assert not app.exception
    after = services().library.scripts.get(script_of(app))
    assert after
    assert after.form == before.form


BAD_FORM = {
    "format": "exe", "model": ["m"], "voice": 5, "joined": "yes", "speakers": {"ann": 5, "bo": "v"},
    "takes": {"u1-1": [2], "u1-2": "two", "u1-3": 3, "u1-4": 10**9}, "mends": {"": "x", "Dr": None},
    "unheard": "of",
}  # fmt: skip


def test_k27_a_script_whose_stored_choices_cannot_be_is_still_read(
    app: AppTest, service: StandIn
) -> None:
    write(app, TABLE)
    with services().library.database.write() as connection:
        connection.execute(sa.update(scripts).values(form=BAD_FORM))
    read = services().library.scripts.get(script_of(app))
    assert read
    assert read.form == {"speakers": {"bo": "v"}, "takes": {"u1-3": 3}, "mends": {}}
    app.run()
    assert not app.exception
    app.button(key="scripts_record").click().run()
    finish(app)
    assert {format for _, _, format in sent(service)} == {"mp3"}


def test_k27_a_script_stores_only_choices_that_can_be(app: AppTest) -> None:
    write(app, TABLE)
    services().library.scripts.change(script_of(app), form=BAD_FORM | {"format": "wav"})
    with services().library.database.read() as connection:
        form = connection.scalar(sa.select(scripts.c.form))
    assert form == {
        "format": "wav", "speakers": {"bo": "v"}, "takes": {"u1-3": 3}, "mends": {}
    }  # fmt: skip


@pytest.mark.parametrize("pause", [float("nan"), float("inf"), -1, 61, 10**400, "2", True, [2]])
def test_k27_a_pause_that_cannot_be_is_the_usual_one(pause: Any) -> None:
    assert Row(position=0, pause_after_s=pause).pause_after_s is None


@pytest.mark.parametrize("pause", [0, 0.5, 60.0])
def test_k27_a_pause_that_can_be_stays(pause: float) -> None:
    assert Row(position=0, pause_after_s=pause).pause_after_s == pause


@pytest.mark.parametrize(
    "edits",
    [None, 5, ["x"], {"0": {"Text": "x"}}, {-1: {"Text": "x"}}, {2: {"Text": "x"}}, {0: "x"},
     {True: {"Text": "x"}}, {0.0: {"Text": "x"}}],
    ids=repr,
)  # fmt: skip
def test_k27_edits_of_no_row_are_none(edits: object) -> None:
    assert browser_sent.edits(edits, 2) == {}


def test_k27_cells_of_another_type_change_nothing() -> None:
    cells = {"Title": 5, "Text": ["x"], "Voice": {"a": 1}, "No.": 7, "State": "x", "Pause, s": 2}
    row = Row(position=0, title="One", text="Good day.", voice="Ashley")
    assert edited(row, cells) == replace(row, pause_after_s=2)
    assert edited(row, {"Title": None, "Text": "Hello."}) == replace(row, title="", text="Hello.")


@pytest.mark.parametrize("rows", [None, "01", [-1, 2, "0", 0.0, None, [0], True]])
def test_k27_rows_of_no_table_are_none(rows: object) -> None:
    assert browser_sent.places(rows, 2) == []


def test_k27_a_clip_of_a_format_that_there_is_not_stops_no_page(app: AppTest) -> None:
    app.run()
    said = Part(utterance=Utterance(model="offline", voice="Nobody", text="Hello."))
    (clip,) = services().library.clips.begin_all(
        [
            Intent(
                pieces=[said], script="Hello.", title="Hello", owner="local",
                browser=app.session_state["_browser"],
            )
        ]
    )  # fmt: skip
    services().library.clips.move(clip.id, "failed", Problem(message="No.", charged=False))
    with services().library.database.write() as connection:
        connection.execute(sa.update(clips).values(format="exe"))
    app.run()
    assert not app.exception
    assert "Your text is safe" in words(app)


BAD_PROBLEMS: list[object] = [
    None, {}, [], "No.", 5, {"charged": "yes"}, {"charged": None, "checked": "no"},
    {"message": 5, "hint": ["x"], "kind": {}, "reference": 7, "said": [1], "charged": 2},
]  # fmt: skip


@pytest.mark.parametrize("problem", BAD_PROBLEMS, ids=lambda each: repr(each)[:30])
def test_k27_a_failure_that_is_stored_badly_stops_no_page_and_buys_nothing_unasked(
    app: AppTest, service: StandIn, problem: object
) -> None:
    app.run()
    said = Part(utterance=Utterance(model="inworld/tts-1-max", voice="Ashley", text="Hello."))
    clip = services().library.clips.begin(
        Intent(
            pieces=[said], script="Hello.", title="Hello", owner="local",
            browser=app.session_state["_browser"],
        )
    )  # fmt: skip
    with services().library.database.write() as connection:
        table = sa.table("clips", sa.column("state"), sa.column("problem", sa.JSON))
        connection.execute(sa.update(table).values(state="failed", problem=problem))
    app.run()
    assert not app.exception
    assert "May have been charged" in words(app)
    assert [button.key for button in app.button if str(button.key).startswith("work_")] == [
        f"work_{name}_{clip.id}" for name in ("check", "twice", "dismiss")
    ]
    assert service.posts == 0


def test_k27_the_gallery_goes_back_to_a_model_that_there_is(app: AppTest) -> None:
    visit(app, "voices")
    forge(app.selectbox(key="voices_model"), "evil")
    assert not app.exception
    app.run()
    assert not app.exception
    assert "22 voices" in words(app)


def test_k27_compare_asks_no_voice_that_is_not_offered(app: AppTest, service: StandIn) -> None:
    visit(app, "compare")
    group = app.button_group(key="compare_voices")
    group.options.append("evil")
    group.set_value(["Ashley", "evil"]).run()
    assert not app.exception
    record_voices(app)
    assert sent(service) == [("inworld/tts-1-max", "Ashley", "mp3")]


def test_k27_a_link_ends_when_the_dialog_offers_it(app: AppTest) -> None:
    clip = make(services().library, "Hello.")
    visit(app, "library")
    app.session_state["_library_clip"] = clip.id
    app.run()
    app.button(key=f"library_chosen_share_{clip.id}").click().run()
    group = app.button_group(key=f"library_chosen_share_{clip.id}_days")
    group.options.append("36500 days")
    group.set_value("36500 days")
    app.button(key=f"library_chosen_share_{clip.id}_create").click().run()
    assert not app.exception
    (share,) = services().library.shares.of(clip.id)
    assert share.ends_at_s == end_in(7)


def test_k27_what_is_refused_is_refused_in_words() -> None:
    with pytest.raises(SpeechError) as caught:
        Utterance(model="m", voice="v", text="Hello.", format="exe")  # type: ignore[arg-type]
    assert "no such format" in str(caught.value)
    assert "MP3 or WAV" in caught.value.hint


def test_k27_columns_that_a_file_has_not_are_chosen_for_no_field(app: AppTest) -> None:
    def bring_in() -> None:
        visit(app, "scripts")
        app.file_uploader[0].upload("a.csv", TABLE.encode(), "text/csv").run()

    bring_in()
    forge(next(box for box in app.selectbox if box.label == "Text"), "evil")
    bring_in()
    assert not app.exception
    assert next(box for box in app.selectbox if box.label == "Text").value == "Text"
