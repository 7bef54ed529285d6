"""The table of benches: none can be missing from it unseen. No bench is run here."""

import sys
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

from tests.bench import __main__ as bench
from tests.bench import measuring
from tests.bench.measuring import Figure, table


def test_the_table_has_every_file_of_the_folder() -> None:
    files = {file.stem for file in Path(measuring.__file__).parent.glob("*.py")}
    assert set(bench.benches()) == files - set(bench.HELPERS)
    assert {"path", "page", "compare"} <= set(bench.benches())
    for helper in bench.HELPERS:
        assert not _parts(helper), f"{helper} measures something: it is a bench"


@pytest.mark.parametrize("name", bench.benches())
def test_every_bench_has_parts_that_return_figures(name: str) -> None:
    assert _parts(name)
    for part in _parts(name):
        assert get_type_hints(part)["return"] == list[Figure]
    file = Path(measuring.__file__).with_name(f"{name}.py")
    assert f'main("{name}", PARTS' in file.read_text(encoding="utf-8")


def _parts(name: str) -> tuple[measuring.Part, ...]:
    if name in ("__main__", "naive"):  # a script, and a page that draws itself when imported
        return ()
    parts: tuple[measuring.Part, ...] = getattr(import_module(f"tests.bench.{name}"), "PARTS", ())
    return parts


def test_a_bench_that_is_missing_or_breaks_is_a_row_and_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "benches", lambda: ["breaks"])  # there is no such module to run
    monkeypatch.setattr(sys, "argv", ["bench", "gone", "breaks"])

    assert bench.main() == 1
    said = capsys.readouterr().out
    assert "| gone | failed: there is no such bench |" in said
    assert "| breaks | failed: ended with 1, see above |" in said


def test_a_goal_that_is_missed_is_a_figure_and_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missed = Figure(name="clip / bare", value=1.0701, goal=1.05, detail="428 / 400 ms")
    monkeypatch.setattr(bench, "rows_of", lambda name: [(name, missed)])
    monkeypatch.setattr(sys, "argv", ["bench", "path"])

    assert bench.main() == 0
    said = capsys.readouterr().out
    assert "| path | clip / bare | 1.070 (428 / 400 ms) | at most 1.05 | MISSED |" in said


def test_a_figure_is_met_up_to_its_goal_and_may_have_none() -> None:
    rows = [
        Figure(name="a", value=1.05, goal=1.05),
        Figure(name="b", value=71, unit="of 76"),
    ]
    said = table([("x", each) for each in rows]).splitlines()
    assert said[2:] == [
        "| x | a | 1.050 | at most 1.05 | met |",
        "| x | b | 71.0 of 76 |  | no goal |",
    ]
