"""The harness itself: no test sees what another left in the server or in the browser."""

import os
import signal
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_in
from tests.browser.shared import SharedServer, data_in
from tests.browser.using import cards, generate, settle, wait_for_clips, write
from tests.browser.visitors import Visitors, forget, pages_of
from tests.service import StandIn

HELLO = "Welcome to our store."


def environment(folder: Path, service: StandIn, key: str) -> dict[str, str]:
    folder.mkdir()
    return {
        "AIMLAPI_KEY": key,
        "AIMLAPI_BASE_URL": service.url,
        "SOUNDCHECK_STOP_WAIT_S": "0.5",
        **data_in(folder),
    }


def test_nothing_of_a_test_is_seen_by_the_next(
    shared: SharedServer, visitors: Visitors, service: StandIn, tmp_path: Path
) -> None:
    warm = visitors.context()
    with shared.lent(environment(tmp_path / "one", service, service.key)) as address:
        page = open_in(warm.new_page(), address)
        generate(page, HELLO)
        wait_for_clips(page, 1)
        service.hold()
        generate(page, "This one is still in the making.")
        expect(page.get_by_role("button", name="Cancel")).to_be_visible()
        write(page, "Half a thought")
        page.keyboard.press("Tab")
        settle(page)
        page.evaluate("localStorage.left = sessionStorage.left = 'behind'")
        assert service.posts == 2
    service.release()

    with shared.lent(environment(tmp_path / "two", service, "")) as again:
        assert again == address
        page.get_by_role("button", name="Generate").click()  # of a session that has ended
        warm.set_offline(True)
        forget(warm)
        other = open_in(warm.new_page(), again)
        expect(other.get_by_text("You are on the built-in voices.")).to_be_visible()
        expect(other.get_by_role("textbox", name="Text", exact=True)).to_have_value("")
        expect(cards(other)).to_have_count(0)
        assert other.evaluate("[localStorage.left, sessionStorage.left]") == [None, None]
        assert pages_of(warm) == [other]
        forget(warm)
        with sqlite3.connect(tmp_path / "two" / "soundcheck.db") as library:
            assert HELLO not in str(library.execute("SELECT * FROM clips").fetchall())
        library.close()
    assert service.posts == 2


def test_a_test_whose_server_dies_fails_and_the_next_has_a_new_one(
    shared: SharedServer, service: StandIn, tmp_path: Path
) -> None:
    with (
        pytest.raises((AssertionError, OSError)),
        shared.lent(environment(tmp_path / "one", service, service.key)),
    ):
        os.kill(shared.pid, signal.SIGKILL)
    with shared.lent(environment(tmp_path / "two", service, service.key)):
        pass


def test_what_a_server_reads_at_its_start_is_not_given_to_the_shared_one(
    shared: SharedServer, tmp_path: Path
) -> None:
    with (
        pytest.raises(AssertionError, match="a server of its own"),
        shared.lent({**data_in(tmp_path), "SOUNDCHECK_HOSTS": "soundcheck.example"}),
    ):
        pass
