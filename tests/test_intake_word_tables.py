"""Tables in Word documents: prompts with their names, and dialogues of two columns."""

import io
from collections.abc import Sequence

import docx
import pytest

from lib import intake
from lib.script import dialogue

Rows = Sequence[Sequence[str]]
PROMPTS = [["ID", "Prompt", "Voice"], ["1", "Welcome.", "Ann"], ["2", "Bye, all.", "Bob"]]


def brought(
    rows: Rows, above: str = "", below: str = "", choices: intake.Choices = intake.GUESSED
) -> intake.Words | intake.Sheet:
    document = docx.Document()
    document.add_paragraph(above)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph(below)
    file = io.BytesIO()
    document.save(file)
    return intake.read("a.docx", file.getvalue(), choices)


@pytest.mark.parametrize("above", ["", "Phone prompts, 2026"])
def test_a_document_that_is_one_table_with_known_names_is_a_table(above: str) -> None:
    sheet = brought(PROMPTS, above)
    assert isinstance(sheet, intake.Sheet)
    lines = intake.lines(sheet, intake.guess(sheet)).lines
    assert [(line.title, line.text, line.voice) for line in lines] == [
        ("1", "Welcome.", "Ann"),
        ("2", "Bye, all.", "Bob"),
    ]
    assert any(above in note for note in sheet.notes) or not above


@pytest.mark.parametrize(
    ("rows", "below"),
    [
        (PROMPTS, "Thank you."),
        ([["Day", "Text"], ["Monday", "Soup."]], ""),
        ([["Day", "Hour"], ["Monday", "Nine"]], ""),
        (PROMPTS[:1], ""),
    ],
)
def test_other_documents_with_a_table_stay_words(rows: Rows, below: str) -> None:
    words = brought(rows, "", below)
    assert isinstance(words, intake.Words)
    assert words.text == "\n".join(", ".join(row) for row in rows) + (below and f"\n\n{below}")


def test_names_beside_their_words_are_speakers() -> None:
    turns = [("ANNA", "You came!"), ("BEN", "Of course."), ("ANNA", "Thanks, Ben.")]
    words = brought(turns, "A Play")
    assert isinstance(words, intake.Words)
    found = dialogue.lines(words.text)
    assert [(line.speaker, line.text) for line in found] == [("", "A Play"), *turns]


def test_labels_beside_their_words_are_said() -> None:
    words = brought([["Monday", "Open!"], ["Sunday", "Closed!"], ["Monday", "Open again!"]])
    assert isinstance(words, intake.Words)
    assert words.text == "Monday, Open!\nSunday, Closed!\nMonday, Open again!"


def test_a_document_that_is_one_table_can_be_read_as_words() -> None:
    sheet = brought(PROMPTS, "")
    assert sheet.read_as.kinds == ("text", "table")
    words = brought(PROMPTS, choices=intake.Choices(kind="text"))
    assert isinstance(words, intake.Words)
    assert words.text == "\n".join(", ".join(row) for row in PROMPTS)
    assert words.read_as.kinds == ("text", "table")
