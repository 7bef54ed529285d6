"""Clicks that come while the page is being drawn: each is done, and shown, exactly once."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from lib.library import Library
from lib.settings import Settings
from lib.ui.studio.starters import STARTERS
from tests import talking as talk
from tests.browser.running import Server, running
from tests.browser.shared import SharedServer, data_in
from tests.talking import Talk, press, talking
from tests.test_library import make

APPS = Path(__file__).parent / "browser" / "apps"
BROWSER = "b" * 22
PRESS_S, BUSY_S = 0.5, 0.2  # as press_app.py has them
PRESSES = 90


@pytest.fixture
def studio(tmp_path: Path, shared: SharedServer) -> Iterator[str]:
    with shared.lent({"AIMLAPI_KEY": "", **data_in(tmp_path)}) as address:
        yield address


def text_of(tab: Talk) -> str:
    return next(each.default for each in tab.seen if each.DESCRIPTOR.name == "TextArea")  # type: ignore[attr-defined]


def test_a_text_that_a_button_puts_in_stays_though_another_click_was_made_before_it_was_drawn(
    studio: str,
) -> None:
    """The browser sends what its text box shows with every click: here what it showed before."""
    with talking(studio, browser=BROWSER) as tab:
        tab.run()
        before = WidgetState(id=tab.widget("studio_text"), string_value="Half a thought")
        tab.run(before)
        assert text_of(tab) == "Half a thought"
        tab.run(before, press(tab.widget("studio_ready_0")))
        tab.run(before)
        assert text_of(tab) == STARTERS[0].text


@pytest.mark.parametrize(("is_drawn_anew", "then"), [(True, "red"), (False, "blue")])
def test_what_a_hidden_choice_showed_before_the_program_set_it_comes_too_late(
    is_drawn_anew: bool, then: str
) -> None:
    """The browser may still send it, with the next click: Streamlit then calls its on_change.

    But a choice that comes with the click that makes the program replace it is one.
    """

    def page(is_drawn_anew: bool) -> None:
        import streamlit as st

        from lib.ui.widgets import hidden_value

        hidden_value.put("colour", "red")
        take = hidden_value.taken("colour", ["red", "blue"], lambda: None)
        st.session_state["colour"] = "blue"
        hidden_value.put("colour", "red")
        if is_drawn_anew:
            hidden_value.taken("colour", ["red", "blue"], lambda: None)
        take()
        st.text(hidden_value.value("colour"))

    drawn = AppTest.from_function(page, args=(is_drawn_anew,)).run()
    assert [each.value for each in drawn.text] == [then]


@pytest.mark.parametrize("query", [{}, {"fragment": "yes"}])
def test_a_click_on_a_card_that_has_moved_meanwhile(
    query: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit drops it if the card is a fragment: test_layers says which may be one.

    If this fails for a fragment, Streamlit has been mended, and any card may be one again.
    """
    monkeypatch.setattr(talk, "ANSWER_S", 3)
    with running(APPS / "moving_app.py") as address, talking(address, **query) as tab:
        tab.run()
        reveal = tab.widget("reveal")
        fragment_id = tab.fragment_ids[reveal]
        tab.run(press(tab.widget("move")))
        if query:
            with pytest.raises(TimeoutError):
                tab.run(press(reveal), fragment_id=fragment_id)
        else:
            tab.run(press(reveal), fragment_id=fragment_id)
            assert "revealed 1 times" in tab.words()


def test_two_clicks_at_once_do_not_change_one_session_in_two_threads() -> None:
    with running(APPS / "slow_app.py") as address, talking(address) as tab:
        tab.run()
        for _ in range(3):
            tab.send(press(tab.widget("press")))
        tab.run()
        tab.run()
        assert "at most 1 at once" in tab.words()


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has not come by then never does."""
    monkeypatch.setattr(talk, "ANSWER_S", 5)


@pytest.fixture(scope="module")
def presses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    with running(APPS / "press_app.py", **data_in(folder)) as address:
        yield address


@pytest.mark.usefixtures("_soon")
def test_a_press_is_done_to_its_end_though_the_page_sends_something_else_meanwhile(
    presses: str,
) -> None:
    """As a grid does that a press takes the focus from. Streamlit leaves the rest undone."""
    with talking(presses) as tab:
        tab.run()
        tab.send(press(tab.widget("slow")))
        time.sleep(PRESS_S / 2)
        tab.send(WidgetState(id=tab.widget("other"), string_value="left"))
        tab.hear("left", "begun 1 times", "ended 1 times")


def test_no_press_is_lost_to_what_the_page_sends_right_after_it(presses: str) -> None:
    """Streamlit loses one in eight, before it has looked what was pressed."""
    with talking(presses) as tab:
        tab.run()
        quick, other = tab.widget("quick"), tab.widget("other")
        for number in range(PRESSES):
            tab.send(press(quick))
            time.sleep(number % 6 / 1000)
            tab.send(WidgetState(id=other, string_value=f"left {number}."))
            tab.hear(f"left {number}.")
        tab.run()
        assert f"pressed {PRESSES} times" in tab.words()


@pytest.mark.usefixtures("_soon")
def test_what_a_card_has_drawn_is_not_lost_to_another_that_is_asked_for_as_it_ends(
    presses: str,
) -> None:
    """Streamlit forgets what a thread has drawn that ends just before the server hears of it."""
    lines = [HTTPConnection(urlsplit(presses).netloc) for _ in range(2)]
    with talking(presses) as tab:
        tab.run()
        draw = {name: tab.widget(f"draw_{name}") for name in ("first", "second")}
        fragments = {name: tab.fragment_ids[widget] for name, widget in draw.items()}
        for line in lines:  # a new connection would take its turn later
            line.request("GET", "/_stcore/health")
            line.getresponse().read()
        tab.send(press(draw["first"]), fragment_id=fragments["first"])
        for line in lines:
            time.sleep(BUSY_S / 2)
            line.request("GET", "/busy")
        time.sleep(BUSY_S / 4)  # so that it waits behind the second one, in which the card ends
        tab.send(press(draw["second"]), fragment_id=fragments["second"])
        tab.hear("first drawn 2 times", "second drawn 2 times")
    for line in lines:
        line.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(APPS / "pages_app.py", **data_in(tmp_path_factory.mktemp("data"))) as address:
        yield address


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize("is_typed_first", [True, False])
def test_a_page_of_the_menu_is_reached_and_the_text_kept_that_the_press_took_the_focus_from(
    pages: str, is_typed_first: bool
) -> None:
    """Streamlit goes back to the text's page if the text comes second, and drops it if first."""
    with talking(pages) as tab:
        tab.run()
        typed = WidgetState(id=tab.widget("thought"), string_value="Half a thought")
        tab.send(press(tab.widget("slow")))
        if is_typed_first:
            tab.send(typed)
        tab.send(page="reading")
        if not is_typed_first:
            tab.send(typed)
        for _ in range(2):
            tab.hear("on reading: Half a thought")
            tab.send()


@pytest.mark.usefixtures("_soon")
def test_a_card_that_asks_for_its_run_too_late_does_not_lead_back_to_its_page(pages: str) -> None:
    with talking(pages) as tab:
        tab.run()
        again = tab.widget("again")
        tab.send(press(tab.widget("slow")))
        tab.send(page="reading")
        tab.send(press(again), fragment_id=tab.fragment_ids[again])
        for _ in range(2):
            tab.hear("on reading: nothing", "pressed 1 times")
            tab.send()


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize("is_chosen", [True, False], ids=["in the menu", "by a button"])
def test_a_page_that_was_left_stays_left_though_it_sends_something(
    pages: str, is_chosen: bool
) -> None:
    """By itself Streamlit goes back to it, and calls the on_change of all that it showed."""
    with talking(pages) as tab:
        tab.run()
        shown = [
            WidgetState(id=tab.widget("thought"), string_value="Half a thought"),
            WidgetState(id=tab.widget("colour"), string_value="red"),
        ]
        tab.run(*shown)
        again = tab.widget("again")
        if is_chosen:
            tab.send(page="reading")
        else:
            tab.send(*shown, press(tab.widget("read")))
        tab.hear("on reading: Half a thought", "chosen 0 times", "pressed 0 times")
        tab.send(*shown, press(again), page="")
        tab.hear("on reading: Half a thought", "chosen 0 times", "pressed 1 times")


@pytest.mark.usefixtures("_soon")
def test_a_choice_is_forgotten_once_a_press_has_led_back(pages: str) -> None:
    with talking(pages) as tab:
        tab.run()
        thought = WidgetState(id=tab.widget("thought"), string_value="Half a thought")
        write = tab.widget("write")
        tab.send(press(tab.widget("slow")))
        tab.send(press(write))
        tab.send(page="reading")
        time.sleep(2 * PRESS_S)  # until the press has led back from there
        tab.send(thought, page="")
        time.sleep(PRESS_S)
        tab.send(page="reading")
        tab.hear("on reading: Half a thought")


@pytest.mark.usefixtures("_soon")
def test_somebody_who_goes_back_at_once_gets_there_and_away_again(pages: str) -> None:
    with talking(pages) as tab:
        tab.run()
        tab.send(press(tab.widget("slow")))
        for page in ("reading", ""):
            tab.send(page=page)
        tab.hear("on writing")
        tab.send(page="reading")
        tab.hear("on reading")


@pytest.mark.usefixtures("_soon")
def test_a_press_that_leads_to_studio_does_so_though_another_page_was_chosen(studio: str) -> None:
    """And only once: later the menu leads where it says."""
    with talking(studio, "voices", browser=BROWSER) as tab:
        tab.run()
        use = next(each.id for each in tab.seen if "-voices_use_" in getattr(each, "id", ""))  # type: ignore[attr-defined]
        tab.send(page="scripts")
        tab.send(press(use), page="voices")
        tab.hear("Generate")
        tab.send(page="voices")
        tab.hear("Record all samples")


class Grid:
    """The grid of a ready script's rows, and what is stored of them."""

    def __init__(self, tab: Talk, data: Path) -> None:
        self.tab, self.file = tab, data / "soundcheck.db"
        tab.run()
        tab.run(press(tab.widget("scripts_0_use")))

    def edited(self, **cells: object) -> WidgetState:
        """What the browser sends after the first two rows were edited: row1, row2."""
        rows = {str(int(row[3:]) - 1): values for row, values in cells.items()}
        ids = (getattr(each, "id", "") for each in self.tab.seen)
        edits = json.dumps({"edited_rows": rows, "added_rows": [], "deleted_rows": []})
        return WidgetState(id=next(i for i in ids if "-scripts_table" in i), string_value=edits)

    @property
    def texts(self) -> list[str]:
        with closing(sqlite3.connect(self.file)) as library:
            rows = library.execute("SELECT text FROM script_rows ORDER BY position").fetchall()
        return [text for (text,) in rows]

    def library(self, query: str) -> None:
        with closing(sqlite3.connect(self.file)) as library, library:
            library.execute(query)


@pytest.mark.parametrize("button", ["scripts_delete_rows", "scripts_down"])
def test_a_grid_that_another_has_replaced_changes_no_row(
    studio: str, tmp_path: Path, button: str
) -> None:
    """The browser sends its edits, by their places, until it has drawn the new one."""
    with talking(studio, "scripts", browser=BROWSER) as tab:
        grid = Grid(tab, tmp_path)
        old = grid.edited(row1={"✓": True}, row2={"Text": "Edited."})
        tab.run(old)
        tab.run(old, press(tab.widget(button)))
        rest = grid.texts
        assert (rest[0], rest.count("Edited.")) == ("Edited.", 1)
        tab.run(old)
        assert grid.texts == rest


def test_a_cell_that_was_edited_before_is_stored_and_an_old_edit_not_again(
    studio: str, tmp_path: Path
) -> None:
    """The grid sends all its edits each time, though somebody may have changed a cell since."""
    with talking(studio, "scripts", browser=BROWSER) as tab:
        grid = Grid(tab, tmp_path)
        tab.run(grid.edited(row1={"Text": "Mine."}))
        grid.library("UPDATE script_rows SET text = 'Theirs.'")
        tab.run(grid.edited(row1={"Text": "Mine.", "Voice": ["not", "a", "voice"]}))
        assert grid.texts[0] == "Theirs."
        tab.run(grid.edited(row1={"Text": None}))
        assert grid.texts[0] == ""
        tab.run(grid.edited(row1={"Text": "Mine."}))
        tab.send(page="library")
        tab.hear("Every clip made here")
        tab.send(page="scripts")
        tab.hear("scripts_table")
        grid.library("UPDATE script_rows SET text = 'Theirs.'")
        tab.run(grid.edited(row1={"Text": "Mine."}))
        tab.run()
        assert grid.texts[:2] == ["Mine.", "Theirs."]


def test_an_edit_that_could_not_be_stored_is_stored_with_the_next(
    studio: str, tmp_path: Path
) -> None:
    with talking(studio, "scripts", browser=BROWSER) as tab:
        grid = Grid(tab, tmp_path)
        first = {"Text": "The first."}
        grid.library("ALTER TABLE script_rows RENAME TO elsewhere")
        tab.run(grid.edited(row1=first))
        grid.library("ALTER TABLE elsewhere RENAME TO script_rows")
        tab.run()
        tab.run(grid.edited(row1=first, row2={"Text": "The second."}))
        assert grid.texts[:2] == ["The first.", "The second."]


def test_only_what_a_browser_surely_keeps_is_sent_by_its_name_alone(studio: str) -> None:
    """It throws large messages away after some runs, also while a request waits behind others."""
    with talking(studio, browser=BROWSER) as tab:
        runs = []
        while len(runs) <= 2 * tab.keeps_for_runs:
            tab.run()
            runs.append((tab.whole, tab.named))
            tab.kept |= tab.whole
    always = set.intersection(*(whole | named for whole, named in runs))
    for name in always:  # such as that of the style sheet, which each run draws
        in_whole = [place for place, (whole, _) in enumerate(runs) if name in whole]
        gaps = [later - sooner for sooner, later in pairwise(in_whole)]
        assert min(gaps) > 1
        assert max(gaps) <= tab.keeps_for_runs // 2 + 1
    assert always


def test_a_page_that_is_drawn_in_whole_is_sent_in_whole_before_a_part_is_drawn_anew(
    studio: str, tmp_path: Path
) -> None:
    """Else the browser takes what was not sent for gone, and has no place for what comes next."""
    with talking(studio, browser=BROWSER) as tab:
        history = history_in(tab, tmp_path)
        for _ in range(40):
            tab.send()
            tab.hear_a_start()  # else both may become one run
            tab.send(fragment_id=history)
            tab.hear_an_end()
            assert tab.fragment_ids[tab.widget("studio_words")] == history
            tab.hear_an_end()


def test_a_page_that_is_asked_for_as_a_part_of_it_has_just_been_drawn_is_drawn_in_its_own_place(
    tmp_path: Path,
) -> None:
    """Else all its parts are others, and what is pressed in those on the screen is lost."""
    server = Server(environment={"AIMLAPI_KEY": "", **data_in(tmp_path)}, serving=end_slowly)
    try:
        with talking(server.address, browser=BROWSER) as tab:
            history = history_in(tab, tmp_path)
            tab.run(fragment_id=history)
            tab.run()
            assert tab.fragment_ids[tab.widget("studio_words")] == history
    finally:
        server.stop()


def history_in(tab: Talk, data: Path) -> str:
    """The id of the fragment with a clip in Studio's list."""
    with closing(Library(Settings(data_dir=data, free_disk_min_bytes=0))) as library:
        make(library, "Hello.", browser=BROWSER)
    tab.run()
    return tab.fragment_ids[tab.widget("studio_words")]


def end_slowly(_: Connection) -> None:
    """Streamlit's thread takes a while after it has said that a run is through."""
    from streamlit.runtime.media_file_manager import MediaFileManager

    tidy = MediaFileManager.remove_orphaned_files

    def tidy_slowly(self: MediaFileManager) -> None:
        time.sleep(0.3)
        tidy(self)

    MediaFileManager.remove_orphaned_files = tidy_slowly  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE script_rows SET text = 'Theirs.'",
        "INSERT INTO script_rows (script_id, position, title, speaker, voice, text) "
        "VALUES (1, -1, '', '', '', 'Theirs.')",
    ],
)
def test_the_grid_shows_what_somebody_else_has_written(
    studio: str, tmp_path: Path, change: str
) -> None:
    """It would show its own edits over it, by the places of the rows."""
    with talking(studio, "scripts", browser=BROWSER) as tab:
        grid = Grid(tab, tmp_path)
        mine = grid.edited(row1={"Text": "Mine."})
        tab.run(mine)
        tab.run(mine)
        assert grid.edited().id == mine.id
        grid.library(change)
        tab.run(mine)
        assert grid.edited().id != mine.id
        assert grid.texts[0] == "Theirs."
