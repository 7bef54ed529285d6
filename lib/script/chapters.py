"""Read a document as chapters: each heading with the text under it."""

import re

from lib.script.line import Line

# A Markdown heading of any level. Headings of Word files are imported as these.
HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?P<title>\S.{0,300}?)[ \t]*#*[ \t]*$", re.MULTILINE)


def lines(text: str) -> tuple[Line, ...]:
    """One line for each heading with text under it, beginning with the heading.

    A text without headings is one line. A heading without text begins the next chapter.
    """
    found: list[Line] = []
    title, said, begin = "", "", 0
    for match in HEADING.finditer(text):
        title, said = _add(found, title, said, text[begin : match.start()])
        words = match["title"].strip()
        title, said, begin = title or words, _together(said, words), match.end()
    title, said = _add(found, title, said, text[begin:])
    if said:
        found.append(Line(title=title, text=said))
    return tuple(found)


def count(text: str) -> int:
    """The number of headings."""
    return sum(1 for _ in HEADING.finditer(text))


def _add(found: list[Line], title: str, said: str, body: str) -> tuple[str, str]:
    """Add the chapter if it has a body; returns the title and heading that are not yet used."""
    if not body.strip():
        return title, said
    found.append(Line(title=title, text=_together(said, body.strip())))
    return "", ""


def _together(said: str, words: str) -> str:
    return f"{said}\n\n{words}" if said else words
