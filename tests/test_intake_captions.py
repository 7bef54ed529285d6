"""Import of captions: SRT and WebVTT as the formats say, and as tools and people write them."""

import contextlib

import pytest

from lib import intake
from lib.errors import InvalidRequestError
from tests.quick import within
from tests.test_intake import refusal, sheet, words

ONE = "1\n00:00:01,000 --> 00:00:03,000\nDoors open at nine.\n\n"
ONE += "2\n00:00:04,000 --> 00:00:06,000\nPlease come in.\n"
SAID = ["Doors open at nine.", "Please come in."]
TIMES = [("00:00:01.000", "00:00:03.000"), ("00:00:04.000", "00:00:06.000")]


def said(text: str, name: str = "a.srt") -> list[str]:
    return [row[0] for row in sheet(text.encode(), name).rows]


def times(text: str, name: str = "a.srt") -> list[tuple[str, ...]]:
    return [row[2:] for row in sheet(text.encode(), name).rows]


def notes(text: str, name: str = "a.srt") -> tuple[str, ...]:
    return sheet(text.encode(), name).notes


def vtt(*cues: str) -> str:
    """A file with these words in cues of two seconds, a second apart."""
    blocks = [
        f"00:{3 * place // 60:02}:{3 * place % 60:02}.000 --> "
        f"00:{(3 * place + 2) // 60:02}:{(3 * place + 2) % 60:02}.000\n{cue}\n"
        for place, cue in enumerate(cues)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


VTT = """WEBVTT - made by hand

NOTE not spoken

STYLE
::cue { color: red }

00:01.000 --> 00:03.500 align:start
<v Ashley Smith>Hello &amp; <b>welcome</b>
to all of you.

intro
00:00:04.000 --> 00:01:05.000
- Bye.

00:02:00.000 --> 00:02:01.000
"""


@pytest.mark.parametrize(
    ("first", "zero", "begins"),
    [
        ("01:00:00,000", "1:00:00", "00:00:00.000"),
        ("01:00:04,500", "1:00:00", "00:00:04.500"),
        ("10:12:00,000", "10:00:00", "00:12:00.000"),
        ("00:59:00,000", "59:00", "00:00:00.000"),
        ("09:59:52,000", "9:59:00", "00:00:52.000"),
    ],
)
def test_the_hours_before_a_film_begins_are_left_out(first: str, zero: str, begins: str) -> None:
    hour = int(zero.partition(":")[0]) if zero.count(":") == 2 else 0
    later = f"{hour + 1:02}:30:00,000"
    # The first in time need not be the first of the file.
    captions = f"1\n{later} --> {later}\nDoors open.\n\n2\n{first} --> {later}\nCome in.\n"

    (start, _), (first_start, first_end) = times(captions)
    assert first_start == begins
    assert start == first_end
    (note,) = notes(captions)
    assert note.endswith(f"The silence before {zero} is left out: {zero} is now 0:00.")


def test_times_below_an_hour_are_kept() -> None:
    captions = "1\n00:58:59,900 --> 01:10:00,000\nDoors open.\n"
    assert times(captions) == [("00:58:59.900", "01:10:00.000")]
    assert notes(captions) == ()


def test_a_webvtt_cue_is_one_row_with_its_speaker_and_without_tags() -> None:
    brought = sheet(VTT.encode("utf-8-sig"), "a.vtt")
    assert brought.header == ("Text", "Speaker", "Start", "End")
    assert brought.rows == (
        ("Hello & welcome to all of you.", "Ashley Smith", "00:00:01.000", "00:00:03.500"),
        ("- Bye.", "", "00:00:04.000", "00:01:05.000"),
    )
    assert brought.notes == (
        "1 comment (NOTE) was left out.",
        "Caption 3 (line 16) has no words and was left out.",
    )


SRT = "1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>Schöne</i>\r\n{\\an8}Grüße.\r\n\r\n2\r\n"
SRT += "00:00:04,000 --> 00:00:05,000\r\nIt was in\r\n1999"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
@pytest.mark.parametrize("numbered", [True, False])
def test_srt_captions_are_read_whatever_wrote_them(encoding: str, end: str, numbered: bool) -> None:
    text = SRT if numbered else SRT.replace("1\r\n00", "00").replace("\r\n2\r\n", "\r\n")
    brought = sheet(text.replace("\r\n", end).encode(encoding), "captions.txt")
    assert [row[0] for row in brought.rows] == ["Schöne Grüße.", "It was in 1999"]
    assert brought.rows[1][2:] == ("00:00:04.000", "00:00:05.000")
    assert not [note for note in brought.notes if "left out" in note]


def test_too_many_captions_and_captions_without_words_are_refused() -> None:
    assert "more than 10,000 captions" in refusal(
        b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nHi\n\n" * 10_001, "a.vtt"
    )
    assert "Row 1, column A of a.vtt has 100,001 characters" in refusal(
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"x" * 100_001, "a.vtt"
    )
    assert "no caption with words" in refusal(b"WEBVTT\n", "a.vtt")


@pytest.mark.parametrize(
    "text",
    [
        ONE.replace("00:00:", "00:"),
        ONE.replace("00:00:0", "0:0:"),
        ONE.replace("00:00:0", "0:").replace(",000", ""),
        ONE.replace(",000", ""),
        ONE.replace(",000", ".0"),
        ONE.replace(",000", ":000"),
        ONE.replace(",000", ",000000"),
        ONE.replace(" --> ", "-->"),
        ONE.replace(" --> ", "  \t-->  "),
        ONE.replace(" --> ", " -> "),
        ONE.replace(" --> ", " -> ").replace("00:00:", "00:"),
        ONE.replace(" --> ", " → ").replace("00:00:", "0:"),
        ONE.replace(" --> ", " –> ").replace("00:00:0", "0:").replace(",000", ""),
        ONE.replace(" --> ", "==>").replace(",000", ""),
        ONE.replace(" --> ", " -- > "),
        ONE.replace(" --> ", " --&gt; "),
        ONE.replace(" --> ", " – "),
        ONE.replace(":", ": ").replace(",", ", "),
        ONE.replace("\n", "\r"),
        ONE.replace("\n", "\r\r\n"),
        ONE.replace("\n", "\n\n"),
        ONE.replace("1\n", "1\n\n").replace("2\n", "2\n\n"),
        ONE.replace("1\n", "").replace("2\n", ""),
        ONE.replace("2\n", ""),
        ONE.replace("1\n", ""),
        ONE.replace("1\n", "1 ").replace("2\n", "2 "),
        ONE.replace("1\n", "#1\n").replace("2\n", "2.\n"),
        ONE.replace("1\n", "7\n").replace("2\n", "3\n"),
        ONE.replace("nine.\n\n", "nine.\n"),
        ONE.replace("nine.\n\n", "nine.\n \n\t\n\n"),
        ONE.replace("nine.\n\n2\n", "nine.\n"),
        "\ufeff\ufeff" + ONE,
        ONE.replace("2\n", "\ufeff2\n"),
        ONE.replace("3,000\n", "3,000  X1:201 X2:516 Y1:397 Y2:423\n"),
        ONE.replace("3,000\n", "3,000 position:50.00%,middle align: middle size:80.00%\n"),
        "\n\n \n" + ONE + "\n\n3\n",
        "WEBVTT\n\n" + ONE,
        "WEBVTT\n" + ONE,
        "\n\ufeffWEBVTT some title\nKind: captions\nLanguage: en\n\n" + ONE.replace(",", "."),
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n" + ONE,
        "WEBVTT\n\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n\n" + ONE,
        "WEBVTT\n\n" + ONE.replace("2\n", "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0\n\n2\n"),
        "WEBVTT\n\n" + ONE.replace("2\n", "3bf0-7a/12-1\n"),
        "WEBVTT\n\nREGION\nid:fred\nwidth:40%\n\nSTYLE\n::cue(b) {\n color: red;\n}\n\n" + ONE,
    ],
)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt", "A.SRT"])
def test_k_captions_are_read_as_tools_write_them_and_no_time_or_number_is_said(
    text: str, name: str
) -> None:
    assert said(text, name) == SAID
    assert times(text, name) == TIMES


@pytest.mark.parametrize("name", ["notes.txt", "notes", "notes.md"])
@pytest.mark.parametrize(
    "text",
    [
        ONE,
        ONE.replace("00:00:", "00:"),
        ONE.replace("1\n", "My film\n\n1\n", 1),
        "My film\n\n00:01 --> 00:03\nDoors open at nine.\n\n00:04 --> 00:06\nPlease come in.\n",
        "0:00:01.000,0:00:03.000\nDoors open at nine.\n\n"
        "0:00:04.000,0:00:06.000\nPlease come in.\n",
        "[00:00:01.000 --> 00:00:03.000]   Doors open at nine.\n"
        "[00:00:04.000 --> 00:00:06.000]   Please come in.\n",
    ],
)
def test_captions_are_known_by_their_times_whatever_the_file_is_called(
    text: str, name: str
) -> None:
    assert said(text, name) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a -->\n\nHello.\n\n<!-- b -->\n",
        "graph\nA --> B\nB --> C\n",
        "We are open.\n9:00 --> 17:00 on Monday\nand 10:00 --> 12:00 on Sunday.\n",
        "WEBVTTX is no heading.\n",
        "9:00 → 12:00\n\n13:00 → 17:00\n\nClosed on Sunday.\n",
        "Go from 1 --> 2.\nThen from 2 --> 3.\n",
    ],
)
def test_a_text_with_arrows_stays_a_text(text: str) -> None:
    assert words(text.encode()).text == text


def test_a_table_with_captions_in_its_cells_stays_a_table() -> None:
    table = 'Name,Text\na,"' + ONE + '"\nb,"' + ONE + '"\n'
    assert sheet(table.encode(), "a.csv").header == ("Name", "Text")


@pytest.mark.parametrize(
    ("text", "line", "quoted"),
    [
        ("1\n00-00-01 --> 00-00-03\nHi.\n", 2, "00-00-01 --> 00-00-03"),
        ("\n1\none --> two\nHi.\n", 3, "one --> two"),
        ("Hello there.\nHow are you?\n", 1, "Hello there."),
        ("{0}{25}Hello.\n{26}{50}Bye.\n", 1, "{0}{25}Hello."),
        ("WEBVTT\n\nHello.\n", 3, "Hello."),
        ("1\n00:00:01,000 -->\nHi.\n", 2, "00:00:01,000 -->"),
    ],
)
def test_what_is_called_captions_and_is_none_is_refused_with_its_line(
    text: str, line: int, quoted: str
) -> None:
    told = refusal(text.encode(), "a.srt")
    assert f'Line {line} of a.srt cannot be read as captions: "{quoted}"' in told
    assert "give its name the ending .txt" in told


def test_a_person_can_choose_to_have_captions_read_as_a_text() -> None:
    brought = intake.read("a.srt", b"Hello there.\n", intake.Choices(kind="text"))
    assert isinstance(brought, intake.Words)
    assert brought.text == "Hello there.\n"


@pytest.mark.parametrize(
    "time",
    ["-00:00:01,000", "00:00:-1,000", "00:00:00,-500", "-0:01", "00:00:-01,-500"],
)
def test_a_time_below_zero_is_the_start(time: str) -> None:
    text = ONE.replace("00:00:01,000", time)
    assert said(text) == SAID
    assert times(text) == [("00:00:00.000", "00:00:03.000"), TIMES[1]]


def test_lines_above_the_first_caption_are_left_out_and_quoted() -> None:
    text = "My film\nby Ann\n\n" + ONE
    assert said(text) == SAID
    assert notes(text) == (
        'Lines 1 ("My film") and 2 ("by Ann") stand above the times of a caption and were left '
        "out.",
    )
    assert notes("My film\n" + ONE) == (
        'Line 1 ("My film") stands above the times of a caption and was left out.',
    )


@pytest.mark.parametrize(
    "broken",
    [
        "00:00:0x,000 --> 00:00:06,000",
        "00:00:04,000 -->",
        "--> 00:00:06,000",
        "O0:00:O4,000 --> 00:0O:06,000",
        "00-00-04 --> 00-00-06",
        "00:00:04,000\n00:00:06,000",
        "",
    ],
)
def test_a_caption_whose_times_cannot_be_read_keeps_its_words_and_is_noted(broken: str) -> None:
    text = ONE.replace("00:00:04,000 --> 00:00:06,000", broken)
    assert said(text) == SAID
    assert times(text) == [TIMES[0], ("", "")]
    assert notes(text) == (
        f"Caption 2 (line {5 if '-->' not in broken else 6}): the times cannot be read; its words "
        "are here without times.",
    )


def test_several_captions_without_times_keep_their_words_apart() -> None:
    text = ONE + "\n3\nThree.\n\n4\n\nFour.\n\n5\n00:00:07,000 --> 00:00:08,000\nFive.\n"
    assert said(text) == [*SAID, "Three.", "Four.", "Five."]
    assert sheet(text.encode(), "a.srt").numbers == (1, 2, 3, 4, 5)
    assert "Captions 3 (line 9) and 4 (line 12): the times" in notes(text)[0]


def test_names_of_captions_are_no_words_whatever_the_times_lack() -> None:
    text = "WEBVTT\n\nd1-0\n00:01.5 --> 00:03\nHi.\n\nd1-1\n00:00:05.3 --> 00:06\nYo.\n\nd1-2\n"
    assert said(text + "00:07 --> 00:08\nBye.\n", "a.vtt") == ["Hi.", "Yo.", "Bye."]


def test_captions_without_words_are_noted_by_number_and_line() -> None:
    text = ONE + "\n3\n00:00:07,000 --> 00:00:08,000\n\n4\n00:00:09,000 --> 00:00:10,000\n<i></i>\n"
    assert said(text) == SAID
    assert notes(text) == ("Captions 3 (line 10) and 4 (line 13) have no words and were left out.",)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("First.\n\nSecond.", "First. Second."),
        ("Go --> there", "Go --> there"),
        ("Open:\n9:00 --> 17:00", "Open: 9:00 --> 17:00"),
        ("9:00 --> 17:00", "9:00 --> 17:00"),
        ("It was in\n1999", "It was in 1999"),
        ("It was in\n\n1999", "It was in 1999"),
        ("3", "3"),
        ("2", "2"),
        ("NOTE it down", "NOTE it down"),
        ("Step one\n\nNOTE it down", "Step one NOTE it down"),
        ("below < 5 bar > 3", "below < 5 bar > 3"),
        ("a <b c", "a <b c"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("<Ann> hello <3", "<Ann> hello <3"),
        ("List<int> and <insert name>", "List<int> and <insert name>"),
        ("{laughs} {x}", "{laughs} {x}"),
        ("R&D &notes &copy AT&T", "R&D &notes &copy AT&T"),
        ("Fish &amp; chips &lt; 5 &#8364; &#x20AC;", "Fish & chips < 5 € €"),
        ("a&nbsp;b", "a b"),
        ("&amp;lt;", "&lt;"),
        ('<font color="#ff0000">Red</font>', "Red"),
        ("<FONT FACE='Arial' SIZE=12>Red</FONT>", "Red"),
        ("<i>a</i> <b>b</b> <u>c</u> <s>d</s>", "a b c d"),
        ('<span class="x">a</span> <c.yellow.bg_blue>b</c>', "a b"),
        ("<lang en-GB>colour</lang>", "colour"),
        ("<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>", "漢字"),
        ("one<br>two<br/>three<br />four", "one two three four"),
        ("wel<00:00:00.320><c>come</c><00:01.000>", "welcome"),
        ("{\\an8}{\\pos(10,20)}Up", "Up"),
        ("♪ la la ♪", "♪ la la ♪"),
        ("[door opens]", "[door opens]"),
    ],
)
def test_words_stay_words_and_only_known_tags_are_tags(words: str, right: str) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n" + words + "\n\n"
    text += "2\n00:00:04,000 --> 00:00:05,000\nBye.\n\n3\n00:00:06,000 --> 00:00:07,000\nSo.\n"
    assert said(text) == [right, "Bye.", "So."]
    assert notes(text) == ()


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_a_countdown_is_said(numbered: bool, blank: str) -> None:
    counted = [
        f"{f'{place + 1}{chr(10)}' if numbered else ''}00:00:0{place},000 --> 00:00:0{place},900\n"
        f"{number}{blank}"
        for place, number in enumerate("4321")
    ]
    assert said("".join(counted)) == ["4", "3", "2", "1"]


def test_captions_out_of_order_stay_in_the_order_of_the_file() -> None:
    first, second = ONE.split("\n\n")
    assert said(f"{second}\n\n{first}\n") == SAID[::-1]


def test_comments_of_webvtt_are_left_out_and_counted() -> None:
    text = "WEBVTT\n\n" + ONE.replace("2\n", "NOTE\ntwo\nlines\n\nNOTE one more\n\n2\n")
    assert said(text, "a.vtt") == SAID
    assert notes(text, "a.vtt") == ("2 comments (NOTE) were left out.",)


@pytest.mark.parametrize(
    "text",
    [
        "1\n\n" * 700_000 + "00:01,000 --> 00:02,000\na",
        "--> " * 700_000,
        "00:00:01,000 --> 00:00:02,000\n" * 100_000,
        "1\n-->\n" * 400_000,
        "00:00:01,000 --> 00:00:02,000\n" + "<" * 2_900_000,
        "00:00:01,000 --> 00:00:02,000\n" + "<font " * 400_000,
        "00:00:01,000 --> 00:00:02,000\n" + "<rt>" * 700_000,
        "00:00:01,000 --> 00:00:02,000\n" + "&#1" * 900_000,
        "00:00:01,000 --> 00:00:02,000\n" + "- A: b\n" * 400_000,
        "00:00:01,000 --> 00:00:02,000\n" + " " * 2_900_000 + "a",
        "00:" * 900_000 + "\n",
        "1 " * 1_400_000,
        "1\n00:00:01,000 --> 00:00:02,000\na\n\n"
        + "".join(f"{number}\n\n" for number in range(2, 300_000)),
        "WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n" + "NOTE\n\n" * 450_000,
    ],
    ids=range(14),
)
def test_k5_no_file_keeps_the_reader_of_captions_busy(text: str) -> None:
    with within(6), contextlib.suppress(InvalidRequestError):
        intake.read("a.srt", text.encode())


TEAMS = (
    "0:0:0.0 --> 0:0:3.420\nAnna Lee\nHello everyone.\n\n0:0:3.5 --> 0:0:5.0\nBob\nHi,\nAnna.\n\n"
    "0:0:6.5 --> 0:0:9.0\nAnna Lee\nShall we?\n\n0:0:9.5 --> 0:0:11.0\nAnna Lee\nGood.\n"
)


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt"])
def test_a_name_alone_above_the_words_of_each_caption_is_the_speaker(name: str) -> None:
    brought = sheet(TEAMS.encode(), name)
    assert [row[:2] for row in brought.rows] == [
        ("Hello everyone.", "Anna Lee"),
        ("Hi, Anna.", "Bob"),
        ("Shall we?", "Anna Lee"),
        ("Good.", "Anna Lee"),
    ]
    assert any("Anna Lee and Bob" in note for note in brought.notes)


@pytest.mark.parametrize(
    "text",
    [
        TEAMS.replace("Anna Lee\n", "Hello there,\n").replace("Bob\n", "Good day,\n"),
        TEAMS.replace("Anna Lee\n", "So\n", 1).replace("Anna Lee\n", "Then\n", 1),
        TEAMS.replace("Bob\n", "").replace("Anna Lee\nGood.", "Very good."),
    ],
)
def test_lines_that_are_no_names_stay_words(text: str) -> None:
    assert all(not row[1] for row in sheet(text.encode(), "a.vtt").rows)


# ---- Times as times ----


def test_each_caption_keeps_its_times_and_turns_in_one_share_them() -> None:
    text = (
        "WEBVTT\n\n1:01:00.250 --> 1:01:02.000\nOne.\n\n"
        "1:01:03.000 --> 1:01:06.000\n<v Ann>Two.\n<v Ben>Three.\n"
    )
    found = sheet(text.encode(), "a.vtt")
    lines = intake.lines(found, intake.guess(found)).lines
    assert [(line.text, line.start_s, line.end_s) for line in lines] == [
        ("One.", 60.25, 62.0),
        ("Two.", 63.0, None),
        ("Three.", None, 66.0),
    ]


@pytest.mark.parametrize("times", ["09:00,10:00", "2026-01-01,2026-01-02", "1,2"])
def test_what_may_be_times_of_day_in_a_table_is_no_time_of_a_sound(times: str) -> None:
    found = sheet(f"Text,Start,End\nHello.,{times}\n".encode(), "a.csv")
    assert (intake.guess(found).start, intake.guess(found).end) == ("", "")
