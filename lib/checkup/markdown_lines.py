"""Find the marks that Markdown puts at a line: headings, lists, rules, fences, tables."""

import re
from collections.abc import Iterator, Sequence

from lib.checkup.finding import Found, found
from lib.checkup.markdown import ALOUD, SIGNS
from lib.script.blocks import Block, blocks, is_said, without_code

HEADING = re.compile(r"^(?P<mark>[ ]{0,3}#{1,6}[ \t]{1,9})(?P<word>\S{1,40})(?!\S)", re.MULTILINE)
BULLET = re.compile(r"^(?P<mark>[ \t]{0,12}[*+•-][ \t]{1,9})(?P<word>\w\S{0,40})(?!\S)", re.M)
QUOTE = re.compile(r"^(?P<mark>[ ]{0,3}(?:>[ ]?){1,9})(?P<word>[^\s>]\S{0,40})(?!\S)", re.M)
MEANING = re.compile(r"^(?P<mark>[ ]{0,3}:[ \t]{1,9})(?P<word>\w\S{0,40})(?!\S)", re.M)
TASK = re.compile(
    r"^[ \t]{0,12}(?P<all>(?P<mark>(?:[*+-]|[0-9]{1,3}[.)])[ \t]{1,9}\[[ xX]\])"
    r"(?:[ \t]{1,9}(?P<word>\w\S{0,40}))?)(?!\S)",
    re.MULTILINE,
)
RULE = re.compile(
    r"^[ ]{0,3}(?P<rule>\*{3,99}|={3,999}|-{3,999}|(?:[*][ ]){2,9}[*]|(?:-[ ]){2,9}-)[ \t]{0,9}$",
    re.MULTILINE,
)
WITHIN_LINE = {
    sign: re.compile(rf"[^\s|:{sign}]\{sign}{{3}}|\{sign}{{3}}[^\s|:{sign}]") for sign in "*=-"
}
# What stands behind a fence is taken away only if it can be the name of a language.
FENCE = re.compile(
    r"^[ \t]{0,12}(?P<fence>(?:`{3,99}|~{3,99})[ ]?(?:[\w+#.-]{1,30}|\{[^{}\n]{0,99}\})?"
    r"(?P<more>[^\n]{0,300}))$",
    re.MULTILINE,
)
SEPARATOR = re.compile(
    r"^[ ]{0,3}(?=[^\n]{0,999}\|)\|?(?:[ \t]{0,9}:?-{1,99}:?[ \t]{0,9}(?:\||$)){1,99}[ \t]{0,9}$",
    re.MULTILINE,
)
CELL_END = re.compile(r"(?<!\\)\|")
ENDED = tuple(".,;:!?…")
# A script keeps no correction of longer words.
SAID_MAX_CHARS = 1_900


def find_blocks(text: str) -> Iterator[Found]:
    """Front matter, comments, and the fences around code."""
    for block in blocks(text):
        if block.kind == "front matter":
            yield _left_out(block, "These lines describe the text: nobody says them.")
        elif block.kind == "comment":
            message = ALOUD if is_said(text, block) else "This is a comment: nobody says it."
            yield _left_out(block, message)
        elif block.kind == "code":
            yield from _fences(text, block)


def find_lines(text: str) -> Iterator[Found]:
    """Rules, tables and tasks."""
    text = without_code(text)
    # A correction holds for all places with these signs, so it must not join two words.
    joining = {sign: bool(within.search(text)) for sign, within in WITHIN_LINE.items()}
    for match in RULE.finditer(text):
        mend = None if joining[match["rule"][0]] else ""
        yield Found(*match.span("rule"), "markdown", SIGNS, mend)
    if "|" in text:
        for match in SEPARATOR.finditer(text):
            yield from _table(text, match)
    for match in TASK.finditer(text):
        message = f"“{match['mark']}” may be read aloud."
        yield Found(*match.span("all"), "markdown", message, match["word"])


def find_line_marks(text: str) -> Iterator[Found]:
    """Each with its first word: elsewhere the mark alone means nothing."""
    text = without_code(text)
    for pattern in (HEADING, BULLET, QUOTE, MEANING):
        for match in pattern.finditer(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            message = f"“{match['mark'].strip()}” may be read aloud."
            yield Found(start, match.end(), "markdown", message, match["word"])
            if pattern is QUOTE:  # where another finding begins with the word
                yield Found(start, match.start("word"), "markdown", message)


def _left_out(block: Block, message: str) -> Found:
    short = block.end - block.start <= SAID_MAX_CHARS
    return Found(block.start, block.end, "markdown", message, "" if short else None)


def _fences(text: str, block: Block) -> Iterator[Found]:
    first = FENCE.match(text, block.start)
    if first is None:
        return
    message = "Here code begins. It is said as typed, without this line."
    if not block.closed:
        message = "Here code begins that has no end. It is said as typed, without this line."
    mend = None if first["more"].strip() else ""
    yield Found(*first.span("fence"), "markdown", message, mend)
    last = text.rfind("\n", 0, block.end) + 1
    if block.closed and (closing := FENCE.match(text, last)):
        yield Found(*closing.span("fence"), "markdown", SIGNS, "")


def _table(text: str, separator: re.Match[str]) -> Iterator[Found]:
    """The rows of a table, each as its cells with commas between them."""
    above = text.rfind("\n", 0, max(0, separator.start() - 1)) + 1
    header = text[above : max(0, separator.start() - 1)]
    if "|" not in header:
        return
    yield found(separator, "markdown", SIGNS, "")
    yield from _row(above, header)
    start = separator.end() + 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end]
        if "|" not in row or SEPARATOR.match(row):
            return
        yield from _row(start, row)
        start = end + 1


def _row(start: int, row: str) -> Iterator[Found]:
    start += len(row) - len(row.lstrip())
    row = row.strip()
    words = _said([cell.strip() for cell in CELL_END.split(row)])
    message = "This is a row of a table. Its cells are said one after another."
    if len(row) > SAID_MAX_CHARS:
        yield Found(start, start + len(row), "markdown", message)
    else:
        yield Found(start, start + len(row), "markdown", message, words, inside=words)


def _said(cells: Sequence[str]) -> str:
    said = ""
    for cell in filter(None, cells):
        said += ("" if not said else " " if said.endswith(ENDED) else ", ") + cell
    return said
