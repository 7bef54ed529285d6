"""The check-up of a whole script: its language, and corrections that apply in all places."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lib import catalogue
from lib.library.scripts import Kind, Row, Script
from lib.scripting import units as scripting
from lib.scripting.cast import Cast
from lib.scripting.check_up import DIFFERS, Note, notes_of
from lib.scripting.state import ScriptState, UnitState

MODEL = "inworld/tts-1-max"
CATALOGUE = catalogue.load()
NAMES = {voice.label.casefold(): voice.id for voice in CATALOGUE.voices(MODEL)}
CAST = Cast(model=MODEL, voice="Ashley", format="mp3", names=NAMES, speakers={})
OTHER = next(voice for voice in CATALOGUE.voices(MODEL) if voice.language != "en")


def notes(kind: Kind, text: str = "", rows: Sequence[str] = (), **form: object) -> list[Note]:
    """The notes on a script of this text, or of rows without titles."""
    script = Script(
        id=1, owner="local", browser="b1", title="My script", kind=kind, text=text, form=form,
        made_at_s=0.0, changed_at_s=0.0,
    )  # fmt: skip
    stored = [Row(id=number, position=number, text=each) for number, each in enumerate(rows)]
    cast = replace(CAST, voice=str(form.get("voice", "Ashley")))
    found = scripting.units(script, stored, cast, frozenset())
    states = [UnitState(unit=each, plan=None, clip=None, state="new", problem="") for each in found]
    now = ScriptState(
        script=script, work="done", rows=stored, cast=cast, units=states, wanted=[],
        usd_per_million=None,
    )  # fmt: skip
    return notes_of(now, known=set(), row_max_chars=1_000, catalogue=CATALOGUE)


def mends(found: list[Note]) -> dict[str, str | None]:
    return {each.finding.said: each.finding.mend for each in found if each.finding}


GERMAN = [
    "Wir begrüßen Sie herzlich in unserem Haus und freuen uns auf Ihren Besuch.",
    "Halle 5 km",
    "Einlass 14:30 today",
    "Preis $5",
    "50%",
    "Tel. 555-0123",
    "Dr. Smith",
    "1st",
]


def test_a_german_table_gets_no_english_word() -> None:
    found = mends(notes("table", rows=GERMAN))
    assert len(found) >= 6
    assert set(found.values()) == {None}


@pytest.mark.parametrize("kind", ["document", "dialogue"])
def test_a_german_text_gets_no_english_word(kind: Kind) -> None:
    text = "\n\n".join(GERMAN)
    found = mends(notes(kind, "Anna: " + text.replace("\n\n", "\nAnna: ")))
    assert set(found.values()) == {None}


def test_an_english_table_is_mended_row_by_row() -> None:
    rows = ["We close at 21:45.", "Save 5% today.", "Room 5"]
    assert mends(notes("table", rows=rows)) == {
        "21:45": "twenty-one forty-five",
        "5%": "five percent",
    }


def test_a_voice_of_another_language_gets_no_english_word() -> None:
    assert mends(notes("table", rows=["Save 5%"], voice=OTHER.id)) == {"5%": None}
    assert mends(notes("table", rows=["Save 5%"])) == {"5%": "five percent"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["We open at 9:30 today.", "Mix it 9:30 with water."], "9:30"),
        (["Walk 5 km to town.", "Join our 5 km run with us."], "5 km"),
        (["It costs $100 for all of us.", "Win the $100 voucher with us."], "$100"),
        (["Go to platform No. 5 now.", "Did he call? No. 5 others did."], "No. 5"),
        (["Please wait 5-7 days for it.", "They won 5-7 in the end."], "5-7"),
    ],
)
def test_a_mend_that_would_be_wrong_in_another_place_is_not_offered(
    rows: list[str], said: str
) -> None:
    found = notes("table", rows=rows)
    assert mends(found)[said] is None
    assert DIFFERS in [each.message for each in found]
    alone = mends(notes("table", rows=rows[:1]))
    assert alone[said] is not None


def test_the_same_words_inside_a_longer_number_are_no_other_place() -> None:
    rows = ["It costs $5 for all of us.", "It costs $50 for all of you."]
    assert mends(notes("table", rows=rows)) == {"$5": "five dollars", "$50": "fifty dollars"}


def test_a_mend_that_was_taken_is_asked_about_where_it_may_be_wrong() -> None:
    rows = ["We open at 9:30 today.", "Mix it 9:30 with water."]
    found = notes("table", rows=rows, mends={"9:30": "nine thirty"})
    assert [(each.place, each.message, each.around) for each in found] == [
        (
            "Row 2",
            "“9:30” is said “nine thirty” here too. Is that right?",
            "Mix it 9:30 with water.",
        )
    ]
    assert notes("table", rows=rows[:1], mends={"9:30": "nine thirty"}) == []
    assert notes("table", rows=rows, mends={"9:30": "half past nine"}) == []


def test_a_note_shows_the_words_around_its_place() -> None:
    (note,) = notes(
        "table", rows=["Hello to everybody who is here. We close at 21:45 on workdays.\nBye"]
    )
    assert note.around == "…is here. We close at 21:45 on workdays."


def test_a_note_on_a_dialogue_names_the_line_and_who_says_it() -> None:
    found = notes("dialogue", "Ann: Good morning.\nBen: It is $5, Dr. Smith.\nAnn: It is 50%.")
    assert [(each.place, each.finding.said) for each in found if each.finding] == [
        ("Line 2, Ben", "$5"),
        ("Line 2, Ben", "Dr. Smith"),
        ("Line 3, Ann", "50%"),
    ]
