"""Import of CSV and similar files: separators, rows, headers, limits, columns."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lib import intake
from lib.errors import InvalidRequestError
from lib.script.line import Line
from tests.quick import within


def read(text: str, encoding: str = "utf-8", name: str = "a.csv") -> intake.Sheet:
    brought = intake.read(name, text.encode(encoding))
    assert isinstance(brought, intake.Sheet)
    return brought


def refusal(text: str) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_b15_every_separator_encoding_and_line_end_gives_the_same_sheet(
    delimiter: str, encoding: str, end: str
) -> None:
    frame = pd.DataFrame(
        {
            "Titel": ["Gruß", "Öffnung"],
            "Ansage": ["Schöne Grüße, Tim; bis bald", 'Er sagt "ja" | nein'],
            "Stimme": ["Ashley", "Tim"],
        }
    )
    text = frame.to_csv(sep=delimiter, index=False, lineterminator=end)
    brought = read(text, encoding)
    assert brought.header == tuple(frame.columns)
    assert brought.rows == tuple(frame.itertuples(index=False, name=None))
    assert (brought.numbers, brought.header_number) == ((2, 3), 1)


def test_b15_the_first_line_in_which_excel_names_the_separator_is_obeyed() -> None:
    brought = read("sep=|\r\nText|Voice\r\na;b;c|Tim\r\n")
    assert brought.rows == (("a;b;c", "Tim"),)
    assert brought.numbers == (3,)


def test_b16_quotes_over_lines_blank_rows_mixed_ends_and_a_missing_last_end() -> None:
    brought = read('Text,Voice\r\n"One,\ntwo ""three""",Tim\n\n\r\n ,\nFour,Ashley')
    assert brought.rows == (('One,\ntwo "three"', "Tim"), ("Four", "Ashley"))
    assert brought.numbers == (2, 6)
    assert brought.notes == ("3 blank rows were left out.",)


def test_b16_a_quotation_mark_that_is_never_closed_names_its_row() -> None:
    assert "Row 3 of a.csv opens a quotation mark" in refusal('Text,Voice\na,b\n"c,d\ne,f\n')


def test_a_table_of_one_column_keeps_its_commas() -> None:
    brought = read("Prompt\nHello, Tim\nGood morning\nBye; bye, all, of you\n")
    assert brought.rows == (("Hello, Tim",), ("Good morning",), ("Bye; bye, all, of you",))


def test_commas_of_prose_do_not_outvote_the_semicolons_between_cells() -> None:
    brought = read("Hello, dear.;Ashley\nBye, dear.;Tim\n")
    assert brought.rows == (("Hello, dear.", "Ashley"), ("Bye, dear.", "Tim"))


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Text,Voice\nHello.,Tim\n", ("Text", "Voice")),
        ("Dateiname;Sprechtext\nA;Hallo.\n", ("Dateiname", "Sprechtext")),
        ("customer,product\nAnna,Phone\nBen,Tablet\n", ("customer", "product")),
        ("Town,Wants\nOslo,We want more bread.\nRome,Not now!\n", ("Town", "Wants")),
        ("Team,Points\nRed,3\nBlue,4\n", ("Team", "Points")),
        ("Welcome to us.,Ashley\nGood bye.,Tim\n", ("Column A", "Column B")),
        ("Anna,Phone\nBen,Tablet\n", ("Column A", "Column B")),
        ("Hello\nGood bye\n", ("Column A",)),
        ("Yes,No\nNo,Yes\n", ("Column A", "Column B")),
        ("Bob,Good day to you\nAnna,I like it.\nBob,See you.\n", ("Column A", "Column B")),
        ("1,Hello.\n2,Good bye.\n", ("Column A", "Column B")),
    ],
)
def test_b17_a_first_row_is_a_header_only_if_it_reads_as_one(
    text: str, header: tuple[str, ...]
) -> None:
    brought = read(text)
    assert brought.header == header
    assert len(brought.rows) == text.count("\n") - (brought.header_number == 1)


def test_b17_doubled_and_empty_header_names_are_told_apart() -> None:
    brought = read("Text,Text,,Text (2), text \na,b,c,d,e\n")
    assert brought.header == ("Text", "Text (2)", "Column C", "Text (2) (2)", "text")


def test_titles_are_words_where_a_table_has_numbers_too() -> None:
    rows = "1;Begrüßung;Guten Tag.\n2;{};Auf Wiederhören.\n"
    brought = read("Nr;Bezeichnung;Ansagetext\n" + rows.format("Abschied"))
    assert intake.guess(brought).title == "Bezeichnung"
    alike = read("Nr;Bezeichnung;Ansagetext\n" + rows.format("Begrüßung"))
    assert intake.guess(alike).title == "Nr"


def test_b18_too_many_rows_are_refused_before_all_are_read() -> None:
    rows = "Hello,Tim\n" * 10_000
    assert len(read(f"Text,Voice\n{rows}").rows) == 10_000
    with within(3):
        assert "more than 10,000 rows" in refusal(f"Text,Voice\n{rows * 10}Hello,Tim\n")
        assert "more than 10,000 rows" in refusal(f"{rows}Hello.,Tim\n")
        assert "more than 10,000 rows" in refusal("Text\n" + "\n" * 3_000_000 + "Hello\n")


@pytest.mark.parametrize("chars", [100_001, 200_000])
def test_b18_a_cell_that_is_too_long_is_named_by_row_and_column(chars: int) -> None:
    assert f"Row 3, column B of a.csv has {chars:,} characters" in refusal(
        f"Title,Text\na,b\nc,{'x' * chars}\n"
    )
    assert len(read(f"Title,Text\nc,{'x' * 100_000}\n").rows[0][1]) == 100_000


def test_b18_too_many_columns_are_refused_with_the_row() -> None:
    assert "Row 2 of a.csv has 201 columns" in refusal(f"Text,Voice\n{',' * 199}x,y\n")


def test_b19_ragged_rows_are_named_and_nothing_of_them_is_lost() -> None:
    brought = read("Text,Voice\nHello,Tim\nHello,dear,Tim\nBye\nOne,Ashley\nTwo,Tim\n")
    assert brought.header == ("Text", "Voice", "Column C")
    assert brought.rows[1:3] == (("Hello", "dear", "Tim"), ("Bye", "", ""))
    longer, shorter = brought.notes
    assert longer.startswith("Row 3 has more cells than the others")
    assert shorter == "Row 4 has fewer cells than the others."


def test_b19_nuls_are_left_out_and_said() -> None:
    brought = read("Text,Voice\nHel\0lo,Tim\n")
    assert brought.rows == (("Hello", "Tim"),)
    assert brought.notes == ("1 NUL character was left out.",)


# Many control characters make a file that is no text.
CONTROLS = "".join(map(chr, [*range(9), *range(14, 32)]))
CELL = st.text(st.characters(exclude_characters=CONTROLS, exclude_categories=["Cs"]), max_size=20)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example(rows=[('"', "\ue000", "\x1e")], delimiter=",", end="\n", encoding="utf-8")
@example(rows=[("\ufeff", "a\r", "\r\nb")], delimiter=";", end="\n", encoding="utf-16")
def test_nothing_typed_into_a_csv_is_lost(
    rows: list[tuple[str, str, str]], delimiter: str, end: str, encoding: str
) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("Titel", "Text", "Stimme"), *rows, ("x", "y", "z")])
    brought = read(written.getvalue(), encoding)
    kept = [row for row in rows if "".join(row).strip()]
    assert list(brought.rows[:-1]) == kept


@pytest.mark.parametrize(
    ("header", "text", "title", "voice", "speaker", "pause"),
    [
        ("Title,Text,Voice,Pause", "Text", "Title", "Voice", "", "Pause"),
        ("Prompt ID,Prompt,Voice name", "Prompt", "Prompt ID", "Voice name", "", ""),
        ("Filename,Script (EN),Pause (ms)", "Script (EN)", "Filename", "", "", "Pause (ms)"),
        ("Sprecher,Sprechtext,Pause", "Sprechtext", "", "", "Sprecher", "Pause"),
        ("Überschrift,Ansage,Stimme", "Ansage", "Überschrift", "Stimme", "", ""),
        ("Nom du fichier,Réplique,Personnage", "Réplique", "Nom du fichier", "", "Personnage", ""),
        ("Título,Guión,Voz,Pausa", "Guión", "Título", "Voz", "", "Pausa"),
        ("Titolo,Battuta,Voce,Personaggio", "Battuta", "Titolo", "Voce", "Personaggio", ""),
        ("Título,Conteúdo,Personagem", "Conteúdo", "Título", "", "Personagem", ""),
        ("voice_over,file_name", "voice_over", "file_name", "", "", ""),
        ("Name,Remark", "Remark", "Name", "", "", ""),
        ("Title", "Title", "", "", "", ""),
    ],
)
def test_columns_are_known_by_their_names_in_six_languages(
    header: str, text: str, title: str, voice: str, speaker: str, pause: str
) -> None:
    row = ",".join("abcd"[: header.count(",") + 1])
    assert intake.guess(read(f"{header}\n{row}\n")) == intake.Mapping(
        text=text, title=title, voice=voice, speaker=speaker, pause=pause
    )


def test_without_names_the_column_with_the_most_words_is_the_text() -> None:
    brought = read("17,Ashley,Welcome to our store.\n12345678901234567890123456789,Tim,Bye now.\n")
    assert intake.guess(brought) == intake.Mapping(text="Column C")


def test_rows_become_lines_and_what_was_not_understood_is_said_with_its_row() -> None:
    brought = read(
        "Title,Text,Voice,Who,Pause\n"
        "a, Hello. ,Ashley,Anna,0.5\nb,,Tim,,1\n\nc,Bye.,,,soon\nd,One.,,,\ne,Two.,,,90\n"
    )
    mapping = intake.Mapping(
        text="Text", title="Title", voice="Voice", speaker="Who", pause="Pause"
    )
    made = intake.lines(brought, mapping)
    assert made.lines[:3] == (
        Line(text="Hello.", title="a", voice="Ashley", speaker="Anna", pause_after_s=0.5),
        Line(text="Bye.", title="c"),
        Line(text="One.", title="d"),
    )
    assert made.lines[3].pause_after_s == 60
    assert made.notes == (
        "Row 3 (“b, Tim, 1”) has no text and was left out.",
        "Row 5: the pause cannot be read, so the usual one is used.",
        "Row 7: the pause is cut to 60 seconds.",
    )


@pytest.mark.parametrize(
    ("column", "written", "seconds"),
    [
        ("Pause", "0.5", 0.5),
        ("Pause", "0,5 s", 0.5),
        ("Pause", "500 ms", 0.5),
        ("Pause", "500ms", 0.5),
        ("Pause", "2 Sekunden", 2),
        ("Pause", ".25", 0.25),
        ("Pause", "1 sec.", 1),
        ("Pause", "0", 0),
        ("Pause (ms)", "500", 0.5),
        ("Pause in ms", "0,5 s", 0.5),
        ("Pause", "-1", None),
        ("Pause", "1 hour", None),
        ("Pause", "1.2.3", None),
    ],
)
def test_a_pause_is_read_as_people_write_it(
    column: str, written: str, seconds: float | None
) -> None:
    brought = intake.Sheet(("Text", column), (("Hello.", written),), (), (2,), 1)
    made = intake.lines(brought, intake.Mapping(text="Text", pause=column))
    assert made.lines[0].pause_after_s == seconds
    assert bool(made.notes) == (seconds is None)


@pytest.mark.parametrize("mapping", [intake.Mapping(), intake.Mapping(text="Words")])
def test_b17_a_missing_column_is_refused_with_the_names_seen(mapping: intake.Mapping) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        intake.lines(read("Text,Voice\nHello.,Tim\n"), mapping)
    assert "The columns are Text, Voice." in caught.value.hint
