"""The check-up of the rows of a script."""

import unicodedata

import pytest

from lib import checkup
from lib.checkup import LineFinding
from lib.script import Line
from tests.quick import within

VOICES = frozenset({"Ashley", "Timothy"})
ANY_VOICE = VOICES | {""}


def across(*lines: Line, title_required: bool = False, any_voice: bool = True) -> list[LineFinding]:
    return checkup.across(
        lines,
        voices=ANY_VOICE if any_voice else VOICES,
        row_max_chars=50,
        title_required=title_required,
    )


def told(found: list[LineFinding]) -> list[tuple[int, str]]:
    return [(each.position, each.kind) for each in found]


def test_script_in_order_has_no_finding() -> None:
    assert (
        across(
            Line(text="Hello.", title="Greeting", voice="Ashley"),
            Line(text="Hello.", title="Greeting again", voice="Timothy"),
            Line(text="Goodbye.", title="End", voice="Ashley"),
            any_voice=False,
            title_required=True,
        )
        == []
    )


def test_speaker_without_a_voice_is_said_once() -> None:
    found = across(
        Line(text="Hello.", speaker="Anna"),
        Line(text="Hi.", speaker="Ben", voice="Timothy"),
        Line(text="How are you?", speaker="ANNA"),
        any_voice=False,
    )

    assert found == [LineFinding(0, "voice", "“Anna” has no voice yet.")]


def test_row_without_a_voice_is_said_where_each_needs_one() -> None:
    lines = (Line(text="Hello."), Line(text="Bye.", voice="Ashley"))

    assert told(across(*lines, any_voice=False)) == [(0, "voice")]
    assert across(*lines) == []


def test_unknown_voice_is_named_at_each_row() -> None:
    found = across(Line(text="Hello.", voice="Ashly"), Line(text="Bye.", voice="Ashly"))

    assert told(found) == [(0, "voice"), (1, "voice")]
    assert found[0].message == "There is no voice “Ashly” here."


@pytest.mark.parametrize("other", ["welcome", " Welcome ", "WELCOME"])
def test_same_title_names_the_first_row_that_has_it(other: str) -> None:
    found = across(Line(text="Hello.", title="Welcome"), Line(text="Bye.", title=other))

    assert told(found) == [(1, "title")]
    assert found[0].message == f"Row 1 has the title “{other.strip()}” too."


def test_titles_are_the_same_however_their_accents_are_written() -> None:
    title = "Café"
    apart = unicodedata.normalize("NFD", title)

    found = across(Line(text="Hello.", title=title), Line(text="Bye.", title=apart))

    assert told(found) == [(1, "title")]


def test_rows_without_a_title_are_no_duplicates_and_are_said_only_where_required() -> None:
    lines = (Line(text="Hello."), Line(text="Bye."))

    assert across(*lines) == []
    assert told(across(*lines, title_required=True)) == [(0, "title"), (1, "title")]


def test_row_over_the_limit_says_both_figures() -> None:
    (found,) = checkup.across([Line(text="a" * 2_001)], voices=ANY_VOICE, row_max_chars=2_000)

    assert found == LineFinding(0, "length", "This row has 2,001 characters; 2,000 is the most.")
    assert across(Line(text="a" * 50)) == []


@pytest.mark.parametrize("text", ["", "  \n", "…", "[pause 1 s]", "[laugh]", '<break time="1s"/>'])
def test_row_with_nothing_to_say_is_said_and_nothing_else_about_it(text: str) -> None:
    found = across(Line(text=text), Line(text=text), title_required=True, any_voice=False)

    assert told(found) == [(0, "empty"), (1, "empty")]


def test_b21_same_words_in_the_same_voice_are_recorded_once() -> None:
    found = across(
        Line(text="Hello.", voice="Ashley"),
        Line(text="Hello.", voice="Timothy"),
        Line(text=" Hello. ", voice="Ashley"),
    )

    message = "Row 1 has the same words and voice: recorded once."
    assert found == [LineFinding(2, "duplicate", message)]


def test_same_words_of_two_speakers_whose_voices_are_open_are_no_duplicates() -> None:
    found = across(Line(text="Yes.", speaker="Anna"), Line(text="Yes.", speaker="Ben"))

    assert found == []


def test_findings_are_in_order_of_the_rows() -> None:
    found = across(
        Line(text="a" * 51, title="One"),
        Line(text="", title="Two"),
        Line(text="Hello.", title="One", voice="Nobody"),
        Line(text="a" * 51, title="Four"),
    )

    assert [each.position for each in found] == [0, 1, 2, 2, 3, 3]


def test_ten_thousand_rows_take_a_moment() -> None:
    lines = [Line(text=f"Prompt number {row}.", title=f"Prompt {row}") for row in range(10_000)]
    with within(5):
        assert checkup.across(lines, voices=ANY_VOICE, row_max_chars=2_000) == []
