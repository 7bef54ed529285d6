"""The current script of the page Scripts, and what its buttons change."""

import re
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from lib.library.scripts import Kind, Row, Script
from lib.script import chapters, clean, title_of_document
from lib.scripting import cast, state
from lib.scripting.cast import Cast, Usual
from lib.scripting.state import ScriptState
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import hidden_value, messages

PAGE = "scripts"
ADDRESS = "script"  # in the address of the page: the id of the script on it
NEW = "new"  # instead of an id: an empty page, also where there is a last script
DRAWN = "_scripts_drawn"  # the id of the script that was drawn last
ID = re.compile(r"\d{1,15}")


def enter() -> None:
    """Let the address name the script on the page: without one, the last one of this browser.

    Each tab has its own, and a script in the address is remembered as the last one.
    """
    draft = services().library.drafts.get(session.browser(), PAGE)
    last = draft.get("script")
    if ADDRESS in st.query_params:
        script = current()
        if script and script.id != last and not draft.get("text"):  # words not used yet stay
            _remember(script=script.id)
    elif last and services().library.scripts.get(last):
        st.query_params[ADDRESS] = str(last)


def current() -> Script | None:
    """The script on the page: the one that its address names."""
    script_id = _named()
    return services().library.scripts.get(script_id) if script_id else None


def is_gone() -> bool:
    """Whether the address names a script that is not there."""
    return st.query_params.get(ADDRESS, NEW) != NEW and current() is None


def deleted() -> Script | None:
    """The script that the address names, where somebody has deleted it."""
    script_id = _named()
    return services().library.scripts.get(script_id, is_deleted=True) if script_id else None


def _named() -> int | None:
    named = st.query_params.get(ADDRESS, "")
    return int(named) if ID.fullmatch(named) else None


def open_page(script: Script) -> None:
    """Give all widgets new keys where another script is drawn: Back and Forward change it, too."""
    if st.session_state.get(DRAWN, script.id) != script.id:
        turn()
    st.session_state[DRAWN] = script.id


def state_of(script: Script) -> ScriptState:
    """The script with the current state of each of its units."""
    the = services()
    return state.state_of(
        script,
        library=the.library,
        catalogue=the.catalogue,
        jobs=the.jobs,
        attempts=the.orders.attempts,
        usd_per_million=the.prices.usd_per_million,
        usual=_usual(),
    )


def cast_of(script: Script) -> Cast:
    return cast.cast_of(script, catalogue=services().catalogue, usual=_usual())


def work_on(script: Script) -> state.Work:
    return state.work_on(script.id, services().jobs)


def _usual() -> Usual:
    return Usual(
        model=session.default_model(),
        voice=session.default_voice,
        format=services().library.preferences.get().format,
    )


# ---- What buttons do ----


def begin(
    kind: Kind, title: str, *, text: str = "", rows: Sequence[Row] = (), language: str = ""
) -> None:
    """A new script on the page. language: a code that was chosen; "" as it looks.

    It keeps the defaults of today: what is finished does not change with them.
    """
    messages.clear()
    cleaned, usual = clean(text).text, _usual()
    script_id = services().library.scripts.begin(
        kind,
        title=title or title_of_document(cleaned) or "Untitled",
        text=cleaned,
        rows=rows,
        form={
            "language": language,
            "model": usual.model,
            "voice": usual.voice(usual.model),
            "format": usual.format,
            "by_chapter": kind == "document" and chapters.count(cleaned) > 1,
        },
        owner=session.OWNER,
        browser=session.browser(),
    )
    put_on_page(script_id)


def put_on_page(script_id: int | None) -> None:
    """Open a script, or an empty page. What was typed on the empty page and not used yet stays."""
    messages.clear()
    turn()
    _remember(script=script_id)
    st.query_params[ADDRESS] = str(script_id or NEW)


def forget_typed() -> None:
    """What was typed on the empty page has become a script."""
    _remember(text="")


def _remember(**values: Any) -> None:
    drafts, browser = services().library.drafts, session.browser()
    drafts.put(browser, PAGE, drafts.get(browser, PAGE) | values, owner=session.OWNER)


def delete(script: Script) -> None:
    services().library.scripts.delete(script.id)
    put_on_page(None)
    messages.offer_undo("scripts", f"“{script.title}” deleted", partial(restore, script.id))


def restore(script_id: int) -> None:
    """Bring a deleted script back, and put it on the page."""
    services().library.scripts.restore(script_id)
    put_on_page(script_id)


def choose(script: Script, **form: Any) -> None:
    """Change the model, the voice, the format or the way clips are made."""
    offers = services().catalogue.offers
    is_offered = all(offers(name, value) for name, value in form.items())
    _change_form(script, lambda before: before | form if is_offered else before)


def choose_one(script: Script, field: str, name: str, value: Any) -> None:
    """Change one named value, such as a speaker's voice, a take or a mend. None removes it."""
    choose_some(script, field, {name: value})


def choose_some(script: Script, field: str, values: dict[str, Any]) -> None:
    """As `choose_one` for each."""

    def with_values(before: dict[str, Any]) -> dict[str, Any]:
        together = before.get(field, {}) | values
        kept = {name: value for name, value in together.items() if value is not None}
        return before | {field: kept}

    _change_form(script, with_values)


def _change_form(script: Script, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    messages.clear()
    turn()
    services().library.scripts.change_form(script.id, change)


def take(script: Script, first: str, number: int) -> None:
    """Use another take. first: the key of take 1. number: the wanted take, made or not."""
    choose_one(script, "takes", first, number)


def turn() -> None:
    """The program changes what widgets show: they get new keys, since the browser keeps theirs."""
    hidden_value.turn("scripts")


def key(name: str) -> str:
    return hidden_value.key_in("scripts", name)


def choice(name: str, chosen: object) -> str:
    """The key of a widget that shows what is chosen: it is another once somebody else chooses."""
    return key(f"{name}_{zlib.crc32(repr(chosen).encode())}")
