"""Files brought in on the page Scripts: what each was read as, and the ways to change it."""

import io
import re

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import Start, Visit
from tests.browser.using import assert_accessible, assert_accessible_for_all, settle

TITLED = "Northwind prompts\nName,Words\nA1,Welcome here.\nA2,Please hold.\n"
READ_AS = re.compile("^Read as ")  # "The letters were read as …" is said of some files besides
POLISH = "Dzień dobry, naciśnij jeden, żeby usłyszeć godziny otwarcia.\n"


def bring_in(page: Page, name: str, data: bytes) -> None:
    upload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").first.set_input_files(upload)
    expect(page.get_by_text(name)).to_be_visible()
    expect(page.get_by_text(READ_AS)).to_be_visible()
    settle(page)


def open_choices(page: Page) -> None:
    page.get_by_role("button", name="Read it differently").click()
    expect(page.get_by_role("combobox", name="Language")).to_be_visible()
    settle(page)


def close_choices(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Language")).to_be_hidden()
    settle(page)


def read_differently(page: Page, label: str, choice: str) -> None:
    """Choose from one of the selects."""
    open_choices(page)
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(choice)  # a long list draws only what is seen, and moves while it is drawn
    option = page.get_by_role("option", name=choice, exact=True)
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("data-focused", "true")  # Enter takes what has the focus
    page.keyboard.press("Enter")
    settle(page)
    close_choices(page)


def hidden_row() -> bytes:
    book = openpyxl.Workbook()
    for row in (("Title", "Text"), ("A1", "Welcome here."), ("A2", "Not for all.")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_what_a_file_was_read_as_is_said_and_every_change_is_previewed(
    start: Start, visit: Visit
) -> None:
    page = visit(f"{start()}/scripts")

    bring_in(page, "a.csv", TITLED.encode())
    expect(page.get_by_text("Read as a table · column names from row 2 · English")).to_be_visible()
    expect(page.get_by_text("“Northwind prompts” above the header was left out.")).to_be_visible()
    expect(page.get_by_role("button", name="Use 2 rows")).to_be_visible()
    open_choices(page)
    assert_accessible_for_all(page)
    close_choices(page)
    read_differently(page, "Column names", "No row")
    expect(page.get_by_text("no column names")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Use [34] rows"))).to_be_visible()
    read_differently(page, "The file is", "A text")
    expect(page.get_by_text("Read as a text")).to_be_visible()
    expect(page.locator(".st-key-scripts_words_new button")).to_be_visible()
    read_differently(page, "Language", "German")
    expect(page.get_by_text("Read as a text · German")).to_be_visible()

    bring_in(page, "polish.txt", POLISH.encode("cp1250"))
    expect(page.get_by_text("Read as a text · Central European (Windows-1250)")).to_be_visible()
    expect(page.get_by_text("look at them before you record")).to_be_visible()
    read_differently(page, "Its letters", "Cyrillic (Windows-1251)")
    expect(page.get_by_text("Read as a text · Cyrillic (Windows-1251)")).to_be_visible()
    expect(page.get_by_text("look at them before you record")).to_have_count(0)

    bring_in(page, "a.xlsx", hidden_row())
    expect(page.get_by_text("without 1 hidden row or column")).to_be_visible()
    expect(page.get_by_role("button", name="Use 1 row", exact=True)).to_be_visible()
    open_choices(page)
    page.get_by_text("Bring in hidden rows and columns").click()
    settle(page)
    close_choices(page)
    expect(page.get_by_text("with 1 hidden row or column")).to_be_visible()
    page.get_by_role("button", name="Use 2 rows").click()
    settle(page)
    expect(page.get_by_text("Table · 2 rows")).to_be_visible()


def test_speakers_of_a_file_are_cast_and_it_becomes_a_table_or_a_dialogue(
    start: Start, visit: Visit
) -> None:
    page = visit(f"{start()}/scripts")

    bring_in(
        page, "talk.csv", b"speaker,text\nSPEAKER_00,Good morning.\nSPEAKER_01,Rule one: go.\n"
    )
    page.get_by_role("button", name="Use 2 rows").click()
    settle(page)
    expect(page.get_by_text("Dialogue · 2 turns")).to_be_visible()
    expect(page.get_by_text("Voices were chosen for SPEAKER_00 and SPEAKER_01.")).to_be_visible()
    page.get_by_role("button", name="Hear this voice").first.click()
    expect(page.get_by_role("button", name="Pause Sample of Ashley")).to_be_visible()
    page.get_by_role("combobox", name="Voice of SPEAKER_01").click()
    page.get_by_role("option").first.click()
    settle(page)
    expect(page.get_by_role("button", name="Record 2 sentences")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Read it as a table").click()
    settle(page)
    expect(page.get_by_text("Table · 2 rows")).to_be_visible()
    expect(page.get_by_role("button", name="Record 2 rows")).to_be_visible()
