"""Documents: their headings, and what stands under each."""

import re

from lib.script.line import Line

# Markdown's, of any level. Files with headings of their own are brought in with these.
HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?P<title>\S.{0,300}?)[ \t]*#*[ \t]*$", re.MULTILINE)


def lines(text: str) -> tuple[Line, ...]:
    """One for each heading with words under it, the heading said first; one if there are none.

    A heading without words of its own is said at the head of the chapter that follows.
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
    """How many headings there are."""
    return sum(1 for _ in HEADING.finditer(text))


def _add(found: list[Line], title: str, said: str, body: str) -> tuple[str, str]:
    """Close the chapter if it has a body; returns what is left of its title and its heading."""
    if not body.strip():
        return title, said
    found.append(Line(title=title, text=_together(said, body.strip())))
    return "", ""


def _together(said: str, words: str) -> str:
    return f"{said}\n\n{words}" if said else words
