"""Read a document as headings with the text under each, and change one of them."""

import re
from typing import NamedTuple

from lib.script.blocks import Block, blocks

TYPED_MARKS = re.compile(r"^(?:[# ]*(?=#[0-9])|[# ]+)")  # "#1" is a word


class Section(NamedTuple):
    """text[start:end]: a heading, and what follows it up to the next one.

    level: of the heading, from 1; 0 for what stands before the first one. body: without the blank
    lines around it.
    """

    start: int
    end: int
    level: int
    heading: str
    body: str


def sections(text: str) -> list[Section]:
    """The sections in order: together they are the whole text."""
    headings = [block for block in blocks(text) if block.kind == "heading"]
    if not headings:
        return [_section(text, None, 0, len(text))]
    starts = [heading.start for heading in headings]
    ends = [*starts[1:], len(text)]
    found = [
        _section(text, heading, start, end)
        for heading, start, end in zip(headings, starts, ends, strict=True)
    ]
    if text[: starts[0]].strip():
        return [_section(text, None, 0, starts[0]), *found]
    return [found[0]._replace(start=0), *found[1:]]


def _section(text: str, heading: Block | None, start: int, end: int) -> Section:
    body = text[heading.end if heading else start : end].strip("\n")
    return Section(
        start, end, heading.level if heading else 0, heading.title if heading else "", body
    )


def changed(text: str, section: Section, *, heading: str, body: str) -> str:
    """The text with this section changed; the letters of all others stay as they are.

    A heading that is blank changes nothing: without it the section would be part of another. A
    code block or a comment that the body opens and does not close takes in what follows, as in
    all Markdown.
    """
    heading = titled(section, heading)
    body = body.strip("\n")
    if (heading, body) == (section.heading, section.body):
        return text
    parts = [f"{'#' * section.level} {heading}"] if section.level else []
    parts += [body] if body else []
    after = text[section.end :]
    return text[: section.start] + "\n\n".join(parts) + ("\n\n" if after else "") + after


def titled(section: Section, typed: str) -> str:
    """The heading as it was typed, on one line; the one that is there if no other words were.

    Signs of Markdown that somebody typed before it are left out.
    """
    words = " ".join(typed.split())
    if words == " ".join(section.heading.split()):
        return section.heading
    return TYPED_MARKS.sub("", words) or section.heading
