"""Who may import whom: the rules that keep the house in order."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIB = ROOT / "lib"
FILES = sorted(LIB.rglob("*.py"))
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *FILES]


def imports_of(file: Path) -> set[str]:
    """Every module the file names, `from a import b` as both "a" and "a.b"."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def importers_of(package: str) -> set[str]:
    return {
        str(file.relative_to(LIB))
        for file in FILES
        if any(name.split(".")[0] == package for name in imports_of(file))
    }


def test_inside_lib_only_lib_ui_imports_streamlit() -> None:
    assert {name for name in importers_of("streamlit") if not name.startswith("ui/")} == set()


@pytest.mark.parametrize("package", ["requests", "urllib3"])
def test_only_the_service_module_imports_requests(package: str) -> None:
    assert {name for name in importers_of(package) if not name.startswith("aimlapi/")} == set()


@pytest.mark.parametrize("name", ["speech", "errors"])
def test_values_and_errors_stand_on_nothing_of_ours_but_each_other(name: str) -> None:
    ours = {each for each in imports_of(LIB / f"{name}.py") if each.startswith("lib.")}
    assert {each.split(".")[1] for each in ours} <= {"speech", "errors"}


def test_no_part_of_lib_imports_the_screens() -> None:
    screens = [
        str(file.relative_to(LIB))
        for file in FILES
        if LIB / "ui" not in file.parents and any("lib.ui" in each for each in imports_of(file))
    ]
    assert screens == []


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_every_page_begins_with_its_guard(page: Path) -> None:
    body = ast.parse(page.read_text(encoding="utf-8")).body
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert ast.unparse(first) == f"router.enter('{page.stem}')"


# Only names of what the sources may not have: nothing here is called.
@pytest.mark.parametrize(
    "word", ["st.exception(", "unsafe_allow_html=True", "shell=True", "pickle", "eval(", "exec("]
)
def test_nothing_that_runs_data_or_shows_a_stack(word: str) -> None:
    """S03, S04, S20"""
    assert [str(file) for file in SOURCES if word in file.read_text(encoding="utf-8")] == []


def test_a_row_is_made_in_one_way() -> None:
    rows = [file for file in SOURCES if "horizontal=True" in file.read_text(encoding="utf-8")]
    assert rows == [LIB / "ui" / "widgets" / "style.py"]
