"""A speaker that a file names is carried as a value: it is never said, nor guessed from words."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import intake
from lib.intake import Sheet
from lib.library import Library
from lib.library.scripts import Row, Script
from lib.orders.parts import Limits, Request, parts_of
from lib.script import clean
from lib.script.dialogue import same_person
from lib.scripting import units as scripting
from lib.scripting.cast import Cast
from lib.settings import Settings

MODEL = "inworld/tts-1-max"
VOICES = ("Ashley", "Craig", "Edward", "Olivia")
LIMITS = Limits.of(Settings())


def rows_of(data: bytes, name: str = "a.csv") -> list[Row]:
    """The rows that a file becomes, by the columns that are guessed."""
    sheet = intake.read(name, data)
    assert isinstance(sheet, Sheet)
    lines, _ = intake.lines(sheet, intake.guess(sheet))
    return [
        Row(
            id=place,
            position=place,
            title=line.title,
            speaker=line.speaker,
            voice=line.voice,
            text=line.text,
            pause_after_s=line.pause_after_s,
        )
        for place, line in enumerate(lines, 1)
    ]


def a_script(kind: str) -> Script:
    return Script(
        id=1, owner="local", browser="b1", title="S", kind=kind, text="", form={},  # type: ignore[arg-type]
        made_at_s=0.0, changed_at_s=0.0,
    )  # fmt: skip


def cast_for(rows: Sequence[Row]) -> Cast:
    """Another voice for each speaker, in the order of appearance."""
    speakers = dict.fromkeys(same_person(row.speaker) for row in rows if row.speaker)
    chosen = {name: VOICES[1:][place % 3] for place, name in enumerate(speakers)}
    names = {voice.casefold(): voice for voice in VOICES}
    return Cast(model=MODEL, voice="Ashley", format="mp3", names=names, speakers=chosen)


def said(request: Request | None) -> list[tuple[str, str, float]]:
    """(voice, words, silence after them) of each part."""
    assert request
    _, found = parts_of(request, LIMITS)
    return [(p.utterance.voice, p.utterance.text, round(p.gap_after_s, 3)) for p in found]


def heard(data: bytes, name: str = "a.csv") -> list[tuple[str, str, float]]:
    rows = rows_of(data, name)
    (unit,) = scripting.units(a_script("dialogue"), rows, cast_for(rows), frozenset())
    return said(unit.request)


@pytest.mark.parametrize(
    "name",
    [
        "SPEAKER_00",
        "2B",
        "ANNA (V.O.)",
        "[Ann]",
        "ann/bob",
        "a b c d e f g",
        "Ben: the second",
        "é",
    ],
)
def test_any_name_whatever_is_a_speaker_and_is_not_said(name: str) -> None:
    data = f'Speaker,Text\n"{name}",Good morning.\nOther,Hello there.\n"{name}",Shall we begin?\n'
    assert heard(data.encode()) == [
        ("Craig", "Good morning.", 0.4),
        ("Edward", "Hello there.", 0.4),
        ("Craig", "Shall we begin?", 0.0),
    ]


def test_a_name_with_a_comma_is_one_speaker() -> None:
    data = b'Speaker,Text\n"Lee, Ann (Ext)",Hello.\n"Lee, Bob",Hi.\n'
    assert [row.speaker for row in rows_of(data)] == ["Lee, Ann (Ext)", "Lee, Bob"]
    assert heard(data) == [("Craig", "Hello.", 0.4), ("Edward", "Hi.", 0.0)]


def test_what_looks_like_a_name_inside_a_cell_is_words() -> None:
    data = (
        b'Speaker,Text\nAnna,"Three rules.\nRule one: no shoes.\nRule two: no hats."\nBen,Fine.\n'
    )
    found = heard(data)
    assert [voice for voice, _, _ in found] == ["Craig"] * 3 + ["Edward"]
    assert [words for _, words, _ in found][1:3] == ["Rule one: no shoes.", "Rule two: no hats."]


def test_an_empty_speaker_is_the_usual_voice() -> None:
    data = b"Speaker,Text\n,Once upon a time.\nAnna,Hello.\n,The end.\nBen,Bye.\n"
    assert [voice for voice, _, _ in heard(data)] == ["Ashley", "Craig", "Ashley", "Edward"]


def test_pauses_and_titles_of_a_dialogue_survive() -> None:
    data = b"Title,Speaker,Text,Pause (s)\nA1,Anna,Hello.,1.5\nA2,Ben,Bye.,\n"
    assert heard(data) == [("Craig", "Hello.", 1.5), ("Edward", "Bye.", 0.0)]
    assert [row.title for row in rows_of(data)] == ["A1", "A2"]


def test_a_voice_span_of_captions_is_a_speaker() -> None:
    data = (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v SPEAKER_00>Hello.\n\n"
        b"00:03.000 --> 00:04.000\n<v x/y>Hi.\n"
    )
    assert [row.speaker for row in rows_of(data, "a.vtt")] == ["SPEAKER_00", "x/y"]
    assert [voice for voice, _, _ in heard(data, "a.vtt")] == ["Craig", "Edward"]


def test_rows_with_speakers_are_a_table_of_clips_too() -> None:
    rows = rows_of(b"Speaker,Voice,Text\nAnna,,Hello.\nBen,Olivia,Hi.\n,,Bye.\n")
    units = scripting.units(a_script("table"), rows, cast_for(rows), frozenset())
    assert [each.request.voice for each in units if each.request] == ["Craig", "Olivia", "Ashley"]


def test_a_speaker_is_stored_with_its_row(library: Library) -> None:
    script = library.scripts.begin(
        "dialogue",
        title="S",
        owner="local",
        browser="b1",
        rows=[Row(position=1, speaker="SPEAKER_00", text="Rule one: no shoes.")],
    )
    (row,) = library.scripts.rows(script)
    assert (row.speaker, row.text) == ("SPEAKER_00", "Rule one: no shoes.")


NAMES = (
    st.text(min_size=1, max_size=12)
    .map(lambda each: clean(each).text)
    .filter(lambda each: bool(each.strip()))
)
WORDS = st.sampled_from(
    ["Hello.", "Rule one: no shoes.", "BEN: I said.", "At 10:30 we go.", "a: b"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.one_of(NAMES, st.just("")), WORDS), min_size=1, max_size=6))
def test_every_turn_is_said_by_its_speaker_whatever_the_names_and_words(
    turns: list[tuple[str, str]],
) -> None:
    rows = [
        Row(id=place, position=place, speaker=name, text=words)
        for place, (name, words) in enumerate(turns, 1)
    ]
    cast = cast_for(rows)
    (unit,) = scripting.units(a_script("dialogue"), rows, cast, frozenset())
    assert unit.request
    assert [(line.voice, line.text) for line in unit.request.lines] == [
        (cast.speakers[same_person(name)] if name else "Ashley", words) for name, words in turns
    ]
