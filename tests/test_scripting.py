"""Scripts become clips: no word is lost, and only changed parts are new."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import lexicon, script
from lib.errors import SpeechError
from lib.library import Library
from lib.library.clip import Part
from lib.library.scripts import Kind, Row, Script
from lib.orders import parts
from lib.orders import plan as planning
from lib.orders.parts import Limits, Request
from lib.orders.plan import Plan
from lib.script import Line, chapters, dialogue, filling, pauses
from lib.script.naming import head_of
from lib.scripting import units as scripting
from lib.scripting.cast import Cast
from lib.scripting.units import Unit
from lib.settings import Settings

MODEL = "inworld/tts-1-max"
LIMITS = Limits.of(Settings())
CAST = Cast(
    model=MODEL,
    voice="Ashley",
    format="mp3",
    names={"ashley": "Ashley", "craig": "Craig", "dr. ames": "Edward"},
    speakers={"guide": "Craig"},
)
ASK = Request(script="", model=MODEL, voice="Ashley", format="mp3")


def a_script(kind: Kind, text: str = "", **form: object) -> Script:
    return Script(
        id=1,
        owner="local",
        browser="b1",
        title="My script",
        kind=kind,
        text=text,
        form=form,
        made_at_s=0.0,
        changed_at_s=0.0,
    )


def units(kind: Kind, text: str = "", rows: Sequence[Row] = (), **form: object) -> list[Unit]:
    return scripting.units(a_script(kind, text, **form), rows, CAST, frozenset())


def said(request: Request | None) -> list[tuple[str, str, float]]:
    """(voice, words, silence after them)."""
    assert request
    _, found = parts.parts_of(request, LIMITS)
    return [(p.utterance.voice, p.utterance.text, round(p.gap_after_s, 3)) for p in found]


def words(request: Request) -> list[Part]:
    return list(parts.parts_of(request, LIMITS)[1])


# ---- Dialogues ----


def test_a_dialogue_is_read_turn_by_turn() -> None:
    found = dialogue.lines("ASHLEY: Hello.\nHow are you?\n\nDr. Ames:  Fine.\nAshley: Good.")
    assert [(line.speaker, line.text) for line in found] == [
        ("ASHLEY", "Hello.\nHow are you?"),
        ("Dr. Ames", "Fine."),
        ("Ashley", "Good."),
    ]
    assert dialogue.speakers(found) == ["ASHLEY", "Dr. Ames"]


@pytest.mark.parametrize(
    "text",
    [
        "See http://example.com for more.",
        "We meet at 10:30 today.",
        "please note that: it closes early",
        "One two three four five: too many words for a name.",
    ],
)
def test_a_colon_alone_makes_no_speaker(text: str) -> None:
    assert [line.speaker for line in dialogue.lines(text)] == [""]


def test_a_dialogue_is_told_from_a_document() -> None:
    assert dialogue.looks_like_one("Ashley: Hello.\nCraig: Hello.\nAshley: Bye.")
    assert not dialogue.looks_like_one("Note: this is a text.\nIt goes on.\nAnd on.\nAnd on.")
    assert not dialogue.looks_like_one("Just one line.")


names = st.sampled_from(["Ashley", "Craig", "Dr. Ames", "Élise", "Иван", "愛"])
spoken = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1
).filter(lambda text: text.strip() and not head_of(text.strip()))


@given(st.lists(st.tuples(names, spoken), min_size=1, max_size=8))
def test_a_dialogue_written_out_and_read_again_is_the_same(turns: list[tuple[str, str]]) -> None:
    lines = [Line(speaker=name, text=text.strip()) for name, text in turns]
    assert list(dialogue.lines(dialogue.text_of(lines))) == lines


def test_speakers_get_the_voice_chosen_for_them_or_the_one_of_their_name() -> None:
    (unit,) = units("dialogue", "Guide: Hello.\nAshley: Hi.")
    assert [voice for voice, _, _ in said(unit.request)] == ["Craig", "Ashley"]


def test_a_speaker_gets_the_voice_that_was_given_and_the_one_a_person_chose_comes_first() -> None:
    cast = replace(CAST, given={"bob": "Edward", "guide": "Edward"})
    script = a_script("dialogue", "Bob: Hello.\nGuide: Hi.\nBOB: Bye.")
    (unit,) = scripting.units(script, [], cast, frozenset())
    assert [voice for voice, _, _ in said(unit.request)] == ["Edward", "Craig", "Edward"]


# ---- Documents ----


def test_headings_become_chapters_and_are_said_first() -> None:
    found = chapters.lines("Before.\n\n# One\n\n## Part\nText one.\n# Two #\nText two.\n# End")
    assert [(line.title, line.text) for line in found] == [
        ("", "Before."),
        ("One", "One\n\nPart\n\nText one."),
        ("Two", "Two\n\nText two."),
        ("End", "End"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "names"),
    [
        (
            "# Manual\n\n# First steps\nText.\n# Going on\nText.",
            "Manual",
            ["First steps", "Going on"],
        ),
        (
            "# Manual\n\n## First steps\nText.\n## Going on\nText.",
            "Manual",
            ["First steps", "Going on"],
        ),
        ("# One\n## Part\nText.\n# Two\nText.", "One", ["One", "Two"]),
        ("Manual\n======\n\nFirst\n-----\nText.", "Manual", ["First"]),
        ("---\ntitle: Manual\n---\n# First\nText.", "Manual", ["First"]),
        ("Before.\n# First\nText.", "", ["", "First"]),
        ("No heading.", "", [""]),
    ],
)
def test_a_chapter_has_its_own_heading_and_the_whole_its_title(
    text: str, title: str, names: list[str]
) -> None:
    assert chapters.title(text) == title
    assert [line.title for line in chapters.lines(text)] == names


def test_a_document_is_a_clip_a_chapter_or_one_in_all() -> None:
    text = "# One\nHello.\n# Two\nBye."
    assert [unit.title for unit in units("document", text)] == ["One", "Two"]
    (whole,) = units("document", text, joined=True)
    assert whole.title == "My script"
    assert [each for _, each, _ in said(whole.request)] == ["One", "Hello.", "Two", "Bye."]


def test_a_changed_sentence_is_the_only_new_one(library: Library) -> None:
    text = "\n\n".join(f"This is sentence {n}. Here is one more, {n}." for n in range(20))
    request = replace(ASK, script=text, each_sentence=True)
    before = {part.utterance.key for part in words(request)}
    after = {part.utterance.key for part in words(replace(request, script=text.replace(
        "sentence 7.", "sentence seven.")))}  # fmt: skip
    assert len(before) == 40
    assert len(after - before) == 1


# ---- Pauses ----


@pytest.mark.parametrize(
    ("text", "pause_s"),
    [
        ("[pause 0.5 s]", 0.5),
        ("[pause 1,5 s]", 1.5),
        ("[Pause 750 ms]", 0.75),
        ("[pause 2s]", 2.0),
        ("[pause 900 s]", 60.0),
    ],
)
def test_a_pause_is_silence_and_never_words(text: str, pause_s: float) -> None:
    request = replace(ASK, script=f"Hello {text} you.")
    assert said(request) == [("Ashley", "Hello", pause_s), ("Ashley", "you.", 0.0)]


def test_pauses_that_meet_add_up_and_one_at_the_end_is_kept() -> None:
    request = replace(ASK, script="Hello [pause 1 s] [pause 500 ms] you. [pause 2 s]")
    assert said(request) == [("Ashley", "Hello", 1.5), ("Ashley", "you.", 2.0)]


def test_a_pause_before_the_first_word_is_left_out_and_said() -> None:
    cleaned, found = parts.parts_of(replace(ASK, script="[pause 1 s] Hello."), LIMITS)
    assert [part.utterance.text for part in found] == ["Hello."]
    assert cleaned.removed == (parts.LEADING_PAUSE,)


def test_marks_the_program_writes_are_read_back() -> None:
    for seconds in (0.25, 0.5, 1.0, 12.0):
        assert pauses.stretches(f"a{pauses.mark(seconds)}b")[0].pause_s == seconds


@given(st.text(max_size=200), st.sampled_from(["[pause 1 s]", "[pause 20 ms]"]))
def test_no_words_are_lost_at_a_pause(text: str, mark: str) -> None:
    cleaned = script.clean(text).text
    middle = len(cleaned) // 2
    marked = f"{cleaned[:middle]}{mark}{cleaned[middle:]}"
    found = "".join(stretch.text for stretch in pauses.stretches(marked))
    assert "".join(found.split()) == "".join(pauses.without_marks(marked).split())


# ---- Tables, fill-in ----


def test_a_row_without_a_voice_has_the_usual_one_and_what_is_no_voice_the_given_one() -> None:
    rows = [
        Row(id=1, position=1, title="One", text="Hello."),
        Row(id=2, position=2, text="Craig speaks.", voice=" CRAIG "),
        Row(id=3, position=3, text="Who?", voice="Bob"),
        Row(id=4, position=4, text="  "),
    ]
    cast = replace(CAST, given={"bob": "Edward"})
    found = scripting.units(a_script("table"), rows, cast, frozenset())
    assert [unit.id for unit in found] == ["row-1", "row-2", "row-3"]
    assert [unit.title for unit in found] == ["One", "Craig speaks.", "Who?"]
    assert [unit.request.voice for unit in found] == ["Ashley", "Craig", "Edward"]


@pytest.mark.parametrize("untouched", ["{{x}}", "%s", "{0}", "${x}", "{missing}", "{ }", "{}"])
def test_only_the_names_of_columns_are_filled_in(untouched: str) -> None:
    """B10"""
    template = f"Hello {{ Name }}, {untouched}"
    assert filling.fill(template, {"name": "{x} Ann", "x": "no"}) == f"Hello {{x}} Ann, {untouched}"


def test_names_that_no_column_has_are_told() -> None:
    assert filling.missing("{a} {b} {A}", ["B"]) == ["a", "A"]


# ---- What is sent ----


def test_what_is_sent_follows_the_lexicon_and_what_is_shown_stays() -> None:
    wording = frozenset({lexicon.Entry("Nguyen", "Win")})
    (part,) = words(replace(ASK, script="Ask Nguyen.", wording=wording))
    assert (part.utterance.text, part.shown) == ("Ask Win.", "Ask Nguyen.")
    assert part.wording == (("Nguyen", "Win"),)
    (same,) = words(replace(ASK, script="Ask me.", wording=wording))
    assert (same.utterance.text, same.shown) == ("Ask me.", None)


def test_what_grows_too_long_is_cut_again_and_shown_once() -> None:
    wording = frozenset({lexicon.Entry("x", "word " * 90)})
    found = words(replace(ASK, script="x " * 30, wording=wording))
    assert len(found) > 1
    assert all(len(part.utterance.text) <= LIMITS.piece_max_chars for part in found)
    assert "".join(part.shown or "" for part in found) == ("x " * 30).strip()


def test_a_text_of_which_nothing_is_left_is_refused() -> None:
    wording = frozenset({lexicon.Entry("Hello", "")})
    with pytest.raises(SpeechError, match="Nothing of this text"):
        words(replace(ASK, script="Hello", wording=wording))


def test_another_take_is_another_recording_of_that_sentence_alone() -> None:
    request = replace(ASK, script="One here. Two here.", each_sentence=True)
    first, second = words(request)
    again = words(replace(request, takes=frozenset({(first.utterance.key, 3)})))
    assert [part.utterance.take for part in again] == [3, 1]
    assert again[1] == second


# ---- Prices ----


def test_one_row_that_cannot_be_said_spoils_no_other(library: Library) -> None:
    requests = [replace(ASK, script=text) for text in ("Hello.", "…", "Bye.")]
    found = planning.attempts(
        requests, library=library, limits=LIMITS, usd_per_million=lambda _: None
    )
    assert [isinstance(each, Plan) for each in found] == [True, False, True]


def test_the_same_sound_is_asked_for_whatever_the_script_is_called(library: Library) -> None:
    def asked(request: Request) -> str:
        (plan,) = planning.attempts(
            [request], library=library, limits=LIMITS, usd_per_million=lambda _: None
        )
        assert isinstance(plan, Plan)
        return plan.asked

    hello = replace(ASK, script="Hello there. How are you?", each_sentence=True)
    assert asked(hello) == asked(replace(hello, script="Hello there.  How are you?"))
    assert asked(hello) != asked(replace(hello, script="Hello there. [pause 1 s] How are you?"))
    assert asked(hello) != asked(replace(hello, voice="Craig"))
    assert asked(hello) != asked(replace(hello, format="wav"))
