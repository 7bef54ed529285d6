"""One sheet and one document as LibreOffice 7.4 wrote them (tests/files), brought in by users."""

from pathlib import Path

import pytest

from lib import intake
from lib.errors import InvalidRequestError

FILES = Path(__file__).parent / "files"
ENTITLED = "welcome", "23 November 2026", "both", "", "lines", "discount", "price", "broken"
TEXTS = (
    "Grüß Gott – “willkommen”.",
    "We open at 9 o'clock.",  # a formula
    "First of two.",  # beside two cells that are one
    "Second of two.",
    "First line.\nSecond line.",
    "25%",
    "$1,234.50",
    "#DIV/0!",
)


def brought(name: str) -> intake.Sheet | intake.Words:
    return intake.read(name, (FILES / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "says", "date"),
    [
        ("prompts.xlsx", "An error of the workbook, such as #N/A, stands in B10.", ENTITLED[1]),
        ("prompts-utf8.csv", "1 blank row was left out.", "23.11.2026"),
        ("prompts-utf16.csv", "1 blank row was left out.", "23.11.2026"),
        ("prompts-cp1252.csv", "Read as Western European (Windows-1252)", "23.11.2026"),
    ],
)
def test_a_sheet_comes_in_as_it_was_seen(name: str, says: str, date: str) -> None:
    sheet = brought(name)
    assert isinstance(sheet, intake.Sheet)
    lines = intake.lines(sheet, intake.guess(sheet)).lines
    assert tuple(line.text for line in lines) == TEXTS
    assert tuple(line.title for line in lines) == (ENTITLED[0], date, *ENTITLED[2:])
    assert [(line.voice, line.pause_after_s) for line in lines[:2]] == [
        ("Craig", 0.5),
        ("Ashley", None),
    ]
    assert says in " ".join(sheet.notes)


def test_a_document_comes_in_without_what_was_deleted_and_what_is_not_read_aloud() -> None:
    words = brought("manual.docx")
    assert isinstance(words, intake.Words)
    assert words.text == (
        "# Before you start\n\nCheck the guard twice.\n\nWear gloves.\nWear boots.\n\n"
        "## At the machine\n\nPress the green button.\n\nSee the handbook.\n\n"
        "Lamp, Meaning\nRed, Stop."
    )
    assert words.notes == (
        "Tracked changes were taken as accepted: what was deleted is left out.",
        "1 footnote was left out.",
        "1 comment was left out.",
    )


def test_a_sheet_of_its_own_kind_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidRequestError, match="OpenDocument") as refused:
        brought("prompts.ods")
    assert "Excel workbook" in refused.value.hint
