"""Tables as people make them: titles above the header, blanks, lists of sentences, columns."""

import contextlib
import io

import openpyxl
import pytest

from lib import intake
from lib.errors import InvalidRequestError
from lib.script.line import Line
from tests.quick import within


def read(text: str, choices: intake.Choices = intake.GUESSED) -> intake.Sheet:
    brought = intake.read("a.csv", text.encode(), choices)
    assert isinstance(brought, intake.Sheet)
    return brought


def lines(sheet: intake.Sheet) -> tuple[Line, ...]:
    return intake.lines(sheet, intake.guess(sheet)).lines


def texts(sheet: intake.Sheet) -> list[str]:
    return [line.text for line in lines(sheet)]


BELOW = "ID,Prompt text,Voice\nA1,Welcome to the line.,Ashley\nA2,Please hold.,Craig\n"


@pytest.mark.parametrize(
    ("above", "said"),
    [
        ("Northwind phone prompts\n\n", "“Northwind phone prompts”"),
        ("Script\n\n", "“Script”"),
        ("Northwind, phone, prompts\n", "“Northwind, phone, prompts”"),
        ("Table 1: Prompts;;\n", "“Table 1: Prompts;;”"),
        ("# Exported 2026-01-02 by Tim, for us\n", "“# Exported 2026-01-02 by Tim, for us”"),
        ("# one, two, three, four\n# five\n", "“# one, two, three, four” and “# five”"),
        ("\n\n\nPrompts\n", "“Prompts”"),
        ("Exported by,Tim\nOn,2026-01-02\n\n", "“Exported by, Tim” and “On, 2026-01-02”"),
        ("Prompt,,Voice\n", "“Prompt, Voice”"),
        ("Prompts 2026,,\n,,\n", "“Prompts 2026”"),
    ],
)
def test_what_stands_above_the_header_is_left_out_and_said(above: str, said: str) -> None:
    sheet = read(above + BELOW)
    assert sheet.header == ("ID", "Prompt text", "Voice")
    assert lines(sheet) == (
        Line(text="Welcome to the line.", title="A1", voice="Ashley"),
        Line(text="Please hold.", title="A2", voice="Craig"),
    )
    assert sheet.header_number == above.count("\n") + 1
    verb = "were" if " and " in said else "was"
    assert sheet.notes[0] == f"{said} above the header {verb} left out."


@pytest.mark.parametrize("rows_above", [1, 2, 5])
def test_a_header_below_a_title_is_found_in_a_workbook(rows_above: int) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Northwind phone prompts"])
    book.active.merge_cells("A1:C1")
    for column, name in enumerate(("No", "Text", "Voice"), start=1):
        book.active.cell(rows_above + 1, column, name)
    book.active.append([1, "Welcome.", "Ashley"])
    target = io.BytesIO()
    book.save(target)
    sheet = intake.read("a.xlsx", target.getvalue())
    assert isinstance(sheet, intake.Sheet)
    assert (sheet.header, sheet.header_number) == (("No", "Text", "Voice"), rows_above + 1)
    assert texts(sheet) == ["Welcome."]
    assert "“Northwind phone prompts” above the header was left out." in sheet.notes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Welcome\n\nGood bye\nThank you\n", 3),
        ("Welcome.\n\nMessage\n\nBye.\n", 3),
        ("Text,Voice\nHello.,Tim\nText\nBye.,Tim\n", 3),
        ("Scene 1,\nAnna,Hello\nBen,How are you?\n", 3),
        ("Text,Voice\nHello.,Tim\nName, title, text\nBye.,Tim\n", 3),
        ("Hello\nName,Text\nBye\n", 3),
    ],
)
def test_a_row_that_may_be_spoken_is_never_taken_for_a_title(text: str, count: int) -> None:
    assert len(read(text).rows) == count


def test_a_first_row_without_a_known_name_is_said_to_name_the_columns() -> None:
    (note,) = read("Team,Points\nRed,3\nBlue,4\n").notes
    assert note == "Row 1 was taken for the names of the columns: “Team, Points”."


def test_a_person_can_say_which_row_names_the_columns() -> None:
    text = "Prompts of 2026\nWas;Wer\nHallo.;Tim\n"
    sheet = read(text, intake.Choices(header=2))
    assert (sheet.header, sheet.rows, sheet.header_number) == (
        ("Was", "Wer"), (("Hallo.", "Tim"),), 2,
    )  # fmt: skip
    none = read("Text,Voice\nHello.,Tim\n", intake.Choices(header=0))
    assert (none.header, none.header_number) == (("Column A", "Column B"), 0)
    assert none.rows == (("Text", "Voice"), ("Hello.", "Tim"))
    with pytest.raises(InvalidRequestError, match=r"Row 9 of a\.csv is blank"):
        read(text, intake.Choices(header=9))


@pytest.mark.parametrize("first", ["Nr.", "No.", "#", "# ID", "", "Pos."])
def test_a_column_of_numbers_does_not_hide_the_header(first: str) -> None:
    sheet = read(f"Prompts\n\n{first};Ansage;Stimme\n1;Hallo, du.;Tim\n2;Ende.;Ann\n")
    assert (sheet.header[1:], sheet.header_number) == (("Ansage", "Stimme"), 3)
    assert texts(sheet) == ["Hallo, du.", "Ende."]


def test_the_first_rows_are_shown_to_choose_the_header_from() -> None:
    sheet = read("Prompts\n\n" + BELOW + "A3,Bye.,Craig\n" * 50 + f"A4,{'x' * 90},\n")
    assert sheet.read_as.top[:3] == (
        (1, ("Prompts",)),
        (3, ("ID", "Prompt text", "Voice")),
        (4, ("A1", "Welcome to the line.", "Ashley")),
    )
    assert len(sheet.read_as.top) == 10
    cut = read(f"Text\n{'x' * 90}\n").read_as.top[1]
    assert cut == (2, ("x" * 60,))


def test_the_header_again_further_down_is_left_out_and_said() -> None:
    sheet = read(BELOW + "ID,Prompt text,Voice\nA3,Bye.,Tim\n,,\nTotal,,3\n")
    assert texts(sheet) == ["Welcome to the line.", "Please hold.", "Bye."]
    assert "Row 4 repeats the names of the columns and was left out." in sheet.notes
    (note,) = intake.lines(sheet, intake.guess(sheet)).notes
    assert note == "Row 7 (“Total, 3”) has no text and was left out."


@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        ("Prompts\n\nID,Text,Voice\nA,Hello.,Tim\nB,Bye.,Ann\n", True),
        ("My script\nSpeaker\tText\nAnna\tHi, you\nBen\tBye\n", True),
        ("Name, text\nand voice, please. Then go, friend, on.\n", False),
        ("Welcome.\n\nName, title, text\nare words, too.\n", False),
    ],
)
def test_a_text_file_is_a_table_only_if_all_names_are_known(text: str, is_table: bool) -> None:
    assert isinstance(intake.read("a.txt", text.encode()), intake.Sheet) == is_table


# ---- Quotation marks and blanks ----


@pytest.mark.parametrize(
    "text",
    [
        'Title, Text, Voice\nA, "Hello, Bob.", Ashley\nB, "Bye, now.", Craig\n',
        'Title,Text,Voice\nA,   "Hello, Bob." ,Ashley\nB,"Bye, now."  , Craig\n',
        ' "Title" , "Text" , "Voice"\n "A" , "Hello, Bob." , "Ashley"\nB,"Bye, now.",Craig\n',
        'Title; Text; Voice\nA; "Hello, Bob."; Ashley\nB; "Bye, now."; Craig\n',
        '"Title", "Text", "Voice"\r\n"A", "Hello, Bob.", "Ashley"\r\n"B", "Bye, now.", "Craig"\r\n',
    ],
)
def test_blanks_around_a_cell_in_quotation_marks_belong_to_no_cell(text: str) -> None:
    assert lines(read(text)) == (
        Line(text="Hello, Bob.", title="A", voice="Ashley"),
        Line(text="Bye, now.", title="B", voice="Craig"),
    )


def test_quotation_marks_inside_a_text_are_kept() -> None:
    assert texts(read('Title,Text\nA, 5" pipe\nB,He said "yes"\nC, "a ""b"" c"\n')) == [
        '5" pipe',
        'He said "yes"',
        'a "b" c',
    ]


@pytest.mark.parametrize(
    "text",
    [
        'Title,Text,Voice\nA,"Hello there,Ashley\nB,"Bye there,Craig\n',
        'Title,Text\nA,"Hello there\nB,"Bye" he said\n',
        'Title, Text\nA, "Hello there\nB, bye\n',
    ],
)
def test_a_quotation_mark_that_swallows_the_rows_below_is_refused_with_its_row(text: str) -> None:
    with pytest.raises(InvalidRequestError, match=r"Row 2 of a\.csv opens a quotation mark"):
        read(text)


# ---- Lists of sentences ----


@pytest.mark.parametrize(
    "text",
    [
        "Welcome, and thank you for calling.\nGoodbye, friend.\nPlease hold, thanks.\n",
        "We have 1,000 seats.\nCall now, friend.\nFrom 1,500 to 2,000 dollars.\n",
        "Welcome\nHello, you\nPress 1, 2, or 3\n",
        "Message, please hold\nGoodbye, friend\n",
        "Hello; welcome.\nBye; now.\n",
        "Hello,friend. Welcome\nBye, all, of you\n",
        "Das kostet 2,50 Euro\nNur 3,75 Euro\n",
        'She said, "Welcome, friend."\nHe said, bye, "Now."\n',
    ],
)
def test_a_list_of_sentences_is_one_column_and_no_word_is_lost(text: str) -> None:
    assert texts(read(text)) == text.splitlines()


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("Title, Remark\nA, Hello there\nB, Bye\n", 2),
        ("Town, Wants, Where\nOslo, More bread., North\nRome, Less., South\n", 3),
        ('A1, "Hello, Bob.", Ashley\nA2, "Bye.", Tim\n', 3),
        ("a,b,c,,\na,,,,\n,,c,,\n", 5),
        ("1,2,3\n4,5,6\n", 3),
        ("Northwind prompts\n\nWelcome to us.,Ashley\nBye.,Tim\n", 2),
    ],
)
def test_a_table_whose_cells_are_apart_is_no_list_of_sentences(text: str, width: int) -> None:
    assert len(read(text).header) == width


def test_a_text_cut_at_its_comma_is_joined_where_a_blank_shows_it_and_said() -> None:
    sheet = read("Title,Text,Voice\nA1,Welcome, dear, friend,Ashley\nA2,Hold,Tim\nA3,No,no,Tim\n")
    assert lines(sheet)[0] == Line(text="Welcome, dear, friend", title="A1", voice="Ashley")
    joined, cut = sheet.notes
    assert joined == "Row 2: a comma with a blank after it was taken as part of the text."
    assert cut.startswith("Row 4 has more cells than the others: a text in it may be cut")


def test_no_row_but_the_one_that_is_longer_than_the_header_is_blamed() -> None:
    (cut,) = read("Title,Text\nA1,Welcome, friend,Ashley\nA2,Hold\nA3,Bye,,\n").notes
    assert cut.startswith("Row 2 has more cells than the others")


# ---- Columns ----


@pytest.mark.parametrize(
    ("text", "mapping", "unused"),
    [
        (
            "Name,Text\nAnna,Hi.\nBen,Hello.\nAnna,Bye.\n",
            intake.Mapping(text="Text", speaker="Name"),
            (),
        ),
        (
            "Name,Text\nhello,Hi.\nhold,Wait.\nend,Bye.\n",
            intake.Mapping(text="Text", title="Name"),
            (),
        ),
        (
            "start,end,speaker,text\n0.0,1.2,SPEAKER_00,Hi.\n",
            intake.Mapping(text="text", speaker="speaker"),
            ("start", "end"),
        ),
        (
            "Speaker,Start time,Text\nAnna,00:00:01,Hi.\n",
            intake.Mapping(text="Text", speaker="Speaker"),
            ("Start time",),
        ),
        (
            "Line,Text,Notes\n1,Hello.,say it in a very slow manner please\n2,Bye.,\n",
            intake.Mapping(text="Text"),
            ("Line", "Notes"),
        ),
        (
            "Caption,Script\nIn,Welcome to our store.\nOut,Thank you and good bye.\n",
            intake.Mapping(text="Script"),
            ("Caption",),
        ),
        (
            "Voice language,Voice,Text,Character count,Empty\nen,Tim,Hello.,6,\n",
            intake.Mapping(text="Text", voice="Voice"),
            ("Voice language", "Character count"),
        ),
        (
            "Language,Voice-over script (EN),Clip\nen,Hello.,a\n",
            intake.Mapping(text="Voice-over script (EN)", title="Clip"),
            ("Language",),
        ),
        ("Text,Text\n,Hello.\n", intake.Mapping(text="Text (2)"), ()),
        (
            "Title,Text,Notes\na,,slowly\n",
            intake.Mapping(text="Text", title="Title"),
            ("Notes",),
        ),
        (
            "Speaker,Voice,Title,Text\nAnna,Tim,a,Hello.\n",
            intake.Mapping(text="Text", title="Title", voice="Voice", speaker="Speaker"),
            (),
        ),
    ],
)
def test_columns_are_told_apart_and_the_unused_ones_are_known(
    text: str, mapping: intake.Mapping, unused: tuple[str, ...]
) -> None:
    sheet = read(text)
    assert intake.guess(sheet) == mapping
    assert intake.unused(sheet, mapping) == unused


def test_a_cell_of_several_lines_is_one_text_as_typed() -> None:
    sheet = read('Character,Line\nAnna,"Three rules.\nRule one: no shoes."\nBen,Fine.\n')
    assert lines(sheet)[0] == Line(text="Three rules.\nRule one: no shoes.", speaker="Anna")


@pytest.mark.parametrize(
    "again", [",", '"', "\t", ', "', '," ', "1,1", "a b, ", '"a\nb" c\n', "# a\n"]
)
def test_k5_the_work_for_a_table_grows_with_its_length_alone(again: str) -> None:
    text = "Title,Text\nx,y\n" + again * (500_000 // len(again))
    with within(3), contextlib.suppress(InvalidRequestError):
        read(text)


@pytest.mark.parametrize(
    "name",
    [
        "Greeting",
        "prompt_text",
        "Announcement (English)",
        "Text [DE]",
        "Script text",
        "Tekst",
        "Текст",
        "テキスト",
        "텍스트",
        "Durchsage",
    ],
)
def test_the_name_of_a_list_is_not_said(name: str) -> None:
    sheet = read(f"{name}\nThe museum closes soon, please leave.\nThank you, and goodbye.\n")
    assert sheet.header == (name,)
    assert texts(sheet) == ["The museum closes soon, please leave.", "Thank you, and goodbye."]


@pytest.mark.parametrize("first", ["Important message", "Your call (urgent)", "Oh no.", "Monday"])
def test_the_first_of_a_list_is_said(first: str) -> None:
    assert texts(read(f"{first}\nWe are closed.\nThank you.\n"))[0] == first


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Frage Nr.;Frage;Wortlaut\n1;Wann?;Um neun.\n2;Wo?;Hier.\n", ["Um neun.", "Hier."]),
        ("Stop No.,Audio words\n1,Welcome.\n2,Look up.\n", ["Welcome.", "Look up."]),
        ("№;Текст;Голос\n1;Добрый день.;Анна\n", ["Добрый день."]),
        ("Nr,Tekst,Stem\n1,Dag.,Anna\n", ["Dag."]),
        ("编号,文本,语音\n1,你好。,小红\n", ["你好。"]),
    ],
)
def test_headers_of_many_countries_are_not_said(text: str, right: list[str]) -> None:
    assert texts(read(text)) == right
