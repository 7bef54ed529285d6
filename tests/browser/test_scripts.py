"""Scripts in Chromium: brought in, checked, recorded, revised; as a member of staff does it."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import tinytag
from playwright.sync_api import Page, expect

from lib import intake
from tests.browser.conftest import PHONE, Start, Visit
from tests.browser.running import READY, running
from tests.browser.shared import data_in
from tests.browser.using import (
    assert_accessible,
    assert_accessible_for_all,
    cells,
    click_row,
    play,
    settle,
)
from tests.service import StandIn

TABLE = "Title,Text,Voice\nwelcome,Welcome to our store.,Ashley\nhold,Please hold.,Craig\n"
DIALOGUE = "Ashley: Good morning. How can I help?\nCraig: I have lost my ticket."


def write(page: Page, text: str) -> None:
    page.get_by_placeholder("Type or paste").fill(text)
    page.get_by_role("button", name="Use this text").click()
    settle(page)


def open_scripts(start: Start, visit: Visit, text: str = TABLE, **options: object) -> Page:
    page = visit(f"{start()}/scripts", **options)
    write(page, text)
    return page


def numbered(rows: int) -> str:
    return "Title,Text\n" + "".join(f"{n},Line {n}.\n" for n in range(rows))


def record(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Record|Put together) ?")).click()
    expect(page.get_by_text("all recorded")).to_be_visible(timeout=30_000)
    settle(page)


def edit(page: Page, row: int, words: str) -> None:
    """Type into a row's Text cell: Enter opens it, what is typed goes in, Enter closes it."""
    click_row(page, row, x=500)
    cell = page.locator(".gdg-input")
    if not cell.count():  # the click alone opens it where it was selected before
        page.keyboard.press("Enter")
    expect(cell).to_be_focused()  # what is typed before goes elsewhere
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    expect(cell).to_have_value(words)
    page.wait_for_timeout(300)  # faster than a hand, Enter would close it with the old words
    page.keyboard.press("Enter")
    settle(page)


def fetch(page: Page, button: str, link: str) -> tuple[str, bytes]:
    """Press the first until the second is there; returns the saved file's name and bytes."""
    page.get_by_role("button", name=button).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_a_table_is_recorded_heard_revised_and_taken_out(
    start: Start, visit: Visit, service: StandIn, tmp_path: Path
) -> None:
    page = open_scripts(start, visit)
    expect(page.get_by_text("2 rows, 2 new · ")).to_be_visible()
    record(page)
    assert service.charges == 2
    assert play(page.locator('[class*="st-key-card_scripts_row"]').first) > 0.3

    edit(page, 1, "Please hold on.")
    expect(page.get_by_text("2 rows, 1 new · 1 reused: free · ")).to_be_visible()
    page.get_by_role("button", name="Record 1 row").click()
    expect(page.get_by_text("all recorded")).to_be_visible()
    assert service.charges == 3

    edit(page, 1, "Please hold.")  # as it was: known, and free
    expect(page.get_by_text("all recorded")).to_be_visible()
    page.reload()
    page.wait_for_selector(READY)
    expect(page.get_by_text("2 rows · all recorded")).to_be_visible()
    assert service.charges == 3
    assert_taken_out_as_clips_as_one_sound_and_as_words(page)

    shutil.rmtree(tmp_path / "sound")
    page.get_by_text("WAV", exact=True).click()
    page.get_by_role("button", name="Prepare one file").click()
    expect(page.get_by_role("alert")).to_contain_text("no longer there")


def assert_taken_out_as_clips_as_one_sound_and_as_words(page: Page) -> None:
    page.get_by_role("button", name="Take out").click()
    _, data = fetch(page, "Prepare 2 clips", "Download ZIP")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == [
            *(f"01-welcome_Ashley.{suffix}" for suffix in ("mp3", "srt", "vtt")),
            *(f"02-hold_Craig.{suffix}" for suffix in ("mp3", "srt", "vtt")),
            "script.csv",
            "manifest.csv",
        ]
        again = intake.read("script.csv", archive.read("script.csv"))
    assert isinstance(again, intake.Sheet)
    assert [line.text for line in intake.lines(again, intake.guess(again)).lines] == [
        "Welcome to our store.",
        "Please hold.",
    ]

    page.get_by_text("One file", exact=True).click()
    name, data = fetch(page, "Prepare one file", "Download MP3")
    assert name == "welcome-to-our-store_2-voices.mp3"
    assert tinytag.TinyTag.get(name, file_obj=io.BytesIO(data)).comment == "AI-generated voice"
    with page.expect_download() as download:
        page.get_by_role("link", name="Captions as SRT").click()
    assert "Please hold." in download.value.path().read_text()
    assert_accessible(page)


def test_a_dialogue_becomes_one_clip_of_two_voices_and_one_new_sentence_costs_one(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = open_scripts(start, visit, DIALOGUE)
    expect(page.get_by_text("Who speaks")).to_be_visible()
    expect(page.get_by_text("3 of 3 sentences new")).to_be_visible()
    record(page)
    assert sorted(seen.json["voice"] for seen in service.seen if seen.method == "POST") == [
        "Ashley",
        "Ashley",
        "Craig",
    ]
    page.get_by_label("Script").fill(DIALOGUE.replace("ticket", "wallet"))
    page.keyboard.press("Tab")
    expect(page.get_by_text("1 of 3 sentences new")).to_be_visible()
    record(page)
    assert service.charges == 4


def test_a_pause_goes_where_the_cursor_is_and_is_never_sent(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(f"{start()}/scripts")
    page.get_by_placeholder("Type or paste").fill("Look over there. And wait.")
    page.keyboard.press("Tab")
    settle(page)
    page.reload()  # what is typed is not lost before it is used either
    page.wait_for_selector(READY)
    page.get_by_role("button", name="Use this text").click()
    settle(page)
    box = page.get_by_label("Script")
    box.click()
    box.evaluate("box => box.setSelectionRange(16, 16)")
    page.get_by_role("button", name="Insert a pause of 2 s").click()
    expect(box).to_have_value("Look over there. [pause 2 s] And wait.")
    page.keyboard.press("Tab")
    settle(page)
    record(page)
    assert {seen.json["text"] for seen in service.seen if seen.method == "POST"} == {
        "Look over there.",
        "And wait.",
    }


def test_a_word_document_is_dropped_and_its_headings_become_chapters(
    start: Start, visit: Visit
) -> None:
    made = docx.Document()
    for words in ("First steps", "Going on"):
        made.add_heading(words, 1)
        made.add_paragraph(f"This is about {words.lower()}.")
    file = io.BytesIO()
    made.save(file)
    page = visit(f"{start()}/scripts")
    page.locator("input[type=file]").set_input_files(
        {"name": "Manual.docx", "mimeType": "application/zip", "buffer": file.getvalue()}
    )
    expect(page.get_by_text("2 headings")).to_be_visible()
    page.locator(".st-key-scripts_words_new button").click()  # the ready scripts have its name, too
    expect(page.get_by_text("Document · 2 clips")).to_be_visible()
    expect(page.get_by_label("Heading", exact=True)).to_have_value("First steps")
    page.get_by_label("Heading", exact=True).fill("At first")
    page.get_by_label("Text of this chapter").fill("This is how to begin.")
    record(page)
    cards = page.locator('[class*="st-key-card_scripts_chapter"]')
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("At first")
    assert_accessible(page)
    page.reload()
    expect(page.get_by_label("Text of this chapter")).to_have_value("This is how to begin.")


def test_a_chapter_chosen_right_after_a_heading_was_typed_is_opened(
    start: Start, visit: Visit
) -> None:
    page = visit(f"{start()}/scripts")
    page.get_by_placeholder("Type or paste").fill("# One\n\nThe first.\n\n# Two\n\nThe second.")
    page.get_by_role("button", name="Use this text").click()
    page.get_by_label("Heading", exact=True).fill("Beginning")
    page.get_by_role("combobox", name="Chapter").click()  # the field is left by this press
    settle(page)
    page.get_by_role("option", name="Two").click()
    settle(page)
    expect(page.get_by_label("Heading", exact=True)).to_have_value("Two")
    expect(page.get_by_label("Text of this chapter")).to_have_value("The second.")
    page.get_by_role("combobox", name="Chapter").click()
    expect(page.get_by_role("option").first).to_have_text("Beginning")


def test_a_foreign_table_is_mapped_and_previewed_before_any_money(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = visit(f"{start()}/scripts")
    table = "Datei;Ansage;Wer\n01;Grüß Gott.;Craig\n02;Auf Wiederhören.;Ashley\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "Ansagen.csv", "mimeType": "text/csv", "buffer": table.encode("cp1252")}
    )
    expect(page.get_by_role("table").get_by_text("Grüß Gott.")).to_be_visible()
    page.get_by_text("A text with gaps to fill in").click()
    page.get_by_role("textbox", name="Text with gaps").fill("Ansage {Datei}: {Ansage}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("table").get_by_text("Ansage 01: Grüß Gott.")).to_be_visible()
    page.get_by_role("button", name="Use 2 rows").click()
    expect(page.get_by_text("2 rows, 2 new")).to_be_visible()
    assert service.posts == 0


def test_pause_resume_and_a_closed_tab_lose_nothing(
    start: Start, visit: Visit, service: StandIn
) -> None:
    """F33"""
    service.hold(after=2)
    page = open_scripts(start, visit, numbered(14))
    page.get_by_role("button", name="Record 14 rows").click()
    expect(page.get_by_text(re.compile(r"^[1-9]\d* of 14 rows"))).to_be_visible()
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("Nothing more is sent, what is on its way is kept")).to_be_visible()
    service.release()
    expect(page.get_by_text(re.compile(r"^Paused · "))).to_be_visible()
    expect(page.get_by_text("Nothing more is sent until you resume")).to_be_visible()
    expect(cells(page, 3).get_by_text("✓ Recorded")).to_have_count(service.charges)
    at_pause = service.posts
    page.wait_for_timeout(500)
    assert service.posts == at_pause
    service.hold()
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    context, address = page.context, page.url
    page.close()
    service.release()
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_text("14 rows · all recorded")).to_be_visible(timeout=30_000)
    assert service.charges == 14


def test_after_a_restart_the_rest_is_offered_and_nothing_is_paid_twice(
    start: Start, visit: Visit, service: StandIn, tmp_path: Path
) -> None:
    service.latency_s = 0.3
    environment = {
        "AIMLAPI_KEY": service.key,
        "AIMLAPI_BASE_URL": service.url,
        **data_in(tmp_path),
    }
    with running(**environment) as address:
        page = visit(f"{address}/scripts")
        # The first page of a fresh server is the one of its address, with its menu.
        expect(page.get_by_role("link", name="Studio")).to_be_visible()
        expect(page).to_have_title("Scripts · Soundcheck")
        cookies = page.context.cookies()
        write(page, numbered(12))
        page.get_by_role("button", name="Record 12 rows").click()
        expect(page.get_by_text(re.compile(r"^([2-9]|1[01]) of 12 rows"))).to_be_visible()
    service.latency_s = 0
    address = start()
    page.context.clear_cookies()  # another port is another server
    page.context.add_cookies([each | {"url": address} for each in _plain(cookies)])
    page.goto(f"{address}/scripts")
    page.wait_for_selector(READY)
    page.get_by_role("button", name=re.compile(r"^Resume, \d+ clips left")).click()
    expect(page.get_by_text("12 rows · all recorded")).to_be_visible(timeout=30_000)
    assert service.charges == 12


def _plain(cookies: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{"name": each["name"], "value": each["value"]} for each in cookies]


def drag(page: Page, row: int, above: int) -> None:
    """Take a row by its handle to above another one, without letting it go."""
    handle = page.locator(".soundcheck-handles .handle")
    places = [handle.nth(each).bounding_box() for each in (row, above)]
    take, drop = places
    assert take
    assert drop
    page.mouse.move(take["x"] + 12, take["y"] + 16)
    page.mouse.down()
    page.mouse.move(drop["x"] + 300, drop["y"] + 3, steps=5)


def test_rows_are_dragged_with_all_that_are_ticked(start: Start, visit: Visit) -> None:
    page = open_scripts(start, visit, numbered(5))
    titles = cells(page, 5)
    drag(page, 4, 1)
    page.mouse.up()
    expect(titles).to_have_text(["0", "4", "1", "2", "3"])

    for row in (3, 4):
        click_row(page, row, x=22)
    drag(page, 4, 0)
    page.keyboard.press("Escape")
    page.mouse.up()
    settle(page)
    expect(titles).to_have_text(["0", "4", "1", "2", "3"])
    drag(page, 4, 0)
    page.mouse.up()
    expect(titles).to_have_text(["2", "3", "0", "4", "1"])
    expect(cells(page, 1)).to_have_text(["true", "true", "false", "false", "false"])

    page.reload()
    settle(page)
    expect(titles).to_have_text(["2", "3", "0", "4", "1"])
    click_row(page, -1, x=460)  # sorted by a column, a place in the grid is none in the script
    expect(titles).not_to_have_text(["2", "3", "0", "4", "1"])
    expect(page.locator(".soundcheck-handles .handle")).to_have_count(0)


def test_a_mend_changes_what_is_sent_and_never_the_script(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = open_scripts(start, visit, "Title,Text\nask,Ask Dr. Smith about it.\n")
    expect(page.get_by_text("1 place may be misread.")).to_be_visible()
    page.locator("summary", has_text="Check-up").click()
    page.get_by_role("button", name="Say “Doctor Smith”").click()
    expect(page.get_by_text("may be misread")).to_be_hidden()
    record(page)
    (sent,) = [seen.json["text"] for seen in service.seen if seen.method == "POST"]
    assert sent == "Ask Doctor Smith about it."
    expect(page.locator("canvas table td", has_text="Ask Dr. Smith about it.")).to_be_attached()


def test_a_word_of_the_lexicon_is_heard_kept_and_said_everywhere(
    start: Start, visit: Visit, service: StandIn
) -> None:
    page = open_scripts(start, visit, "Title,Text\nask,Ask Nguyen.\n")
    page.get_by_role("button", name="Lexicon").click()
    page.get_by_label("Word", exact=True).fill("nguyen")
    page.get_by_label("Say as").fill("Win")
    page.keyboard.press("Tab")
    page.get_by_role("button", name=re.compile("^Hear it")).click()
    expect(page.get_by_role("button", name=re.compile("^Pause “Win”|^Play “Win”"))).to_be_visible()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("nguyen · say “Win”")).to_be_visible()
    page.keyboard.press("Escape")
    settle(page)
    record(page)
    assert [seen.json["text"] for seen in service.seen if seen.method == "POST"] == [
        "Win",
        "Ask Win.",
    ]
    expect(page.get_by_text("Says “Win” for “nguyen”")).to_be_visible()


def test_a_word_is_kept_as_typed_though_add_is_pressed_from_within_its_field(
    start: Start, visit: Visit
) -> None:
    page = open_scripts(start, visit, "Title,Text\nask,Ask Nordwind.\n")
    page.get_by_role("button", name="Lexicon").click()
    page.get_by_label("Word", exact=True).fill("Nordwind")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("There is nothing to say instead.")).to_be_visible()
    page.get_by_label("Say as").press_sequentially("North wind", delay=20)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Nordwind · say “North wind”")).to_be_visible()

    settle(page)
    page.get_by_label("Word", exact=True).fill("hm")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_label("Say as")).to_be_disabled()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("hm · left out of all texts")).to_be_visible()


def test_rows_are_filled_in_with_the_text_as_typed_though_use_is_pressed_at_once(
    start: Start, visit: Visit
) -> None:
    page = visit(f"{start()}/scripts")
    table = b"name,day\nAnna,Monday\nBen,Friday\n"
    people = {"name": "people.csv", "mimeType": "text/csv", "buffer": table}
    page.locator('input[type="file"]').set_input_files(people)  # type: ignore[arg-type]
    page.get_by_text("A text with gaps to fill in").click()
    gaps = page.get_by_role("textbox", name="Text with gaps")
    gaps.press_sequentially("Hello {name}, see you on {day}.", delay=20)
    page.get_by_role("button", name="Use 2 rows").click()
    for words in ("Hello Anna, see you on Monday.", "Hello Ben, see you on Friday."):
        expect(page.locator("canvas table td", has_text=words)).to_be_attached()


def test_the_bar_is_in_view_below_many_rows_and_stays_where_it_is_in_a_pause(
    start: Start, visit: Visit, service: StandIn
) -> None:
    service.hold(after=2)
    page = open_scripts(start, visit, numbered(200), size=PHONE)
    button = page.get_by_role("button", name="Record 200 rows")
    expect(button).to_be_in_viewport()
    button.click()
    pause = page.get_by_role("button", name="Pause", exact=True)
    expect(pause).to_be_in_viewport()
    settle(page)
    before = pause.bounding_box()
    pause.click()
    service.release()
    resume = page.get_by_role("button", name="Resume")
    expect(page.get_by_text("Nothing more is sent until you resume")).to_be_in_viewport()
    settle(page)
    after = resume.bounding_box()
    assert before
    assert after
    assert before["y"] == after["y"]
    page.get_by_role("button", name="Cancel").click()


def test_back_and_reload_show_the_script_of_the_address(start: Start, visit: Visit) -> None:
    page = open_scripts(start, visit)
    expect(page).to_have_url(re.compile(r"\?script=\d+$"))
    page.get_by_role("button", name="Your scripts").click()
    page.get_by_role("button", name="New script").click()
    settle(page)
    write(page, DIALOGUE)
    expect(page.get_by_text("Ashley and Craig", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("Ashley and Craig", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_placeholder("Type or paste")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Table · 2 rows")).to_be_visible()


def test_scripts_are_usable_by_everybody(start: Start, visit: Visit) -> None:
    page = visit(f"{start()}/scripts")
    assert_accessible_for_all(page)
    write(page, TABLE.replace("Please hold.", "Ask Dr. Smith."))
    page.locator("summary", has_text="Check-up").click()
    settle(page)
    record(page)
    assert_accessible_for_all(page)
    page.get_by_role("button", name="Lexicon").click()
    settle(page)
    assert_accessible_for_all(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Your scripts").click()
    page.get_by_role("button", name="New script").click()
    settle(page)
    write(page, DIALOGUE)
    assert_accessible_for_all(page)
