"""No button is given what a text field said when the page was drawn: a press may end the typing.

A field tells its words when it is left. Where the press of a button leaves it, Streamlit calls the
button's callback with the arguments of the run before, so these must not come from a text field.
The callback reads the session's state, which has the words.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1] / "lib" / "ui"
MODULES = sorted(UI.rglob("*.py"))
FIELDS = {"text_input", "text_area", "number_input"}
GIVEN = {"on_click", "on_change", "args", "kwargs"}


def faults(source: str) -> list[int]:
    """The lines on which a callback is given the value of a text field."""
    tree = ast.parse(source)
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    sources = set(FIELDS)
    while more := {each.name for each in functions if _returns(each, sources)} - sources:
        sources |= more
    return sorted({line for each in functions for line in _given(each, sources)})


def _returns(function: ast.FunctionDef, sources: set[str]) -> bool:
    typed = _typed(function, sources)
    results = [each.value for each in ast.walk(function) if isinstance(each, ast.Return)]
    return any(result and _has(result, typed, sources) for result in results)


def _given(function: ast.FunctionDef, sources: set[str]) -> Iterator[int]:
    typed = _typed(function, sources)
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            for each in call.keywords:
                if each.arg in GIVEN and _has(each.value, typed, sources):
                    yield each.value.lineno


def _typed(function: ast.FunctionDef, sources: set[str]) -> set[str]:
    """The names that get a value made from a text field's, at any place of the function."""
    typed: set[str] = set()
    while True:
        before = len(typed)
        for each in ast.walk(function):
            match each:
                case ast.Assign(targets=targets, value=value):
                    pass
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    targets = [target]
                case ast.NamedExpr(target=target, value=value):
                    targets = [target]
                case _:
                    continue
            if _has(value, typed, sources):
                names = (name for target in targets for name in ast.walk(target))
                typed |= {name.id for name in names if isinstance(name, ast.Name)}
        if len(typed) == before:
            return typed


def _has(value: ast.expr, typed: set[str], sources: set[str]) -> bool:
    for each in ast.walk(value):
        if isinstance(each, ast.Name) and each.id in typed:
            return True
        if isinstance(each, ast.Call):
            called = each.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in sources:
                return True
    return False


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(UI)))
def test_no_callback_is_given_the_words_of_the_run_before(module: Path) -> None:
    assert not faults(module.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "body",
    [
        "word = st.text_input('Word')\n st.button('Add', on_click=add, args=(word,))",
        "word = st.text_input('Word')\n entry = Entry(word)\n"
        " st.button('Add', on_click=partial(add, entry))",
        "if text := st.text_area('Text').strip():\n  st.button('Add', on_click=lambda: add(text))",
        "a, b = made(st.number_input('Pace'))\n st.button('Add', on_click=add, kwargs={'pace': b})",
        "st.button('Add', on_click=add, args=(_word(),))\n"
        "def _word():\n return st.text_input('Word')",
    ],
)
def test_the_kind_is_found_in_every_form(body: str) -> None:
    assert faults(f"def page():\n {body}\n")


def test_what_is_read_at_the_press_is_no_fault() -> None:
    source = "def page():\n st.text_input('Word', key='word')\n st.button('Add', on_click=add)\n"
    assert not faults(source)
