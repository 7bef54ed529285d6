"""Read a document as chapters: each heading with the text under it."""

from collections.abc import Sequence

from lib.script.blocks import Block, blocks, is_said
from lib.script.line import Line


def lines(text: str) -> tuple[Line, ...]:
    """One line for each heading with text under it, beginning with the heading.

    A text without headings is one line. A heading without text begins the next chapter, which is
    named after it if the next heading is below it and it is not the title of the whole. What
    `blocks.left_out` gives is left out, unless there is nothing else. The title in front matter is
    that of the text before the first heading.
    """
    found: list[Line] = []
    title = said = body = front = ""
    begin = level = 0
    there = list(blocks(text))
    of_all = _title_of_all(text, there)
    for block in there:
        if block.kind == "heading":
            body += text[begin : block.start]
            title, said = _add(found, title or front, said, body, title)
            if not title or block.level <= level:
                title, level = block.title if block is not of_all else "", block.level
            said = _together(said, block.title)
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


def _title_of_all(text: str, there: Sequence[Block]) -> Block | None:
    """The heading that names the whole: first, above all others, and right before another one."""
    headings = [block for block in there if block.kind == "heading"]
    if len(headings) < 2:
        return None
    first, second, *rest = headings
    is_above = all(first.level < each.level for each in (second, *rest))
    is_bare = not text[: first.start].strip() and not text[first.end : second.start].strip()
    return first if is_above and is_bare else None


def title(text: str) -> str:
    """The title in its front matter, else the heading at its start; "" if it has neither."""
    for block in blocks(text):
        if block.title and (block.kind == "front matter" or not text[: block.start].strip()):
            return block.title
    return ""


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
