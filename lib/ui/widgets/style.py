"""The one stylesheet, headings and small print in it.

Every word passed in is escaped here, and every sign in it can be seen.
"""

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.script.visible import shown, visible

STYLESHEET = Path(__file__).with_suffix(".css")

MENU_CLOSES_JS = Path(__file__).with_name("menu_closes.js")

Kind = Literal["advice", "failure"]

BACKTICKS = re.compile("`+")
IN_ICON = re.compile("(?<=:material)/")  # Streamlit sees ":material/" before it reads Markdown


def apply() -> None:
    """Put the stylesheet on the page; once in each run, before anything is drawn."""
    st.html(STYLESHEET)
    with st.container(key="script"):
        script(MENU_CLOSES_JS)


def script(file: Path, before: str = "") -> None:
    """One of the scripts that headers.py lets into a page, behind the HTML of `before`."""
    text = file.read_text(encoding="utf-8")
    st.html(f"{before}<script>{text}</script>", unsafe_allow_javascript=True)


def logo() -> None:
    """The logo as a picture that leads nowhere."""
    st.html('<img src="app/static/logo.svg" alt="Soundcheck" width="150">')


def head(page: str, title: str, text: str, beside: Callable[[], None] | None = None) -> None:
    """A page's title and what it is for; `beside` draws what stands at its right."""
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
    """A container whose elements stand beside each other.

    spread: whether they fill the row from end to end; else all are at its left.
    at: the height at which they are in line.
    """
    return st.container(
        key=key,
        width=width,
        horizontal=True,
        horizontal_alignment="distribute" if spread else "left",
        vertical_alignment=at,
    )


def lead(text: str) -> None:
    """What a page is for, under its title."""
    _paragraph("lead", shown(text))


def heading(text: str, level: Literal[1, 2]) -> None:
    """A heading that a person typed."""
    st.html(f'<h{level} dir="auto">{shown(text)}</h{level}>')


def verbatim(text: str) -> str:
    """What a person typed, for a label: Streamlit would read Markdown, addresses and arrows in it.

    As code, in which it reads nothing; style.css makes that look like the rest of the label.
    """
    line = " ".join(visible(text).splitlines())
    return "\\/".join(map(_code, IN_ICON.split(line)))


def _code(text: str) -> str:
    """CommonMark 0.31, 6.1: between more backticks than are in it, and blanks if it begins so."""
    if not text:
        return ""
    fence = "`" * (max(map(len, BACKTICKS.findall(text)), default=0) + 1)
    blank = " " if text[0] in "` " or text[-1] in "` " else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def facts(*parts: str, count: str = "") -> None:
    """A quiet line such as "133 characters · about $0.002", its count the stronger part."""
    strong = [f"<b>{shown(count)}</b>"] if count else []
    quiet = [f"<span>{shown(part)}</span>" for part in parts]
    _paragraph("facts", " · ".join(strong + quiet))


def title(text: str) -> None:
    """A card's title, cut with an ellipsis after two lines; the whole text shows on hover."""
    _paragraph("card-title", shown(text), f' title="{shown(text)}"')


def about(text: str) -> None:
    """Words about a voice or a text: one quiet line, cut with an ellipsis."""
    _paragraph("about", shown(text), f' title="{shown(text)}"')


def offer(
    key: str, name: str, text: str, label: str, on_click: Callable[..., None], *args: object
) -> None:
    """A card with something ready to start from, and the button that takes it."""
    with row(f"card_starter_{key}"):
        with st.container(key=f"words_starter_{key}", gap=None):
            title(name)
            about(text)
        st.button(label, key=f"{key}_use", on_click=on_click, args=args)


def voice(name: str, character: str, facts: str) -> None:
    """A voice's card in three lines, each cut with an ellipsis."""
    lines = (("card-title", name), ("about", character), ("facts", facts))
    # One element for the three: a gallery has many.
    st.html(
        "".join(
            f'<p class="{kind}" title="{shown(text)}">{shown(text) or "&nbsp;"}</p>'
            for kind, text in lines
        )
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A small table of words, its first column the names of the rows."""
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


def download(label: str, address: str, icon: str = "") -> None:
    """A link that looks like a button; the browser saves what it leads to.

    icon: the name of a Material symbol in front of it.
    """
    picture = f'<span class="icon" aria-hidden="true" translate="no">{shown(icon)}</span>'
    words = f"{picture if icon else ''}{shown(label)}"
    st.html(f'<a class="download" href="{escape(address)}" download>{words}</a>', width="content")


def notice(kind: Kind, strong: str, text: str) -> None:
    """What happened in bold, then what it means; a failure is read out at once."""
    role = "alert" if kind == "failure" else "status"
    _paragraph(f"notice {kind}", f"<b>{shown(strong)}</b> {shown(text)}", f' role="{role}"')


def _paragraph(name: str, inner: str, attributes: str = "") -> None:
    # dir="auto": what people typed may run from right to left.
    st.html(f'<p class="{name}" dir="auto"{attributes}>{inner}</p>')
