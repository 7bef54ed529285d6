"""What a file that is brought in was read as, and the ways to read it otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from lib.apart.found import Text
from lib.intake import GUESSED, Choices, Sheet
from lib.intake.decoding import ENCODINGS, UNICODE
from lib.library.scripts import Kind
from lib.script.language import NAMES, language_of
from lib.script.visible import visible
from lib.ui.scripts import current
from lib.ui.widgets import messages, style

FILES = {"text": "A text", "table": "A table", "captions": "Captions"}
KINDS: dict[Kind, str] = {
    "document": "A document",
    "dialogue": "A dialogue in one clip",
    "table": "A clip for each row",
}
ROW_CHARS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants instead of what a file looks like. choices: how the file is read.

    kind: of the script that it becomes; None as it looks. language: a code; "" as it looks.
    """

    choices: Choices = GUESSED
    kind: Kind | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file on the page. name: the title that it gives a script. id: of its upload."""

    name: str
    place: str
    id: str
    wanted: Wanted


def wanted(place: str, file: str) -> Wanted:
    """file: the id of the file; what was wanted of another one does not count."""
    known, chosen = st.session_state.get(f"_scripts_as_{place}", ("", Wanted()))
    return chosen if known == file else Wanted()


def reset(place: str) -> None:
    """Read the file as it looks."""
    messages.clear()
    st.session_state.pop(f"_scripts_as_{place}", None)


def show(found: Text | Sheet, file: File, kind: Kind, words: str) -> None:
    """One quiet line of what was read as what, and a popover to change it.

    kind: of the script. words: its words, by which its language is told.
    """

    with style.row(f"row_scripts_as_{file.place}", spread=False):
        style.facts(*_facts(found, file.wanted, words))
        with style.popover(
            "Read it differently", f"scripts_as_{file.place}", quiet=True
        ) as is_open:
            if is_open:
                _selects(found, file, kind, words, partial(change, file))


def change(file: File, field: str, value: Any) -> None:
    """Want something else: "becomes", "language", or a field of `Choices`."""
    messages.clear()
    before = wanted(file.place, file.id)
    match field:
        case "becomes":
            after = replace(before, kind=value)
        case "language":
            after = replace(before, language=value)
        case _:
            after = replace(before, choices=replace(before.choices, **{field: value}))
    st.session_state[f"_scripts_as_{file.place}"] = file.id, after


def _facts(found: Text | Sheet, now: Wanted, words: str) -> list[str]:
    read_as = found.words.read_as if isinstance(found, Text) else found.read_as
    facts = [f"Read as {FILES[read_as.kind].lower()}"]
    if isinstance(found, Sheet) and read_as.kind == "table":
        row = found.header_number
        facts.append(f"column names from row {row:,}" if row else "no column names")
    if len(read_as.sheets) > 1:
        facts.append(f"sheet “{read_as.sheet}”")
    if read_as.encoding not in ("", *UNICODE):
        facts.append(ENCODINGS[read_as.encoding])
    facts.append(_language(now, words))
    if read_as.hidden:
        what = "hidden row or column" if read_as.hidden == 1 else "hidden rows or columns"
        facts.append(f"{'with' if now.choices.hidden else 'without'} {read_as.hidden:,} {what}")
    return facts


def _language(now: Wanted, words: str) -> str:
    code = now.language or language_of(words)
    return NAMES.get(code, "another language") if code else "language not certain"


def _selects(
    found: Text | Sheet, file: File, kind: Kind, words: str, change: Callable[[str, Any], None]
) -> None:
    now, place = file.wanted, file.place
    read_as = found.words.read_as if isinstance(found, Text) else found.read_as
    if read_as.kinds:
        files = {each: FILES[each] for each in read_as.kinds}
        _select("The file is", files, "kind", read_as.kind, place, change)
    if read_as.encoding:
        _select("Its letters", ENCODINGS, "encoding", read_as.encoding, place, change)
    if len(read_as.sheets) > 1:
        sheets = {title: title for title in read_as.sheets}
        _select("Sheet", sheets, "sheet", read_as.sheet, place, change)
    if isinstance(found, Sheet) and read_as.kind == "table":
        rows = {0: "No row"} | {number: _row(number, cells) for number, cells in read_as.top}
        rows.setdefault(found.header_number, f"Row {found.header_number:,}")
        _select("Column names", rows, "header", found.header_number, place, change)
    if read_as.hidden:
        st.toggle(
            "Bring in hidden rows and columns",
            value=now.choices.hidden,
            key=current.key(f"as_hidden_{place}"),
            on_change=_chosen,
            args=("hidden", current.key(f"as_hidden_{place}"), change),
        )
    kinds = [each for each in KINDS if (each == "table") == isinstance(found, Sheet)]
    becomes = {each: KINDS[each] for each in dict.fromkeys([*kinds, "dialogue", kind])}
    _select("It becomes", becomes, "becomes", kind, place, change)
    looks = f"As it looks: {_language(replace(now, language=''), words)}"
    _select("Language", {"": looks, **NAMES}, "language", now.language, place, change)


def _row(number: int, cells: Sequence[str]) -> str:
    words = " · ".join(filter(None, cells))
    return f"Row {number:,}: {words[:ROW_CHARS]}{'…' if len(words) > ROW_CHARS else ''}"


def _select(
    label: str,
    options: Mapping[Any, str],
    field: str,
    value: Any,
    place: str,
    change: Callable[[str, Any], None],
) -> None:
    widget = current.key(f"as_{field}_{place}")
    st.selectbox(
        label,
        list(options),
        index=list(options).index(value),
        key=widget,
        format_func=lambda each: visible(options[each]),
        on_change=_chosen,
        args=(field, widget, change),
    )


def _chosen(field: str, widget: str, change: Callable[[str, Any], None]) -> None:
    change(field, st.session_state[widget])
