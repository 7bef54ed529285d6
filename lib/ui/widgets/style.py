"""The stylesheet, and headings and small pieces of text in its style.

All text is escaped here, and its invisible characters are shown.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.script.visible import shown, verbatim

_HERE = Path(__file__).parent
SHEETS = ("page", "notices", "controls", "voices", "lists", "room")
CSS = "".join((_HERE / f"{name}.css").read_text("utf-8") for name in SHEETS)

ALWAYS_JS = [_HERE / name for name in ("menu.js", "escape.js", "search.js")]

Kind = Literal["success", "info", "advice", "failure"]


def apply() -> None:
    """Put the stylesheet on the page. Called once in each run, before anything is drawn."""
    st.html(f"<style>{CSS}</style>")
    with st.container(key="script"):
        for file in ALWAYS_JS:
            script(file)


def script(file: Path, before: str = "") -> None:
    """Put an inline script that headers.py allows on the page, after the HTML `before`."""
    text = file.read_text(encoding="utf-8")
    st.html(f"{before}<script>{text}</script>", unsafe_allow_javascript=True)


def logo() -> None:
    """The logo as a picture without a link."""
    st.html('<img src="app/static/logo.svg" alt="Soundcheck" width="150">')


def head(page: str, title: str, text: str, beside: Callable[[], None] | None = None) -> None:
    """The title of a page and its purpose. `beside` draws what is at its right."""
    with row(f"row_head_{page}", at="bottom"):
        with st.container(key=f"head_{page}", gap=None, width="content"):
            st.title(title, anchor=False)
            lead(text)
        if beside:
            beside()


def row(
    key: str,
    *,
    spread: bool = True,
    at: Literal["top", "center", "bottom"] = "center",
    width: Literal["stretch", "content"] = "stretch",
) -> DeltaGenerator:
    """A container with its elements side by side.

    spread: whether they are spread over the whole row; otherwise all are at its left.
    at: the height at which they are in line.
    """
    return st.container(
        key=key,
        width=width,
        horizontal=True,
        horizontal_alignment="distribute" if spread else "left",
        vertical_alignment=at,
    )


@contextmanager
def popover(label: str, key: str, *, icon: str = "", quiet: bool = False) -> Iterator[bool]:
    """A popover. Gives whether it is open: its content is drawn only then, so it costs nothing.

    icon: the name of a Material symbol. A key of `hidden_value` lets the program close it.
    """
    with st.popover(
        label,
        key=key,
        icon=f":material/{icon}:" if icon else None,
        type="tertiary" if quiet else "secondary",
        on_change="rerun",
    ) as drawn:
        yield bool(drawn.open)


def lead(text: str) -> None:
    """The purpose of a page, below its title."""
    _paragraph("lead", shown(text))


def heading(text: str, level: Literal[1, 2]) -> None:
    """A heading that a person typed."""
    st.html(f'<h{level} dir="auto">{shown(text)}</h{level}>')


def reading(text: str) -> None:
    """A whole text to be read, with its line breaks, each line in its own direction."""
    _paragraph("reading", shown(text))


def facts(*parts: str, count: str = "") -> None:
    """A quiet line such as "133 characters · about $0.002". count: its stronger first part."""
    strong = [f"<b>{shown(count)}</b>"] if count else []
    quiet = [f"<span>{shown(part)}</span>" for part in parts]
    # page.css draws the dots that are seen: none at an end of a line.
    _paragraph("facts several", "<i> · </i>".join(strong + quiet))


# A card's title is a heading, by which a screen reader goes from card to card.
_HEADING = 'role="heading" aria-level="3"'


def title(text: str) -> None:
    """The title of a card, cut after two lines; the whole text is shown on hover."""
    _paragraph("card-title", shown(text), f' {_HEADING} title="{shown(text)}"')


def distinct(label: str, of: str) -> str:
    """The label of a button that several cards have; what it is `of` is heard and not seen.

    For buttons in cards of `offer` and the like, where controls.css hides it.
    """
    return f"{label} {verbatim(of)}"


def about(text: str) -> None:
    """A quiet line about a voice or a text, cut with an ellipsis."""
    _paragraph("about", shown(text), f' title="{shown(text)}"')


def offer(
    key: str, name: str, text: str, label: str, on_click: Callable[..., None], *args: object
) -> None:
    """A card with a ready text, and a button that uses it."""
    with row(f"card_starter_{key}"):
        with st.container(key=f"words_starter_{key}", gap=None):
            title(name)
            about(text)
        st.button(distinct(label, name), key=f"{key}_use", on_click=on_click, args=args)


def voice(name: str, character: str, facts: str) -> None:
    """The card of a voice in three lines, each cut with an ellipsis."""
    lines = (
        ("card-title", name, f"{_HEADING} "),
        ("about", character, ""),
        ("facts", facts, ""),
    )
    # One element for three lines, since the gallery has many cards.
    st.html(
        "".join(
            f'<p class="{kind}" {extra}title="{shown(text)}">{shown(text) or "&nbsp;"}</p>'
            for kind, text, extra in lines
        )
    )


def player_room() -> None:
    """The place of a small player that is to come."""
    st.html('<div class="player-room"></div>')


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A small table of text. The first column has the names of the rows."""
    top = "".join(f'<th scope="col" dir="auto">{shown(cell)}</th>' for cell in header)
    lines = "".join(
        f'<tr><th scope="row" dir="auto">{shown(name)}</th>'
        + "".join(f'<td dir="auto">{shown(cell)}</td>' for cell in cells)
        + "</tr>"
        for name, *cells in rows
    )
    st.html(
        '<div class="small-table" tabindex="0" role="region" aria-label="Figures"><table>'
        f"<thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def download(label: str, address: str, icon: str = "", of: str = "") -> None:
    """A link that looks like a button; the browser saves its file.

    icon: the name of a Material symbol in front of the label. of: whose file it is, which is its
    hint: by that a screen reader tells it from others of the same label.
    """
    picture = f'<span class="icon" aria-hidden="true" translate="no">{shown(icon)}</span>'
    words = f"{picture if icon else ''}{shown(label)}"
    hint = f' title="{shown(of)}"' if of else ""
    st.html(
        f'<a class="download" href="{escape(address)}" download{hint}>{words}</a>', width="content"
    )


def notice(kind: Kind, strong: str, text: str) -> None:
    """What happened, in bold, and what it means. Screen readers read a failure at once.

    kind: good news, a fact, something to think of, or something that went wrong.
    """
    role = "alert" if kind == "failure" else "status"
    _paragraph(f"notice {kind}", f"<b>{shown(strong)}</b> {shown(text)}", f' role="{role}"')


def _paragraph(name: str, inner: str, attributes: str = "") -> None:
    # dir="auto": typed text may be in a right-to-left script.
    st.html(f'<p class="{name}" dir="auto"{attributes}>{inner}</p>')
