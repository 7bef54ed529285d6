"""The rules for the source code: which module may import which, and more."""

import ast
import graphlib
from collections.abc import Set
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIB = ROOT / "lib"
FILES = sorted(LIB.rglob("*.py"))
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *FILES]


@cache
def nodes_of(file: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def imports_of(file: Path) -> set[str]:
    """Every module the file names, `from a import b` as both "a" and "a.b"."""
    found: set[str] = set()
    for node in nodes_of(file):
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


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def circle_of(imports: dict[str, set[str]]) -> list[str]:
    """The modules of one circle, the first of them once more at the end; none if there is none."""
    try:
        list(graphlib.TopologicalSorter(imports).static_order())
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def modules_imported_by(file: Path, known: Set[str]) -> set[str]:
    """Those of `known` that it names: of `from a import b` the module "a.b" if it is one, else "a".

    Imports for types alone and inside functions count too.
    """
    found: set[str] = set()
    for node in nodes_of(file):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {part if part in known else node.module for part in parts}
    return (found & known) - {module_name(file)}


def test_no_modules_of_lib_import_each_other_in_a_circle() -> None:
    files = {module_name(file): file for file in FILES}
    imports = {name: modules_imported_by(file, files.keys()) for name, file in files.items()}
    assert circle_of(imports) == []


def test_a_circle_is_found() -> None:
    assert circle_of({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert sorted(set(circle_of({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}))) == [
        "a",
        "b",
        "c",
    ]


def test_no_part_of_lib_imports_the_screens() -> None:
    screens = [
        str(file.relative_to(LIB))
        for file in FILES
        if LIB / "ui" not in file.parents and any("lib.ui" in each for each in imports_of(file))
    ]
    assert screens == []


# The rooms of the screens, from the lowest: each imports only rooms of the rows above its own.
FLOORS = [
    {"services"},
    {"session"},
    {"widgets"},
    {"studio", "scripts", "voices", "compare", "library", "settings", "listen", "router"},
    {"server"},
]


def rooms_used_by(room: str) -> set[str]:
    """The other rooms of lib/ui that this room imports."""
    files = [LIB / "ui" / f"{room}.py", *(LIB / "ui" / room).rglob("*.py")]
    names = {name for file in files if file.is_file() for name in imports_of(file)}
    used = {name.split(".")[2] for name in names if name.startswith("lib.ui.")}
    return used - {room}


def test_every_room_of_the_screens_is_on_a_floor() -> None:
    rooms = {each.stem for each in (LIB / "ui").iterdir() if each.suffix in ("", ".py")}
    assert rooms - {"__init__", "__pycache__"} == set().union(*FLOORS)


@pytest.mark.parametrize("height", range(len(FLOORS)))
def test_a_room_of_the_screens_imports_only_rooms_on_lower_floors(height: int) -> None:
    """So no page imports another page, no widget imports a page, and there is no circle."""
    lower = set().union(*FLOORS[:height])
    reaching = {room: rooms_used_by(room) - lower for room in FLOORS[height]}
    assert {room: above for room, above in reaching.items() if above} == {}


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_a_page_imports_its_own_folder_and_what_pages_share(page: Path) -> None:
    used = {name.split(".")[2] for name in imports_of(page) if name.startswith("lib.ui.")}
    assert used <= {page.stem, "router", "session", "services", "widgets"}


def test_there_is_no_circle_among_the_rooms_of_lib() -> None:
    def room(name: str) -> str:
        return name.split(".")[1]

    used: dict[str, set[str]] = {}
    for file in FILES:
        here = file.relative_to(LIB).parts[0].removesuffix(".py")
        names = {name for name in imports_of(file) if name.startswith("lib.")}
        used.setdefault(here, set()).update({room(name) for name in names} - {here})
    assert list(TopologicalSorter(used).static_order())  # raises CycleError where there is one


def test_no_file_is_longer_than_250_lines() -> None:
    """A longer one holds two ideas."""
    drawn = [file for kind in ("css", "js") for file in (LIB / "ui").rglob(f"*.{kind}")]
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in [*FILES, *drawn]}
    assert {str(file.relative_to(LIB)): n for file, n in lengths.items() if n > 250} == {}


def test_public_functions_of_over_15_lines_have_a_docstring() -> None:
    without = [
        f"{file.relative_to(LIB)}: {node.name}"
        for file in FILES
        for node in nodes_of(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and (node.end_lineno or 0) - node.lineno >= 15
        and not ast.get_docstring(node)
    ]
    assert without == []


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_every_page_begins_with_its_guard(page: Path) -> None:
    body = ast.parse(page.read_text(encoding="utf-8")).body
    first = next(node for node in body[1:] if not isinstance(node, ast.Import | ast.ImportFrom))
    assert ast.unparse(first) == f"router.enter('{page.stem}')"


# What buys, or decides about money. The screens ask `lib.orders` for it.
MONEY = {
    ("clips", "begin"), ("clips", "begin_all"), ("clips", "move"), ("clips", "move_all"),
    ("clips", "finish"), ("jobs", "submit"), ("jobs", "run"), ("jobs", "go_on"),
    ("engines", "speaker"), ("studio", "record"), ("rate", "count"),
}  # fmt: skip
MONEY_MODULES = {"lib.studio", "lib.library.ledger"}


def ways_round_the_gate(source: str) -> set[str]:
    """The expressions, and the imports, by which this source would touch money itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
            found |= names & MONEY_MODULES
        elif isinstance(node, ast.Attribute):
            before = node.value.func if isinstance(node.value, ast.Call) else node.value
            owner = getattr(before, "attr", None) or getattr(before, "id", None)
            if node.attr == "ledger" or (owner, node.attr) in MONEY:
                found.add(ast.unparse(node))
    return found


@pytest.mark.parametrize(
    "source",
    [
        "services().library.clips.begin_all(intents)",
        "the.library.clips.move(clip.id, 'making')",
        "do = services().jobs.submit",
        "jobs.run(batch)",
        "services().jobs.go_on(1, engine)",
        "services().library.ledger.settle([])",
        "ledger = the.library.ledger",
        "the.engines.speaker(model, key)",
        "from lib import studio",
        "from lib.library.ledger import Ledger",
    ],
)
def test_a_way_round_the_gate_to_money_would_be_seen(source: str) -> None:
    assert ways_round_the_gate(source)


@pytest.mark.parametrize(
    "source", ["services().orders.go_on(1, visitor=me)", "services().jobs.cancel(clip.id)"]
)
def test_the_gate_itself_is_no_way_round_it(source: str) -> None:
    assert not ways_round_the_gate(source)


def test_no_screen_begins_a_clip_or_touches_a_charge() -> None:
    screens = [file for file in SOURCES if LIB / "ui" in file.parents or LIB not in file.parents]
    found = {
        str(file.relative_to(ROOT)): ways_round_the_gate(file.read_text(encoding="utf-8"))
        for file in screens
    }
    assert {file: ways for file, ways in found.items() if ways} == {}


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


def test_a_popover_that_draws_only_while_it_is_open_is_made_in_one_way() -> None:
    lazy = [
        file.stem
        for file in SOURCES
        if ".popover(" in file.read_text(encoding="utf-8")
        and 'on_change="rerun"' in file.read_text(encoding="utf-8")
    ]
    assert lazy == ["style"]


def test_no_page_is_drawn_anew_by_the_clock() -> None:
    """A run that nobody asked for can take a button from under a press: pages learn by events."""
    timed = [str(file) for file in SOURCES if "run_every" in file.read_text(encoding="utf-8")]
    assert timed == []


# Streamlit drops a click whose fragment is gone, and knows a fragment by its place on the page: one
# with buttons in it must stand where nothing above it comes and goes.
IN_PLACE = {"ui/library/page.py", "ui/studio/history.py"}
WITHOUT_BUTTONS = {"ui/scripts/progress.py"}


def test_only_what_keeps_its_place_is_a_fragment() -> None:
    fragments = [
        str(file.relative_to(LIB))
        for file in FILES
        if "st.fragment" in file.read_text(encoding="utf-8")
    ]
    assert set(fragments) <= IN_PLACE | WITHOUT_BUTTONS
