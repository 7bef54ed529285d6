"""Turn the paragraphs and tables of a DOCX into lines of text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from lib.intake import headers
from lib.intake.word.accepting import NAMES, tag
from lib.intake.word.styles import Styles
from lib.script import dialogue

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
# What a row of cells cannot show.
MERGED_OR_BOXED = (tag("gridSpan"), tag("vMerge"), tag("txbxContent"))
TITLES_MAX = 3


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


def rows_of_only_table(body: Any, styles: Styles) -> list[list[str]]:
    """The rows of a document that is one table with known column names, below titles at most.

    Empty for any other document, and for one with merged cells or text boxes.
    """
    elements = [each for each in _children(body) if each.tag == tag("tbl") or _text(each).strip()]
    table = elements.pop() if elements else None
    if table is None or table.tag != tag("tbl") or len(elements) > TITLES_MAX:
        return []
    if any(each.tag == tag("tbl") for each in elements) or any(
        True for _ in body.iter(*MERGED_OR_BOXED)
    ):
        return []
    rows = [row for row in _rows(table, styles) if any(row)]
    roles = headers.roles_in(rows[0]) if rows else set()
    if "text" not in roles or len(roles) == 1 or len(rows) == 1:
        return []
    return [*([_text(each).strip()] for each in elements), *rows]


def _table(table: Any, styles: Styles) -> Iterator[Block]:
    rows = [cells for row in _rows(table, styles) if (cells := list(filter(None, row)))]
    # "ANNA" and what she says, beside each other.
    is_dialogue = all(len(cells) == 2 for cells in rows) and dialogue.looks_like_one(
        "\n".join(": ".join(cells) for cells in rows)
    )
    for cells in rows:
        yield Block((": " if is_dialogue else ", ").join(cells), "rows")


def _rows(table: Any, styles: Styles) -> Iterator[list[str]]:
    for row in filter(lambda each: each.tag == tag("tr"), _children(table)):
        yield [_in_cell(cell, styles) for cell in _children(row) if cell.tag == tag("tc")]


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
