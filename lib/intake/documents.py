"""Read a DOCX of Word, LibreOffice or Google as text, with all tracked changes accepted."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import docx

from lib import money
from lib.errors import InvalidRequestError, SpeechError
from lib.intake import archives, kinds
from lib.intake.accepting import accept, tag
from lib.intake.brought import Words
from lib.intake.styles import Styles

MAIN_PART = "word/document.xml"
# 300,000 words in short runs have 8 MB and 610,000 tags.
LIMITS = archives.Limits(xml_bytes=20_000_000, tags=1_000_000)
SPOKEN_AS = {
    tag("tab"): "\t",
    tag("ptab"): "\t",
    tag("br"): "\n",
    tag("cr"): "\n",
    tag("noBreakHyphen"): "-",
}
# Elements that only wrap paragraphs, tables, rows and cells.
WRAPPERS = frozenset(map(tag, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")))
LEFT_OUT = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
PICTURES = tuple(map(tag, ("drawing", "pict", "object")))
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"


class Block(NamedTuple):
    """A paragraph or a table row. series: "items" or "rows": no blank line is put between them."""

    text: str
    series: str = ""


def read(name: str, data: bytes) -> Words:
    """The text, with Markdown headings and one line for each list item and table row.

    Tracked insertions are kept. Deletions, comments, notes and hidden text are left out, and the
    notes say so. Raises InvalidRequestError.
    """
    file = archives.checked(name, data, LIMITS)
    if archives.is_strict(file, MAIN_PART):
        raise kinds.strict(name)
    try:
        return _words(name, docx.Document(file))
    except (SpeechError, MemoryError):
        raise
    except ValueError as error:
        raise InvalidRequestError(
            f"{name} is a Word template or has macros, or it is damaged.",
            hint="In Word, save it as a Word document (.docx), then bring that in.",
            detail=repr(error),
        ) from error
    except Exception as error:
        # A damaged document may raise any error, anywhere in the library.
        raise archives.damaged(name, error) from error


def _words(name: str, document: Any) -> Words:
    body = document.element.body
    notes = [*accept(body), *_left_out(body)]
    styles = Styles(document.styles.element)
    if contents := sum(styles.is_contents(paragraph) for paragraph in body.iter(tag("p"))):
        notes.append(f"The table of contents, {money.count(contents, 'line')}, was left out.")
    text: list[str] = []
    before = Block("")
    for block in _blocks(body, styles):
        close = block.series and block.series == before.series
        text += ["\n" if close else "\n\n", block.text]
        before = block
    if not text:
        raise _no_words(name, body)
    return Words("".join(text[1:]), tuple(notes))


def _no_words(name: str, body: Any) -> InvalidRequestError:
    if any(True for _ in body.iter(*PICTURES)):
        return InvalidRequestError(
            f"{name} has pictures and no words; words in a picture cannot be read.",
            hint="Type the words into a document, or paste them here.",
        )
    return InvalidRequestError(f"{name} has no words in it.", hint="Choose another file.")


def _left_out(body: Any) -> Iterator[str]:
    for mark, thing in LEFT_OUT.items():
        if number := sum(1 for _ in body.iter(tag(mark))):
            yield f"{money.count(number, thing)} {'was' if number == 1 else 'were'} left out."
    if number := sum(1 for _ in body.iter(MATH)):
        yield f"{money.count(number, 'formula')} {'was' if number == 1 else 'were'} left out."


def _blocks(container: Any, styles: Styles) -> Iterator[Block]:
    for element in _children(container):
        if element.tag == tag("tbl"):
            yield from _table(element)
        elif element.tag == tag("p") and not styles.is_contents(element):
            # Tab stops have the same element name as tabs, and come before all words.
            if text := _text(element).strip():
                level = styles.heading_level(element)
                if level:
                    text = f"{'#' * level} {' '.join(text.split())}"
                is_item = not level and styles.is_list_item(element)
                yield Block(text, "items" if is_item else "")
            for box in _boxes(element):
                yield from _blocks(box, styles)


def _table(table: Any) -> Iterator[Block]:
    for row in filter(lambda each: each.tag == tag("tr"), _children(table)):
        cells = (
            " ".join(" ".join(map(_text, cell.iter(tag("p")))).split())
            for cell in _children(row)
            if cell.tag == tag("tc")
        )
        if text := ", ".join(filter(None, cells)):
            yield Block(text, "rows")


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
    return "".join(words)


def _boxes(paragraph: Any) -> list[Any]:
    """The text boxes anchored in the paragraph, without those inside another text box."""
    boxes = paragraph.iter(tag("txbxContent"))
    return [box for box in boxes if next(box.iterancestors(tag("txbxContent")), None) is None]
