"""Make a title for a text from its first words."""

import regex  # type: ignore[import-untyped]

from lib.script.blocks import HEADING
from lib.script.measuring import without_markup

TITLE_CHARS = 80
HEAD_CHARS = 2_000  # enough to find the words after a lot of markup
EMPHASIS = regex.compile(r"(?P<sign>\*{1,3}|__|`)(?=\S)(?P<words>[^*_`\n]{1,200})(?<=\S)(?P=sign)")
GRAPHEME = regex.compile(r"\X")


def title_of_document(text: str) -> str:
    """As `title_of`, without signs of Markdown; of a heading alone if it begins with one."""
    head = text[:HEAD_CHARS].lstrip()
    if heading := HEADING.match(head):
        head = heading["title"].strip()
    return title_of(EMPHASIS.sub(r"\g<words>", head))


def title_of(text: str) -> str:
    """The first words on one line without markup: at most 80 characters, "…" if cut."""
    head = text[:HEAD_CHARS]
    words = without_markup(head).split() or head.split()
    line = " ".join(words)
    if len(line) <= TITLE_CHARS:
        return line
    cut = ""
    for grapheme in GRAPHEME.findall(line[: 2 * TITLE_CHARS]):
        if len(cut) + len(grapheme) >= TITLE_CHARS:
            break
        cut += grapheme
    at_word = cut.rpartition(" ")[0] if line[len(cut)] != " " else cut
    # A last word that fills half of the line is cut, not dropped.
    return (at_word if len(at_word) > TITLE_CHARS // 2 else cut).rstrip(" .,;:…") + "…"
