"""What a cell of a workbook shows is what is read. The texts are those of Excel.

Where LibreOffice 7.4.7 shows the same cells otherwise, the comment says why Excel's is expected.
"""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from lib import intake
from lib.intake.excel import cells

NOVEMBER_24 = 46_350
HALF_PAST_TWO = NOVEMBER_24 + 14.5 / 24


def brought(book: openpyxl.Workbook) -> intake.Sheet:
    file = io.BytesIO()
    book.save(file)
    read = intake.read("a.xlsx", file.getvalue())
    assert isinstance(read, intake.Sheet)
    return read


def column(*shown: tuple[object, str]) -> intake.Sheet:
    """A workbook with one text per row, as a value and its number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Text"])
    for row, (value, number_format) in enumerate(shown, start=2):
        sheet.cell(row, 1, f"clip {row}")
        sheet.cell(row, 2, value).number_format = number_format
    return brought(book)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1_500_000, '"$"#,##0.0,,"M"', "$1.5M"),
        (1_500_000, '#,##0,"K"', "1,500K"),
        (1_500_000, "0.00,,", "1.50"),
        (1_234_567_890, '#,##0.0,,\\ "million"', "1,234.6 million"),
        (499, '0,"K"', "0K"),
        (500, '0,"K"', "1K"),
        (1_500_000, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "1.5M"),
        (1_500, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "1.5K"),
        (15, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "15"),
        # LibreOffice drops the minus sign of a number for which there is no condition.
        (-15, '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', "-15"),
        (1, '[=1]0" day";0" days"', "1 day"),
        (2, '[=1]0" day";0" days"', "2 days"),
        (0, '[=0]"none";[=1]"one";0', "none"),
        (5_551_234, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-1234"),
        (5_551_234_567, "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "(555) 123-4567"),
    ],
)
def test_commas_that_scale_and_conditions(value: float, number_format: str, shown: str) -> None:
    assert cells.shown(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (0.125, "0%", "13%"),
        (2.675, "0.00", "2.68"),
        (1.005, '"$"#,##0.00', "$1.01"),
        (1.005, "0%", "101%"),  # LibreOffice rounds the binary 100.49999999999999
        (0.5, "0", "1"),
        (1.5, "0", "2"),
        (999.995, "#,##0.00", "1,000.00"),
        (-0.001, "0.00", "0.00"),
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333"),
        (1e-7, "General", "0.0000001"),
        (1.23456789e-5, "General", "1.23457E-05"),
        (123_456_789_012, "General", "123456789012"),
        (1e20, "General", "1E+20"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: float, number_format: str, shown: str) -> None:
    assert cells.shown(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (12, "0.##", "12"),  # Excel shows "12.", and a point could end a sentence
        (0.5, "#.00", ".50"),
        (1.5, "0.0??", "1.5"),
        (1067, "00000", "01067"),
        (123_456_789, "000\\-00\\-0000", "123-45-6789"),
        (5, "0,000", "0,005"),
        (-1234, '"$"#,##0_);[Red]\\("$"#,##0\\)', "($1,234)"),
        (1234, '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)', "$1,234"),
        (0, '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)', "$-"),
        (-5, "0;[Red]-0", "-5"),
        (-1, '"yes";"no";"maybe"', "no"),
        (0, '"yes";"no";"maybe"', "maybe"),
        (5, "+0;-0;0", "+5"),
        (-1234.5, "#,##0.00 [$€-407]", "-1,234.50 €"),
        (12, "[$£-809]#,##0", "£12"),
        (12, "[$EUR]\\ 0", "EUR 12"),
        (21.5, '0.0"°C"', "21.5°C"),
        (7, 'General" units"', "7 units"),
        (7, '"No; "0', "No; 7"),
        (0.5, "# ?/?", "1/2"),
        (2.75, "# ?/?", "2 3/4"),
        (0.3333333333, "# ??/??", "1/3"),
        (0.5, "# ??/16", "8/16"),
        (2.5, "?/?", "5/2"),
        (5, "# ?/?", "5"),
        (0.99, "# ?/?", "1"),
        (12_345, "0.00E+00", "1.23E+04"),
        (12_345, "##0.0E+0", "12.3E+3"),
        (9.999, "0.0E+0", "1.0E+1"),
        (0.00012, "0.0E-0", "1.2E-4"),
    ],
)
def test_sections_signs_literals_fractions_and_powers(
    value: float, number_format: str, shown: str
) -> None:
    assert cells.shown(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (NOVEMBER_24, "mmmm yyyy", "November 2026"),
        (NOVEMBER_24, "dddd", "Tuesday"),
        (NOVEMBER_24, "d mmmm", "24 November"),
        (NOVEMBER_24, "yyyy", "2026"),
        (NOVEMBER_24, "[$-409]mmmm d, yyyy;@", "November 24, 2026"),
        (NOVEMBER_24, "ddd, mmm d", "Tue, Nov 24"),
        (NOVEMBER_24, "d-mmm-yy", "24-Nov-26"),
        (NOVEMBER_24, 'd" of "mmmm', "24 of November"),
        (NOVEMBER_24, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "Tuesday, November 24, 2026"),
        (NOVEMBER_24 - 268, "[$-407]d. mmmm yyyy", "1. März 2026"),
        (NOVEMBER_24 - 268, "[$-40C]dddd d mmmm", "dimanche 1 mars"),
        (NOVEMBER_24 - 268, "[$-419]d mmmm yyyy", "1 марта 2026"),
        (NOVEMBER_24, "[$-41E]d mmmm bbbb", "24 พฤศจิกายน 2569"),
        (HALF_PAST_TWO, "h:mm AM/PM", "2:30 PM"),
        (HALF_PAST_TWO, "[$-409]h:mm AM/PM;@", "2:30 PM"),
        (HALF_PAST_TWO, "h:mm", "14:30"),
        (HALF_PAST_TWO, "dddd h AM/PM", "Tuesday 2 PM"),
        (0.0, "h:mm AM/PM", "12:00 AM"),
        (1.5, "[h]:mm", "36:00"),
        (0.0625 / 60, "[mm]:ss", "01:30"),
        (1.5 / 86_400, "mm:ss.0", "00:01.5"),
        (90 / 86_400, "[s]", "90"),
        (59.6 / 86_400, "m:ss", "1:00"),
        (1 / 86_400, 'h" h "m" min"', "0 h 0 min"),
        # LibreOffice begins its days a day earlier before March 1900.
        (1, "d mmmm yyyy", "1 January 1900"),
        (60, "d mmmm yyyy", "29 February 1900"),
        (61, "d mmmm yyyy", "1 March 1900"),
        (-1, "d mmmm yyyy", "#####"),
        (3_000_000, "yyyy", "#####"),
    ],
)
def test_dates_and_times_have_the_words_of_their_format(
    value: float, number_format: str, shown: str
) -> None:
    assert cells.shown(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (NOVEMBER_24, "mm-dd-yy", "24 November 2026"),
        (NOVEMBER_24, "dd/mm/yyyy", "24 November 2026"),
        (NOVEMBER_24, "yyyy\\-mm\\-dd\\ hh:mm:ss", "24 November 2026"),
        (NOVEMBER_24, "d/m", "24 November"),
        (NOVEMBER_24, "mm/yyyy", "November 2026"),
        (NOVEMBER_24, "ddd dd.mm.yy", "Tue, 24 November 2026"),
        (NOVEMBER_24, '"Due "m/d/yyyy" at the latest"', "Due 24 November 2026 at the latest"),
        (HALF_PAST_TWO, "m/d/yyyy", "24 November 2026"),
        (HALF_PAST_TWO, "m/d/yy h:mm", "24 November 2026, 14:30"),
        (HALF_PAST_TWO, "m/d/yyyy h:mm AM/PM", "24 November 2026, 2:30 PM"),
        (14.5 / 24, "m/d/yy h:mm", "14:30"),
    ],
)
def test_no_day_is_said_as_a_month(value: float, number_format: str, shown: str) -> None:
    assert cells.shown(value, number_format) == shown


def test_text_has_the_words_of_its_own_section() -> None:
    assert cells.shown("four", '0;-0;0;"Gate "@') == "Gate four"
    assert cells.shown("four", '"Gate "@') == "Gate four"
    assert cells.shown(4, '"Gate "@') == "4"
    assert cells.shown(4, "@") == "4"
    assert cells.shown(" as typed ", "0.00") == " as typed "


def test_dates_of_any_type_and_of_workbooks_that_count_from_1904_are_the_same_day() -> None:
    book = openpyxl.Workbook()
    book.epoch = MAC_EPOCH
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Text"])
    for value, number_format in (
        (date(2026, 11, 24), "d mmmm yyyy"),
        (datetime(2026, 11, 24, 14, 30), "dddd h:mm AM/PM"),
        (time(14, 30), "h:mm AM/PM"),
        (timedelta(hours=26, minutes=5), "[h]:mm"),
    ):
        sheet.append(["clip", value])
        sheet.cell(sheet.max_row, 2).number_format = number_format
    expected = ["24 November 2026", "Tuesday 2:30 PM", "2:30 PM", "26:05"]
    assert [row[1] for row in brought(book).rows] == expected
    book.iso_dates = True
    assert [row[1] for row in brought(book).rows] == expected


def test_formats_that_a_file_names_by_number_are_known() -> None:
    assert cells.shown(NOVEMBER_24, cells.BUILT_IN[31]) == "24 November 2026"
    assert cells.shown(0.25, cells.BUILT_IN[55]) == "06:00"
    assert cells.shown(-5, cells.BUILT_IN[44]) == "$(5.00)"
    assert cells.shown(90.5 / 86_400, cells.BUILT_IN[47]) == "01:30.5"


def test_what_a_format_hides_is_said_with_its_cell() -> None:
    sheet = column(("Hello.", ";;;"), (0, "0;-0;;@"), (-5, "0_);(0)"), (-1, "mmmm"), (-7, "0"))
    assert [row[1] for row in sheet.rows] == ["", "", "(5)", "#####", "-7"]
    error, blanked, unsigned = sheet.notes
    assert error == "An error of the workbook, such as #N/A, stands in B5."
    assert blanked.startswith("Excel shows nothing of what is in B2 and B3,")
    assert unsigned.startswith("The number in B4 is below 0, but Excel shows it without a minus")


@pytest.mark.parametrize(
    "part", ["0", "#,", '"', "[", "\\", "[>=1", "0/", "E+", "y", "[h]", ";", "?"]
)
def test_a_format_of_any_length_is_shown_at_once(part: str) -> None:
    for length in (1, 200, 255, 500_000):
        for value in (1e300, -1e-300, 0, NOVEMBER_24):
            assert len(cells.shown(value, (part * length)[:length])) < 1_000
