"""Hidden rows and columns, merged cells and the sheets of a workbook."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from lib import intake
from lib.errors import InvalidRequestError

HIDDEN = intake.Choices(hidden=True)


def workbook(*rows: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def saved(book: openpyxl.Workbook) -> bytes:
    """A size of 77 is written as 0, which openpyxl does not write."""
    file, changed = io.BytesIO(), io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(b'ht="77"', b'ht="0"')
            after.writestr(name, part.replace(b'width="77"', b'width="0"'))
    return changed.getvalue()


def brought(book: openpyxl.Workbook, choices: intake.Choices = intake.GUESSED) -> intake.Sheet:
    read = intake.read("a.xlsx", saved(book), choices)
    assert isinstance(read, intake.Sheet)
    return read


def refusal(book: openpyxl.Workbook, choices: intake.Choices = intake.GUESSED) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        brought(book, choices)
    return f"{caught.value} {caught.value.hint}"


def with_hidden() -> openpyxl.Workbook:
    book, sheet = workbook(
        ["Title", "Notes", "Text"],
        ["a", "draft", "One."],
        ["b", None, "Two."],
        ["c", None, "Three."],
        ["d", None, "Four."],
    )
    sheet.auto_filter.ref = "A1:C5"
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].height = 77
    sheet.column_dimensions["B"].hidden = True
    return book


def test_hidden_rows_and_columns_are_left_out_and_said() -> None:
    sheet = brought(with_hidden())
    assert sheet.header == ("Title", "Text")
    assert dict(zip(sheet.numbers, sheet.rows, strict=True)) == {
        2: ("a", "One."),
        5: ("d", "Four."),
    }
    assert sheet.notes == ("2 hidden rows and 1 hidden column were left out.",)
    assert sheet.read_as.hidden == 3


def test_hidden_rows_and_columns_are_read_when_a_person_wants_them() -> None:
    sheet = brought(with_hidden(), HIDDEN)
    assert sheet.header == ("Title", "Notes", "Text")
    assert [row[2] for row in sheet.rows] == ["One.", "Two.", "Three.", "Four."]
    assert sheet.notes == ("2 hidden rows and 1 hidden column were read too.",)
    assert sheet.read_as.hidden == 3


def test_what_is_hidden_and_empty_is_not_counted() -> None:
    book, sheet = workbook(["Title", "Text"], ["a", "One."], [], ["b", "Two."])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions.group("D", "XFD", hidden=True)
    read = brought(book)
    assert read.notes == ("1 blank row was left out.",)
    assert read.read_as.hidden == 0


def test_groups_that_are_closed_and_columns_without_width_are_hidden() -> None:
    book, sheet = workbook(["Text", "x", "y", "Voice"], ["One.", "1", "2", "Tim"])
    sheet.column_dimensions.group("B", "B", outline_level=1, hidden=True)
    sheet.column_dimensions["C"].width = 77
    read = brought(book)
    assert (read.header, read.rows) == (("Text", "Voice"), (("One.", "Tim"),))
    assert read.notes == ("2 hidden columns were left out.",)


def test_columns_hidden_to_the_last_are_not_counted_one_by_one() -> None:
    book, sheet = workbook(["Text", "Voice"], ["One.", "Tim"])
    sheet.column_dimensions.group("B", "XFD", hidden=True)
    assert brought(book).notes == ("1 hidden column was left out.",)


def test_columns_without_names_keep_the_letters_of_the_workbook() -> None:
    book, sheet = workbook([1, 2, "This is said."], [3, 4, "This, too."])
    sheet.column_dimensions["B"].hidden = True
    assert brought(book).header == ("Column A", "Column C")


def test_problems_of_hidden_cells_are_not_said() -> None:
    book, sheet = workbook(["Text", "Sum"], ["One.", "=1/0"], ["Two.", "#N/A"], ["Three.", 3])
    sheet["B3"].data_type = "e"
    assert len(brought(book).notes) == 2
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
    assert brought(book).notes == ("2 hidden rows were left out.",)


def test_a_sheet_of_which_all_is_hidden_is_refused_with_what_to_do() -> None:
    book, sheet = workbook(["Text"], ["One."])
    sheet.column_dimensions["A"].hidden = True
    assert "is hidden. Show its rows and columns" in refusal(book)
    assert brought(book, HIDDEN).rows == (("One.",),)


SPEAKERS = (
    ["Voice", "Title", "Text"],
    ["Tim", "a", "One."],
    [None, "b", "Two."],
    [None, "c", "Three."],
    ["Ashley", "d", "Four."],
)


def test_a_voice_merged_over_rows_counts_for_each_and_is_said() -> None:
    book, sheet = workbook(*SPEAKERS)
    sheet.merge_cells("A2:A4")
    read = brought(book)
    assert [row[0] for row in read.rows] == ["Tim", "Tim", "Tim", "Ashley"]
    assert read.notes == ('"Voice" stands in merged cells: it counts for each of their rows.',)
    made = intake.lines(read, intake.guess(read)).lines
    assert [line.voice for line in made] == ["Tim", "Tim", "Tim", "Ashley"]


def test_cells_that_are_empty_but_not_merged_stay_empty() -> None:
    read = brought(workbook(*SPEAKERS)[0])
    assert [row[0] for row in read.rows] == ["Tim", "", "", "Ashley"]
    assert read.notes == ()


def test_a_merged_voice_of_a_hidden_row_counts_for_the_rows_that_are_seen() -> None:
    book, sheet = workbook(*SPEAKERS)
    sheet.merge_cells("A2:A4")
    sheet.row_dimensions[2].hidden = True
    read = brought(book)
    assert [row[0] for row in read.rows] == ["Tim", "Tim", "Ashley"]


def test_a_merged_text_is_read_once() -> None:
    book, sheet = workbook(
        ["Voice", "Text", "Title"], ["Tim", "Said once.", "a"], ["Ashley", None, "b"]
    )
    sheet.merge_cells("B2:B3")
    read = brought(book)
    assert [row[1] for row in read.rows] == ["Said once.", ""]
    across, sheet = workbook(["Text", "x", "Title"], ["Said once.", None, "a"])
    sheet.merge_cells("A2:B2")
    assert brought(across).rows == (("Said once.", "", "a"),)


def test_column_names_over_two_rows_are_no_row_of_the_table() -> None:
    book, sheet = workbook(["Voice", "Text"], [None, None], ["Tim", "One."])
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    assert brought(book).rows == (("Tim", "One."),)


def test_merged_cells_beside_a_hidden_column_are_told_apart() -> None:
    book, sheet = workbook(
        ["Old", "Speaker", "Text"], ["x", "Tim", "One."], [None, None, "Two."], ["y", "Ann", "Bye."]
    )
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    sheet.column_dimensions["A"].hidden = True
    assert brought(book).rows == (("Tim", "One."), ("Tim", "Two."), ("Ann", "Bye."))


def two_sheets() -> openpyxl.Workbook:
    book, _ = workbook(["Text"], ["From the first."])
    book.worksheets[0].title = "First"
    book.create_sheet("Second").append(["Text"])
    book["Second"].append(["From the second."])
    book.create_sheet("Empty")
    book.create_sheet("Secret").append(["Text"])
    book["Secret"].sheet_state = "hidden"
    return book


def test_the_chosen_sheet_is_read_and_the_visible_ones_can_be_chosen() -> None:
    first = brought(two_sheets())
    assert (first.read_as.sheet, first.read_as.sheets) == ("First", ("First", "Second"))
    second = brought(two_sheets(), intake.Choices(sheet="Second"))
    assert second.rows == (("From the second.",),)
    assert second.notes == ('Read from the sheet "Second"; "First" and "Secret" were left out.',)
    assert second.read_as.sheet == "Second"


@pytest.mark.parametrize("title", ["Secret", "Empty", "Third"])
def test_a_sheet_that_cannot_be_chosen_is_refused_with_those_that_can(title: str) -> None:
    assert "Choose one of these: First and Second." in refusal(
        two_sheets(), intake.Choices(sheet=title)
    )


def with_xml(after_cells: str) -> bytes:
    """A workbook of SPEAKERS with XML after its cells that openpyxl would not write."""
    file, changed = io.BytesIO(saved(workbook(*SPEAKERS)[0])), io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(
                name, part.replace(b"</sheetData>", f"</sheetData>{after_cells}".encode())
            )
    return changed.getvalue()


def test_k5_merged_cells_without_end_cost_little() -> None:
    whole = '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'
    read = intake.read("a.xlsx", with_xml(whole))
    assert isinstance(read, intake.Sheet)
    # A cell that is not empty keeps its own voice, even where a file says that it is merged.
    assert [row[0] for row in read.rows] == ["Tim", "Tim", "Tim", "Ashley"]
    many = "".join(f'<mergeCell ref="A{row}:B{row * 3}"/>' for row in range(2, 200_003))
    with pytest.raises(InvalidRequestError, match="too much work"):
        intake.read("a.xlsx", with_xml(f"<mergeCells>{many}</mergeCells>"))
