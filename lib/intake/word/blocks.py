"""Turn the paragraphs and tables of a DOCX into lines of text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lib.intake.word.accepting import NAMES, tag
from lib.intake.word.styles import Styles

SPOKEN_AS = {
    tag("tab"): "\t",
    tag("ptab"): "\t",
    tag("br"): "\n",
    tag("cr"): "\n",
    tag("noBreakHyphen"): "-",
}
# Elements that only wrap paragraphs, tables, rows and cells.
WRAPPERS = frozenset(
    (
        *map(tag, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")),
        *(f"{{{NAMES['mc']}}}{name}" for name in ("AlternateContent", "Choice", "Fallback")),
    )
)


class Block(NamedTuple):
    """A paragraph or a table row. series: "items" or "rows": no blank line is put between them."""

    text: str
    series: str = ""


def blocks(container: Any, styles: Styles) -> Iterator[Block]:
    """The text of a final tree, block by block."""
    for element in _children(container):
        if element.tag == tag("tbl"):
            yield from _table(element, styles)
        elif element.tag == tag("p") and not styles.is_contents(element):
            # Tab stops have the same element name as tabs, and come before all words.
            if text := _text(element).strip():
                level = styles.heading_level(element)
                if level:
                    text = f"{'#' * level} {' '.join(text.split())}"
                is_item = not level and styles.is_list_item(element)
                yield Block(text, "items" if is_item else "")
            for box in _boxes(element):
                yield from blocks(box, styles)


def _table(table: Any, styles: Styles) -> Iterator[Block]:
    for row in filter(lambda each: each.tag == tag("tr"), _children(table)):
        cells = (_in_cell(cell, styles) for cell in _children(row) if cell.tag == tag("tc"))
        if text := ", ".join(filter(None, cells)):
            yield Block(text, "rows")


def _in_cell(cell: Any, styles: Styles) -> str:
    """The words of a cell in one line; the rows of a table inside it are divided by ";"."""
    parts: list[str] = []
    for element in _children(cell):
        if element.tag == tag("tbl"):
            parts.append("; ".join(row.text for row in _table(element, styles)))
        elif element.tag == tag("p") and not styles.is_contents(element):
            parts.append(_text(element))
            parts += [_in_cell(box, styles) for box in _boxes(element)]
    return " ".join(" ".join(parts).split())


def _children(container: Any) -> Iterator[Any]:
    """The child elements, also those inside wrappers."""
    for element in container:
        if element.tag in WRAPPERS:
            yield from _children(element)
        else:
            yield element


def _text(paragraph: Any) -> str:
    """The words of a paragraph, without those of text boxes anchored in it."""
    if not len(paragraph):
        return ""
    boxed = {word for box in _boxes(paragraph) for word in box.iter()}
    words = []
    for element in paragraph.iter(tag("t"), *SPOKEN_AS):
        if element not in boxed:
            words.append(SPOKEN_AS.get(element.tag) or element.text or "")
    # A soft hyphen shows where a word may be divided, and is not part of it.
    return "".join(words).replace("\u00ad", "")


def _boxes(paragraph: Any) -> list[Any]:
    """The text boxes anchored in the paragraph, without those inside another text box."""
    boxes = paragraph.iter(tag("txbxContent"))
    return [box for box in boxes if next(box.iterancestors(tag("txbxContent")), None) is None]
