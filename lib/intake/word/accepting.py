"""Accept the tracked changes of a DOCX, as Word does for its final text; join its drop caps."""

from collections.abc import Container, Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": WORD,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
# A mark inside properties means that the row, or the end of the paragraph, was deleted.
DELETED_ROWS = ".//w:tr[w:trPr/w:del]"
DELETED_WORDS = ".//w:del[not(parent::w:rPr or parent::w:trPr)] | .//w:moveFrom[not(parent::w:rPr)]"
DELETED_ENDS = ".//w:p[w:pPr/w:rPr/w:del or w:pPr/w:rPr/w:moveFrom]"
# Copies for old programs, and pronunciation above Chinese and Japanese characters (ruby).
DOUBLES = (
    ".//mc:Fallback[preceding-sibling::mc:Choice] | .//mc:Choice[preceding-sibling::mc:Choice]"
    " | .//w:ruby/w:rt"
)
# A large first letter, several lines high, stands in a paragraph of its own.
DROP_CAPS = ".//w:p[w:pPr/w:framePr[@w:dropCap = 'drop' or @w:dropCap = 'margin']]"
BETWEEN = frozenset(
    f"{{{WORD}}}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")
)
PARAGRAPH_STYLE = f"{{{WORD}}}pPr/{{{WORD}}}pStyle"


def tag(name: str) -> str:
    return f"{{{WORD}}}{name}"


def given(element: Any, name: str = "val") -> str:
    """An attribute; "" if the element or the attribute is missing."""
    return "" if element is None else element.get(tag(name)) or ""


def properties_of(paragraph: Any) -> Any:
    """Its properties, None if it has none. They come first; a search would pass all its words."""
    first = None if paragraph is None else next(iter(paragraph), None)
    return None if first is None or first.tag != tag("pPr") else first


def find(element: Any, path: str) -> list[Any]:
    # Not python-docx's own xpath method: it does not know all of these namespaces.
    found: list[Any] = etree.ElementBase.xpath(element, path, namespaces=NAMES)
    return found


def accept(body: Any) -> Iterator[str]:
    """Change the tree to the final text; yields a sentence for each kind of thing left out."""
    changes = len(find(body, DELETED_WORDS)) + len(find(body, DELETED_ROWS))
    _remove(body, DELETED_ROWS)
    _remove(body, DELETED_WORDS)
    # The last one first, so that each word moves only once if several paragraphs are merged.
    for paragraph in reversed(find(body, DELETED_ENDS)):
        _run_on(paragraph)
    _remove(body, DOUBLES)
    if changes or find(body, ".//w:ins"):
        yield "Tracked changes were taken as accepted: what was deleted is left out."


def join_drop_caps(body: Any, styled: Container[str]) -> None:
    """Put each large first letter back at the start of its word.

    styled: the ids of the paragraph styles that make a drop cap.
    """
    capped = find(body, DROP_CAPS)
    if styled:
        named = find(body, ".//w:p[w:pPr/w:pStyle]")
        capped += [each for each in named if given(each.find(PARAGRAPH_STYLE)) in styled]
    for paragraph in reversed(capped):
        _run_on(paragraph)


def _remove(body: Any, path: str) -> int:
    found = find(body, path)
    for element in found:
        element.getparent().remove(element)
    return len(found)


def _run_on(paragraph: Any) -> None:
    """Move the words of a paragraph to the start of the next one, and the paragraph away."""
    following = paragraph.getnext()
    # Bookmarks and marks of the spelling check may stand between paragraphs.
    while following is not None and following.tag in BETWEEN:
        following = following.getnext()
    if following is None or following.tag != tag("p"):
        return
    rest = [element for element in paragraph if element.tag != tag("pPr")]
    # Not with len() or a slice: for these lxml counts all elements that were moved here before.
    head = next(iter(following), None)
    place = 0 if head is None or head.tag != tag("pPr") else 1
    for element in reversed(rest):
        following.insert(place, element)
    paragraph.getparent().remove(paragraph)
