"""Find the lines of a text that Markdown gives a meaning of their own: headings, code, comments.

A scanner of our own, since a Markdown parser takes seconds for half a million characters of short
lines, and pages read chapters anew each time they are drawn. It is also stricter than Markdown,
because most texts that are typed here are none.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

# A heading of any level. Headings of Word files are imported as these. Signs at its end belong to
# its mark only after a blank: "# Learn C#".
HEADING = re.compile(
    r"^[ ]{0,3}(?P<marks>#{1,6})[ \t]{1,99}(?P<title>[^\s#].{0,300}?|#{1,6}[^\s#].{0,300}?)"
    r"(?:[ \t]{1,99}#{1,99})?[ \t]{0,99}$",
    re.MULTILINE,
)
LIST_MARK = r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]{1,9}"
# All places at which something may begin or end. Each is looked at once.
LANDMARK = re.compile(
    rf"^[ \t]{{0,12}}(?P<listed>(?:{LIST_MARK}){{0,3}})"
    r"(?:(?P<fence>`{3,}+(?=[^`\n]{0,300}$)|~{3,}+(?=[^~\n]{0,300}$))"
    r"|(?P<heading>#{1,6}[ \t][^\n]*)"
    r"|(?P<underline>={3,}+|-{3,}+)[ \t]*$"
    r"|(?P<comment><!--)"
    r"|<(?P<raw>pre|script|style|textarea)\b)"
    # Within a line: "`<!--`" is code.
    r"|(?<!`)(?P<ticks>`++)[^`\n]*+(?P=ticks)|(?P<within><!--)",
    re.MULTILINE | re.IGNORECASE,
)
WITHIN_MAX_CHARS = 2_000  # of a comment that begins within a line
BLANK_LINE = re.compile(r"\n[ \t]*+\n")
RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
TITLE = re.compile(
    r"[ ]{0,3}(?![-*+>:=<`~]|[ ])(?=[^\n]{0,100}\w)[^|\n]{1,100}(?<![,;:\s\\])[ \t]{0,99}"
)
NUMBERED = re.compile(r"[ ]{0,3}[0-9]{1,9}[.)][ \t]")
FENCE_MAX_CHARS = 99
NOT_LINE_END = re.compile(r"[^\n]")

FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]{0,99}\n(?P<lines>(?:[^\n]{0,1000}\n){1,100}?)(?:(?P=mark)|\.\.\.)"
    r"[ \t]{0,99}(?:\n|\Z)"
)
PROPERTY = re.compile(r"(?P<name>[A-Za-z][\w-]{0,40})[ ]{0,9}[:=](?:[ \t](?P<value>.{0,1000}))?$")
GOES_ON = re.compile(r"\s|#|-[ ]|$")
# A dialogue between two rules looks alike, but its names begin with a capital.
USUAL_NAMES = frozenset(
    ["title", "author", "date", "layout", "tags", "categories", "description", "lang", "slug"]
)

Kind = Literal["heading", "code", "comment", "front matter"]


class Block(NamedTuple):
    """text[start:end] are whole lines, but for what stands before and after a comment.

    title: of a heading; of the document, if its front matter has one. level: of a heading, from 1.
    closed: whether a block of
    code has an end; without one it goes on to the end of the text.
    """

    kind: Kind
    start: int
    end: int
    title: str = ""
    closed: bool = True
    level: int = 0


def blocks(text: str) -> Iterator[Block]:
    """The blocks in order, without overlaps. The time is proportional to the length of the text.

    Nothing inside code or a comment is a heading. A line is underlined by at least three "=" or
    "-" if it is short and the only line of its paragraph.
    """
    end = 0  # of the block before
    if front := _front_matter(text):
        yield front
        end = front.end
    last_comment_end = text.rfind("-->")
    raw_ends = True
    for mark in LANDMARK.finditer(text, end):
        if mark.start() < end:
            continue
        found: Block | None = None
        if mark["fence"]:
            found = _fenced(text, mark)
        elif mark["comment"] and _near(mark, "comment") and mark.end() <= last_comment_end:
            found = Block("comment", mark.start(), text.index("-->", mark.end()) + 3)
        elif mark["within"]:
            found = _comment_within(text, mark)
        elif mark["raw"] and raw_ends and _near(mark, "raw"):
            closing = RAW_END.search(text, mark.end())
            raw_ends = closing is not None
            found = Block("code", mark.start(), closing.end()) if closing else None
        elif mark["heading"] and (heading := HEADING.match(text, mark.start())):
            level = len(heading["marks"])
            found = Block("heading", *heading.span(), heading["title"].strip(), level=level)
        elif mark["underline"] and _near(mark, "underline"):
            found = _underlined(text, mark, end)
        if found:
            yield found
            end = found.end


def is_said(text: str, block: Block) -> bool:
    """Whether it is part of the words: not front matter, nor a comment over several lines."""
    if block.kind == "comment":
        return "\n" not in text[block.start : block.end]
    return block.kind != "front matter"


def said(text: str) -> str:
    """The text without what is no part of the words."""
    if "<!--" not in text and not text.startswith(("---", "+++")):
        return text
    words, begin = "", 0
    for each in blocks(text):
        if not is_said(text, each):
            words += text[begin : each.start]
            begin = each.end
    return words + text[begin:]


def left_out(text: str) -> list[str]:
    """What is no part of the words, as typed; nothing if there are no other words."""
    if not said(text).strip():
        return []
    return [text[each.start : each.end] for each in blocks(text) if not is_said(text, each)]


def without_code(text: str) -> str:
    """The text with blanks for code, so that every other character keeps its place."""
    if "```" not in text and "~~~" not in text:
        return text
    parts: list[str] = []
    begin = 0
    for each in blocks(text):
        if each.kind == "code":
            parts += text[begin : each.start], NOT_LINE_END.sub(" ", text[each.start : each.end])
            begin = each.end
    return "".join([*parts, text[begin:]])


def _near(mark: re.Match[str], name: str) -> bool:
    """Whether it begins its line: indented by less than four blanks, and not in a list."""
    indent = mark.start(name) - mark.start()
    return indent <= 3 and not mark["listed"] and "\t" not in mark[0][:indent]


def _fenced(text: str, mark: re.Match[str]) -> Block:
    """Code between two fences. They may be indented, as in a list."""
    sign = mark["fence"][0]
    least = min(len(mark["fence"]), FENCE_MAX_CHARS)
    closing = re.compile(rf"^[ \t]{{0,12}}{sign}{{{least},}}+[ \t]{{0,99}}$", re.MULTILINE)
    if found := closing.search(text, mark.end()):
        return Block("code", mark.start(), found.end())
    return Block("code", mark.start(), len(text), closed=False)


def _comment_within(text: str, mark: re.Match[str]) -> Block | None:
    """A comment that begins within a line: it ends within its paragraph."""
    end = text.find("-->", mark.end(), mark.end() + WITHIN_MAX_CHARS)
    if end < 0 or BLANK_LINE.search(text, mark.end(), end):
        return None
    return Block("comment", mark.start(), end + len("-->"))


def _underlined(text: str, mark: re.Match[str], begin: int) -> Block | None:
    """The heading above this line, if it is one. begin: where the block before ends."""
    start = text.rfind("\n", 0, max(0, mark.start() - 1)) + 1
    title = TITLE.fullmatch(text, max(start, begin), max(0, mark.start() - 1))
    if title is None or (mark["underline"][0] == "-" and NUMBERED.match(title[0])):
        return None
    before = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)]
    if start > begin + 1 and before.strip():
        return None
    level = 1 if mark["underline"][0] == "=" else 2
    return Block("heading", start, mark.end(), title[0].strip(), level=level)


def _front_matter(text: str) -> Block | None:
    """The lines at the very start that describe the document, such as "title: My book"."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return None
    properties = {}
    for line in match["lines"].splitlines():
        if named := PROPERTY.match(line):
            properties[named["name"]] = (named["value"] or "").strip(" \t\"'")
        elif not GOES_ON.match(line):
            return None
    usual = any(name.casefold() in USUAL_NAMES for name in properties)
    if not properties or not (usual or all(name[0].islower() for name in properties)):
        return None
    return Block("front matter", match.start(), match.end(), properties.get("title", ""))
