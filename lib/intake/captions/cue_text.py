"""Take the tags out of the text of a cue, and tell who says which of its lines."""

import html
import re
from typing import NamedTuple

# Only these are tags: "< 5 bar" and "a <b c" are words. Sources: W3C, WebVTT, section 6.4; what
# players take as a style in SRT.
TAG = re.compile(
    r"<v(?:\.[^\s<>.]{1,50}){0,9}(?:\s(?P<voice>[^<>]{0,200}))?>"
    r"|(?P<end></v>)"
    r"|(?P<ruby><rt(?:\.[^\s<>.]{1,50}){0,9}>[^<>]{0,200}(?:</rt>)?)"
    r"|(?P<line><br ?/?>|(?-i:(?<![:\\])\\N))"  # "\N" is a line break that converters leave
    r"|<\d{1,4}:\d\d(?::\d\d)?[.,]\d{1,3}>"
    r"|<lang(?:\.[^\s<>.]{1,50}){0,9}(?:\s[^<>]{0,200})?>"
    r"|</?(?:[cibusp]|em|strong|strike|span|font|ruby|rt|lang|div)(?:\.[^\s<>.]{1,50}){0,9}"
    r"(?:\s{1,9}[a-z-]{1,20} ?= ?[^<>]{0,200})?\s?/?>"
    r"|\{\\[a-z0-9][^{}]{0,100}\}",  # a position on the screen or a style, such as "{\an8}"
    re.IGNORECASE,
)
# With its semicolon only: "R&D", "&notes" and "&copy" are words.
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
# Where our own SRT keeps words apart from marks (lib.captions).
KEPT_APART = re.compile(
    r"(?<=<)\u2060|(?<=\{)\u2060(?=\\)|(?<=&)\u2060(?=#?\w)|(?<=\\)\u2060(?=N)|(?<=\d:\d:)\u2060|(?<=\d:\d\d:)\u2060"
)


class Said(NamedTuple):
    """A line of a cue. speaker: of its voice span; "" if there is none."""

    speaker: str
    words: str


def said(text: str) -> list[Said]:
    """The lines with words; a line in which the voice changes is two."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    end = 0
    for tag in TAG.finditer(text):
        parts[-1][1].append(text[end : tag.start()])
        end = tag.end()
        if tag["line"]:
            parts[-1][1].append("\n")
        elif tag["voice"] is not None or tag["end"]:
            parts.append((_plain(tag["voice"] or ""), []))
    parts[-1][1].append(text[end:])
    return [
        Said(speaker, words)
        for speaker, pieces in parts
        for line in "".join(pieces).split("\n")
        if (words := _plain(line))
    ]


def _plain(text: str) -> str:
    unescaped = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return " ".join(KEPT_APART.sub("", unescaped).split())
