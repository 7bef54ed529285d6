"""Import of files that LibreOffice 7.4.7 wrote: one sheet and one document.

Typed and saved through its own programming interface, without a screen: "prompts" in Calc, saved
as XLSX, as ODS and three times as CSV with the cells as shown (UTF-8 with commas; Windows-1252
with semicolons; UTF-16 with tabs and every text in quotation marks); "manual" in Writer, saved as
DOCX and ODT, its changes recorded by Writer. Dates, a percentage and a price are in German formats.
"""

from pathlib import Path

import pytest

from lib import intake
from lib.errors import InvalidRequestError

FILES = Path(__file__).parent / "files"
CSV = ["prompts-utf8.csv", "prompts-cp1252.csv", "prompts-utf16.csv"]
SEEN = {
    2: ("welcome", "Grüß Gott – „schön“, dass Sie’s sind; bleiben Sie, bitte.", "Ashley", "0.5"),
    3: ("23.11.2026", "We open at 9 o'clock.", "Timothy", "1.5"),  # two formulas
    4: ("both", "First of two.", "", ""),  # beside two cells that are one
    5: ("", "Second of two.", "", ""),
    7: ("lines", "First line.\nSecond line.", "", ""),
    8: ("hidden", "This row was hidden.", "", ""),
    9: ("11/24/2026 09:05 AM", "12,5%", "", ""),
    10: ("14:30", "1.234,50 €", "", ""),
    11: ("sum", "$2,469.00", "", ""),  # a formula
    12: ("broken", "#DIV/0!", "", ""),
    13: ("nobody", "Who says this?", "#N/A", ""),
}
# A workbook keeps the date and the number, and does not say in which country it is read.
IN_A_WORKBOOK = {
    "23.11.2026": "23 November 2026",
    "11/24/2026 09:05 AM": "24 November 2026, 9:05 AM",
    "12,5%": "12.5%",
    "1.234,50 €": "1,234.50 €",
}
MANUAL = """# The Welcome Tour

# The hall

Grüß Gott – „schön“, dass Sie’s sind.

Read the sign, then go on to the library.

## What to bring

a coat
an umbrella

## How to get in

Ring the bell.
Wait for the guard.

The doors open at nine.

They close at five.

Line one
and line two.

# The times

Day, Hours
Monday, nine to five
Sunday, closed

The old slow red fox was here. It ran away.

Two parts of one sentence.

A box stands here.

Words in a text box.

Words in a frame.

The end of the tour.

Come again soon."""


def sheet(name: str) -> intake.Sheet:
    brought = intake.read(name, (FILES / name).read_bytes())
    assert isinstance(brought, intake.Sheet)
    return brought


def manual() -> intake.Words:
    brought = intake.read("manual.docx", (FILES / "manual.docx").read_bytes())
    assert isinstance(brought, intake.Words)
    return brought


@pytest.mark.parametrize("name", CSV)
def test_every_row_of_a_csv_comes_in_as_it_was_seen_with_its_number(name: str) -> None:
    brought = sheet(name)
    assert dict(zip(brought.numbers, brought.rows, strict=True)) == SEEN


def test_every_row_of_a_workbook_comes_in_with_dates_and_numbers_ready_to_be_said() -> None:
    # Row 8 is hidden. "both" stands in a cell of two rows, which a CSV has only once.
    seen = {number: row for number, row in SEEN.items() if number != 8}
    seen[5] = ("both", *seen[5][1:])
    brought = sheet("prompts.xlsx")
    assert dict(zip(brought.numbers, brought.rows, strict=True)) == {
        number: tuple(IN_A_WORKBOOK.get(cell, cell) for cell in row) for number, row in seen.items()
    }


def test_hidden_rows_merged_cells_errors_and_blank_rows_are_said() -> None:
    assert sheet("prompts.xlsx").notes == (
        "1 hidden row was left out.",
        "1 blank row was left out.",
        '"Title" stands in merged cells: it counts for each of their rows.',
        "An error of the workbook, such as #N/A, stands in B12 and C13.",
    )


@pytest.mark.parametrize("name", CSV)
def test_only_the_old_encoding_asks_to_look_at_the_accents(name: str) -> None:
    guessed = any("Windows-1252" in note for note in sheet(name).notes)
    assert guessed == (name == "prompts-cp1252.csv")


@pytest.mark.parametrize("name", ["prompts.xlsx", *CSV])
def test_columns_are_known_even_by_a_name_of_two_lines(name: str) -> None:
    brought = sheet(name)
    mapping = intake.guess(brought)
    assert mapping == intake.Mapping(
        title="Title", text="Text", voice="Voice", pause="Pause (seconds)"
    )
    made = intake.lines(brought, mapping)
    assert [line.pause_after_s for line in made.lines[:3]] == [0.5, 1.5, None]
    assert made.notes == ()


def test_a_document_comes_in_word_for_word_in_its_order() -> None:
    assert manual().text == MANUAL


@pytest.mark.parametrize("deleted", ["quick", "This paragraph goes away."])
def test_deleted_words_and_paragraphs_are_not_spoken(deleted: str) -> None:
    assert deleted not in manual().text


@pytest.mark.parametrize("inserted", ["old slow red fox", "tour.\n\nCome again soon."])
def test_inserted_words_and_paragraphs_are_spoken(inserted: str) -> None:
    assert inserted in manual().text


def test_a_paragraph_whose_number_was_taken_off_is_no_item_of_the_list() -> None:
    assert "the guard.\n\nThe doors open at nine.\n\nThey close" in manual().text


@pytest.mark.parametrize("beside", ["A note at the foot.", "Is this right?", "Draft, page"])
def test_a_footnote_a_comment_and_the_header_of_the_page_are_not_spoken(beside: str) -> None:
    assert beside not in manual().text


def test_what_was_left_out_of_a_document_is_said() -> None:
    assert manual().notes == (
        "Tracked changes were taken as accepted: what was deleted is left out.",
        "1 footnote was left out.",
        "1 comment was left out.",
        "The table of contents, 5 lines, was left out.",
        "The numbers of 1 list were left out, for the text does not refer to them.",
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("prompts.ods", "an OpenDocument spreadsheet (.ods). Save it as an Excel workbook (.xlsx)"),
        ("manual.odt", "an OpenDocument text (.odt). Save it as a Word document (.docx)"),
    ],
)
def test_what_is_saved_in_libreoffice_s_own_kinds_is_refused_with_what_to_do(
    name: str, said: str
) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        intake.read(name, (FILES / name).read_bytes())
    assert said in f"{refused.value} {refused.value.hint}"
