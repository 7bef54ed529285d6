"""Read a document as chapters: each heading with the text under it."""

from lib.script.blocks import blocks, is_said
from lib.script.line import Line


def lines(text: str) -> tuple[Line, ...]:
    """One line for each heading with text under it, beginning with the heading.

    A text without headings is one line. A heading without text begins the next chapter. What
    `blocks.left_out` gives is left out, unless there is nothing else. The title in front matter
    is that of the text before the first heading.
    """
    found: list[Line] = []
    title = said = body = front = ""
    begin = 0
    for block in blocks(text):
        if block.kind == "heading":
            body += text[begin : block.start]
            title, said = _add(found, title or front, said, body, title)
            title, said = title or block.title, _together(said, block.title)
            body = front = ""
        elif not is_said(text, block):
            body += text[begin : block.start]
            front = front or block.title
        else:
            continue
        begin = block.end
    title, said = _add(found, title or front, said, body + text[begin:], title)
    if said:
        found.append(Line(title=title, text=said))
    return tuple(found) or ((Line(text=text),) if text.strip() else ())


def count(text: str) -> int:
    """The number of headings."""
    return sum(block.kind == "heading" for block in blocks(text))


def _add(found: list[Line], name: str, said: str, body: str, title: str) -> tuple[str, str]:
    """Add the chapter if it has a body; returns the title and heading that are not yet used."""
    if not body.strip():
        return title, said
    found.append(Line(title=name, text=_together(said, body.strip())))
    return "", ""


def _together(said: str, words: str) -> str:
    return f"{said}\n\n{words}" if said else words
