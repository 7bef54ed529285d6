"""Files are read in separate processes: with limits, without a key, only while somebody waits."""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.apart import Reading, Readings, found, readings
from lib.apart.readings import AT_ONCE, ROOT, Limits
from lib.errors import InvalidRequestError
from lib.intake import Sheet, Words
from lib.lexicon import Entry
from lib.lexicon.files import Read
from tests.test_intake_limits import document, words
from tests.test_intake_office import by_hand
from tests.test_long_texts import longest_hold_s

ENDS_WITHIN_S = 60  # the machine may be busy with other tests
SHORT = ("Hello there. " * 2_000).encode()


@cache
def slow_document(runs: int) -> bytes:
    """Some 200 kB of 60,000 runs are a second of work: within the limits of what is brought in."""
    return document("".join(words(f"<w:r><w:t>{number}</w:t></w:r>") for number in range(runs)))


def children() -> list[psutil.Process]:
    """The processes that read files, with zombies."""
    mine = psutil.Process().children(recursive=True)
    return [each for each in mine if "lib.apart.child" in " ".join(command(each)) or dead(each)]


def command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def dead(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def wait_until(happened: Callable[[], object], seconds: float = ENDS_WITHIN_S) -> None:
    until_s = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until_s
        time.sleep(0.02)


def finish(reading: Reading) -> found.Found:
    wait_until(lambda: reading.wait(0.1))
    return reading.result()


def test_k5_a_file_is_read_in_a_process_of_its_own_which_then_is_gone() -> None:
    reading = Readings().begin("script", "C:\\here\\a.docx", slow_document(12_000))
    wait_until(children)
    brought = finish(reading)
    assert isinstance(brought, found.Text)
    assert (brought.count, brought.title[:9], brought.speakers) == (12_000, "0a 1a 2a ", ())
    wait_until(lambda: not children())


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="shows what a process was given")
def test_k5_s01_the_process_that_reads_a_file_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIMLAPI_KEY", "sk-canary-0123456789")
    monkeypatch.setenv("SOUNDCHECK_DATABASE_URL", "postgresql://u:canary@h/d")
    reading = Readings().begin("script", "a.docx", slow_document(60_000))
    wait_until(children)
    given = Path(f"/proc/{children()[0].pid}/environ").read_bytes()
    files = []
    for each in Path(f"/proc/{children()[0].pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed since it was listed
            files.append(os.readlink(each))
    finish(reading)
    assert b"canary" not in given
    # It may be in the middle of an import, and then has that module's file open itself.
    code = (str(ROOT / "lib"), sys.prefix, sys.base_prefix)
    inherited = [each for each in files if not each.startswith(code)]
    assert not [each for each in inherited if not each.startswith(("pipe:", "/dev/null"))]


@pytest.mark.parametrize(
    "limits", [Limits(cpu_s=0), Limits(wall_s=1), Limits(memory_bytes=1_000_000)], ids=str
)
def test_k5_a_file_over_a_limit_is_refused_in_a_sentence_and_its_process_ended(
    limits: Limits,
) -> None:
    with pytest.raises(InvalidRequestError, match=r"a\.docx takes too much work") as caught:
        finish(Readings(limits).begin("script", "a.docx", slow_document(60_000)))
    assert "Copy the part you need into a new file" in caught.value.hint
    wait_until(lambda: not children())


def test_k5_one_row_of_more_cells_than_memory_is_refused_in_a_sentence() -> None:
    endless = by_hand(f"<row>{'<c/>' * 2_400_000}</row>")
    reading = Readings().begin("script", "a.xlsx", endless)
    most_bytes = 0
    while not reading.wait(0.02):
        for child in children():
            try:
                most_bytes = max(most_bytes, child.memory_info().rss)
            except psutil.Error:
                continue
    with pytest.raises(InvalidRequestError, match=r"too much work|no visible sheet"):
        reading.result()
    assert most_bytes < 280_000_000


def test_k5_what_nobody_waits_for_any_more_ends_within_seconds() -> None:
    reading = Readings().begin("script", "a.docx", slow_document(60_000))
    wait_until(children)
    # A process that is stopped takes for ever, whatever the machine.
    children()[0].suspend()
    began_s = time.monotonic()
    wait_until(lambda: not children() and reading.has_ended)
    assert time.monotonic() - began_s < 10


def test_k5_an_ended_server_leaves_no_process_behind() -> None:
    running = Readings()
    running.begin("script", "a.docx", slow_document(60_000))
    wait_until(children)
    running.close()
    wait_until(lambda: not children(), 5)


def test_k5_two_files_are_read_at_once_and_the_next_waits_with_its_clock_still() -> None:
    running = Readings()
    data = slow_document(12_000)
    wanted = [running.begin("script", f"{number}.docx", data) for number in range(4)]
    most = 0
    while [each for each in wanted if not each.wait(0.02)]:
        most = max(most, len(children()))
    assert most == AT_ONCE
    assert {type(each.result()) for each in wanted} == {found.Text}


def test_k5_equal_files_are_read_once_and_a_refusal_is_remembered() -> None:
    running = Readings()
    refusable = by_hand("<row/>" * 10)
    refused = running.begin("script", "a.xlsx", refusable)
    assert running.begin("script", "a.xlsx", refusable) is refused
    assert running.begin("script", "b.xlsx", refusable) is not refused
    for _ in range(2):
        with pytest.raises(InvalidRequestError, match=r"a\.xlsx has no visible sheet"):
            finish(running.begin("script", "a.xlsx", refusable))
    assert running.begin("script", "a.xlsx", refusable) is refused
    running.close()
    wait_until(lambda: not children())


def test_k5_a_short_text_is_read_without_another_process() -> None:
    reading = Readings().begin("script", "a.txt", SHORT[:20_000])
    assert reading.has_ended
    assert not children()
    # An archive of the same size may hold anything, an old encoding has to be guessed.
    for data in (b"PK\x03\x04", "Grüß Gott".encode("cp1252")):
        other = Readings().begin("script", "a.txt", data)
        assert not other.has_ended
        try:
            finish(other)
        except InvalidRequestError:
            continue


def test_k5_no_other_thread_stands_still_while_a_file_comes_in() -> None:
    """Of 20 MB: its text is guessed, tried as a table, and comes back in pieces."""
    table = "Title,Text\n" + f'"x","{"Grüß Gott, bleiben Sie. " * 76}"\n' * 9_900
    data = table.encode("cp1252")
    running = Readings()
    brought: list[object] = []
    gc.collect()
    gc.freeze()  # what other tests have left is no part of a reading
    held_s = longest_hold_s(lambda: brought.append(finish(running.begin("script", "a.csv", data))))
    gc.unfreeze()
    (sheet,) = brought
    assert isinstance(sheet, Sheet)
    assert len(sheet.rows) == 9_900
    assert held_s < 0.2


CELL = st.text(max_size=30)


@given(
    rows=st.lists(st.tuples(CELL, CELL), max_size=6),
    text=st.text(st.characters(), max_size=200),
    notes=st.tuples(CELL),
)
def test_k5_what_was_found_is_the_same_on_the_other_side(
    rows: list[tuple[str, str]], text: str, notes: tuple[str]
) -> None:
    numbers = tuple(range(3, 3 + len(rows)))
    for each in (
        Sheet(("a", "b"), tuple(rows), notes, numbers, 2, guarded=True),
        found.Text(Words(text, notes), "A", 3, 1, ("Ann", "Bob")),
        Read((Entry("a", text, match_case=True),), notes),
    ):
        assert found.found_in(line.encode() for line in found.lines(each)) == each


def test_k5_a_long_cell_or_text_is_no_long_line() -> None:
    wide = Sheet(("a",) * 200, (("x" * 100_000,) * 20 + ("",) * 180,), (), (1,))
    long = found.Text(Words("x" * 3_000_000), "", 1, 0, ())
    for each in (wide, long):
        assert max(map(len, found.lines(each))) < 400_000


def test_k5_the_process_ends_by_its_own_clock_where_the_server_died() -> None:
    """A server that is killed cannot end it."""
    asked = {"task": "script", "name": "a.txt", "cpu_s": 60, "wall_s": 1, "memory_bytes": 10**9}
    waits = [sys.executable, "-m", "lib.apart.child"]
    with psutil.Popen(waits, stdin=-1, stdout=-1, cwd=readings.ROOT) as process:
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
        assert process.wait(ENDS_WITHIN_S) != 0
