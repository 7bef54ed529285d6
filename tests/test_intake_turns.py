"""Import of captions: who says what, what rolling captions repeat, and our own exports."""

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lib import captions
from lib.captions import Said
from lib.script import clean, clock
from tests.test_intake import sheet
from tests.test_intake_captions import notes, said, vtt

NAMED = "Names before the words are taken as speakers and are not said: {}."
ROLLED = "These captions roll, so that lines are shown more than once: {} left out."


def turns(text: str, name: str = "a.vtt") -> list[tuple[str, str]]:
    return [(row[1], row[0]) for row in sheet(text.encode(), name).rows]


def timed(*cues: tuple[int, int, str]) -> str:
    """A WebVTT file of cues with their times in milliseconds."""
    blocks = [
        f"00:{start // 1000:02}.{start % 1000:03} --> 00:{end // 1000:02}.{end % 1000:03}\n{text}\n"
        for start, end, text in cues
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def test_each_voice_in_a_cue_is_a_row_with_its_number_and_times() -> None:
    text = vtt("<v Ann>Who is it?</v>\n<v Bob>It is me.</v>", "<v Ann>Come in.")
    found = sheet(text.encode(), "a.vtt")
    assert turns(text) == [("Ann", "Who is it?"), ("Bob", "It is me."), ("Ann", "Come in.")]
    assert found.numbers == (1, 1, 2)
    assert found.rows[0][2:] == found.rows[1][2:] == ("00:00:00.000", "00:00:02.000")


@pytest.mark.parametrize(
    ("cue", "right"),
    [
        ("<v Ann>One</v> <v Bob>two", [("Ann", "One"), ("Bob", "two")]),
        ("<v.loud.first Ann Lee>One\ntwo", [("Ann Lee", "One two")]),
        ("<v Ann>One\n<v Ann>two", [("Ann", "One two")]),
        ("Before <v Ann>one</v>\nafter", [("", "Before"), ("Ann", "one"), ("", "after")]),
        ("<v Rock &amp; Roll><i>One</i>", [("Rock & Roll", "One")]),
        ("<v Ann>Bob: is here", [("Ann", "Bob: is here")]),
        ("<v>One", [("", "One")]),
    ],
)
def test_voice_spans_are_read_as_the_format_says(cue: str, right: list[tuple[str, str]]) -> None:
    assert turns(vtt(cue, "<v Ann>Yes.")) == [*right, ("Ann", "Yes.")]


NAMES = [("Ann Lee", "Good morning."), ("Bob Ray", "Morning, Ann."), ("Ann Lee", "Let us begin.")]


@pytest.mark.parametrize(
    "form",
    [
        "{}: {}",
        "[{}] {}",
        "({}) {}",
        ">> {}: {}",
        "- {}: {}",
        "-{}: {}",
        "{} (smiling): {}",
        "{}:\n{}",
    ],
)
@pytest.mark.parametrize("case", [str, str.upper])
@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_names_before_the_words_become_speakers_and_are_noted(
    form: str, case: type[str], name: str
) -> None:
    right = [(case(speaker), words) for speaker, words in NAMES]
    cues = [form.format(*turn) for turn in right]
    if name == "a.vtt":
        cues = [cue.replace(">", "&gt;") for cue in cues]
    assert turns(vtt(*cues), name) == right
    assert notes(vtt(*cues), name) == (NAMED.format(f"{right[0][0]} and {right[1][0]}"),)


def test_speakers_in_the_names_of_cues_are_read_as_webex_writes_them() -> None:
    times = "00:00:0{0}.000 --> 00:00:0{0}.900"
    cues = [
        f'{place} "{name}" (1234567)\n{times.format(place)}\n{text}\n'
        for place, (name, text) in enumerate([("Ann Lee", "Hello."), ("Bob", "Hi."), ("7", "Yes.")])
    ]
    text = "\n".join(["WEBVTT\n", *cues])
    assert turns(text) == [("Ann Lee", "Hello."), ("Bob", "Hi."), ("7", "Yes.")]


@pytest.mark.parametrize(
    ("cue", "right"),
    [
        (r"Hello\Nthere.", "Hello there."),
        (r"Hello.\N\NYes.", "Hello. Yes."),
        (r"Open C:\New and \names.", r"Open C:\New and \names."),
    ],
)
def test_a_line_break_of_another_format_is_not_said(cue: str, right: str) -> None:
    assert turns(vtt(cue)) == [("", right)]


def test_two_named_turns_in_one_cue_are_two_rows() -> None:
    text = vtt("- ANN: Who is\nit?\n- BOB: Me.", "ANN: Come in.\nBOB: Thanks.")
    assert turns(text) == [
        ("ANN", "Who is it?"),
        ("BOB", "Me."),
        ("ANN", "Come in."),
        ("BOB", "Thanks."),
    ]


@pytest.mark.parametrize(
    "cues",
    [
        ("Note: the door is open.", "We are here."),
        ("Step 1: open it.", "Step 2: close it."),
        ("[music]", "(laughs)", "[door opens]"),
        ("[music] Welcome.", "[music] Bye."),
        ("(laughs) Hi.", "(laughs) Bye."),
        ("[Music]", "[Applause]", "Welcome."),
        ("It is 9:30.", "See http://a.b", "then: no"),
        ("- Who is it? - Me.", "- Come in."),
    ],
)
def test_sounds_labels_and_times_are_no_names(cues: tuple[str, ...]) -> None:
    assert turns(vtt(*cues)) == [("", cue) for cue in cues]
    assert notes(vtt(*cues), "a.vtt") == ()


def test_a_caption_without_a_name_goes_on_only_where_that_is_marked() -> None:
    sentence = vtt("ANN: I came to", "see you.", "Anybody?", "BOB: Oh.", "ANN: Yes.")
    assert [speaker for speaker, _ in turns(sentence)] == ["ANN", "ANN", "", "BOB", "ANN"]
    marked = vtt(">> ANN: Hi.", "Lovely day.", ">> Is it?", "It is.", ">> BOB: No.", ">> ANN: Yes.")
    assert turns(marked, "a.srt") == [
        ("ANN", "Hi."),
        ("ANN", "Lovely day."),
        ("", "Is it?"),
        ("", "It is."),
        ("BOB", "No."),
        ("ANN", "Yes."),
    ]


def test_the_sign_of_another_speaker_is_not_said_and_noted() -> None:
    text = vtt(
        "&gt;&gt; Hello.\n&gt;&gt; Hi.", "&gt;&gt;&gt; The news.", "&gt;&gt;", "2 &gt;&gt; 1"
    )
    assert said(text, "a.vtt") == ["Hello. Hi.", "The news.", ">>", "2 >> 1"]
    assert notes(text, "a.vtt") == (
        '">>", the sign for another speaker, is left out before 3 turns without a name.',
    )


YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.080 --> 00:00:02.310 align:start position:0%
\x20
welcome<00:00:00.320><c> to</c><00:00:00.480><c> the</c><00:00:00.640><c> show</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
welcome to the show
\x20

00:00:02.320 --> 00:00:05.110 align:start position:0%
welcome to the show
today<00:00:02.480><c> we</c><00:00:02.720><c> cook</c><00:00:02.960><c> rice</c>

00:00:05.110 --> 00:00:05.120 align:start position:0%
today we cook rice
\x20
"""


def test_k_what_rolling_captions_repeat_is_said_once_and_counted() -> None:
    assert said(YOUTUBE, "a.vtt") == ["welcome to the show", "today we cook rice"]
    assert notes(YOUTUBE, "a.vtt") == (ROLLED.format("3 repeated lines are"),)


@pytest.mark.parametrize(
    ("cues", "right", "left_out"),
    [
        (["a b", "a b\nc d", "c d\ne f"], ["a b", "c d", "e f"], 2),
        (["a\nb", "b\nc", "c\nd"], ["a b", "c", "d"], 2),
        (["a\nb\nc", "b\nc\nd", "c\nd\ne"], ["a b c", "d", "e"], 4),
        (["we", "we cook", "we cook rice"], ["we cook rice"], 2),
        (["a", "a", "a\nb", "b", "b\nc"], ["a", "b", "c"], 4),
        (["one two three", "one two three\nfour"], ["one two three", "four"], 1),
        (["one two three", "one two three four"], ["one two three four"], 1),
        (["a", "a\nno", "no\nno", "no\nb"], ["a", "no", "no", "b"], 3),
    ],
)
def test_captions_that_roll_or_grow_are_said_once(
    cues: list[str], right: list[str], left_out: int
) -> None:
    text = timed(*((1000 * place, 1000 * place + 1000, cue) for place, cue in enumerate(cues)))
    assert said(text, "a.vtt") == right
    counted = "1 repeated line is" if left_out == 1 else f"{left_out} repeated lines are"
    assert notes(text, "a.vtt") == (ROLLED.format(counted),)


@pytest.mark.parametrize(
    "cues",
    [
        ["No.", "No."],
        ["No.", "No.", "No.", "No."],
        ["No.", "No. No."],
        ["We will rock you", "We will rock you", "Sing it", "We will rock you"],
        ["Yes.\nNo.", "No.\nYes.", "Good.", "So.", "Bye."],
        ["No. No."],
    ],
)
def test_words_that_are_said_again_are_said_again(cues: list[str]) -> None:
    text = timed(*((1000 * place, 1000 * place + 1000, cue) for place, cue in enumerate(cues)))
    assert said(text, "a.vtt") == [cue.replace("\n", " ") for cue in cues]
    assert notes(text, "a.vtt") == ()


def test_a_line_shown_again_after_a_pause_is_said_again() -> None:
    text = timed((0, 1000, "a b c"), (3000, 4000, "a b c d"), (6000, 7000, "a b c d\ne"))
    assert said(text, "a.vtt") == ["a b c", "a b c d", "a b c d e"]


TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aBN1 <>/&;{}\\:.,->[]()#\n", max_size=40),
    st.sampled_from(["2", "1\n00:00:01,000 --> 00:00:02,000", "<b>x</b>", "{\\an8}", "&amp; &lt;"]),
    st.sampled_from(["NOTE x", "a --> b", "0:00:01.0 --> 0:00:02.0", "&#38;", "- A: b", "[A] b"]),
)


@settings(deadline=None, max_examples=200)
@example([("<00:00:01.000>a", "<v B>")])
@given(st.lists(st.tuples(TEXTS, st.text(max_size=9)), min_size=1, max_size=6))
def test_k_our_own_captions_come_back_with_their_words_speakers_and_times(
    typed: list[tuple[str, str]],
) -> None:
    parts = [
        Said(text=text, start_s=9 * place, end_s=9 * place + 2, speaker=f"Ann {speaker}")
        for place, (text, speaker) in enumerate(typed)
    ]
    cues = [cue for cue in captions.cues(parts, 100.0) if words(cue.text)]
    if not cues:
        return
    read = sheet(captions.vtt(cues).encode(), "a.vtt").rows
    assert [(words(row[0]), row[1]) for row in read] == [
        (words(cue.text), " ".join(cue.speaker.split())) for cue in cues
    ]
    times = [(clock.exact(cue.start_s), clock.exact(cue.end_s)) for cue in cues]
    assert [row[2:] for row in read] == times
    numbered = sheet(captions.srt(cues).encode(), "a.srt").rows
    assert [row[2:] for row in numbered] == times
    assume(not any(row[1] for row in numbered))  # SRT has names in the words alone
    assert [without_signs(row[0]) for row in numbered] == [
        without_signs(cue.text.replace("-->", "→")) for cue in cues
    ]


def without_signs(text: str) -> str:
    """The words, without the sign of another speaker, which is noted."""
    return words(text).replace(">", "")


def words(text: str) -> str:
    return "".join(clean(text).text.split())
