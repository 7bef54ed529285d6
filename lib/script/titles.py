"""A name for a text: its first words."""

import regex  # type: ignore[import-untyped]

from lib.script.measuring import without_markup

TITLE_CHARS = 80
HEAD_CHARS = 2_000  # enough to find the words behind a good deal of markup
GRAPHEME = regex.compile(r"\X")


def title_of(text: str) -> str:
    """The first words of `text` on one line without markup, at most 80 characters, "…" if cut."""
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
    # A word half as long as the line is cut rather than dropped.
    return (at_word if len(at_word) > TITLE_CHARS // 2 else cut).rstrip(" .,;:…") + "…"
