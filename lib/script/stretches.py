"""A line in stretches short enough for sentencex, which takes time with the square of quotations.

It holds the interpreter meanwhile: half a million backticks at once would stop every page for
more than a minute.
"""

import zlib
from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # letters and marks of every script

MAX_CHARS = 4_000
MAX_MARKS = 200  # 4,000 of the worst would take 0.2 s
CONTEXT_CHARS = 64

# What sentencex keeps whole: quotations and brackets. Quotation marks are known by what is around
# them, as German closes with what English opens with; an apostrophe within a word is none.
ASCII_MARKS, OTHER_MARKS = "(<{[)>}]\"'`", "（）《》「」«»‹›“”„‘’‚‟‛"
MARK = regex.compile(
    r"(?P<opens>[(（<{\[《「]|(?<![^\s(（\[{—–-])(?:[«‹„“‘‚‟‛]|[\"'`»›](?=\S)))"
    r"|[)）>}\]》」\"`«»‹›“”„‘‚‟‛]|(?<!\w)['’]|['’](?!\w)"
)

# Between two words, where sentencex never sees an end of a sentence.
PLACE = regex.compile(r"(?<=[\p{L}\p{M}\p{N}]{2}) (?=[\p{L}\p{M}\p{N}]{3})")


def stretches(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of what sentencex gets of text[begin:end] at once, in order.

    All of it where it has no more than 4,000 characters and 200 marks of quotations and brackets.
    Else it is cut between two words outside of these, where a cut changes nothing; where there is
    no such place, between any two words, at any blank, at the limit. Of several places the one is
    taken whose surroundings hash highest, so that a change moves the cuts near it alone.
    """
    if end - begin <= MAX_MARKS:
        yield begin, end
        return
    while begin < end:
        limit = min(end, begin + MAX_CHARS)
        if _most_marks(text, begin, limit) > MAX_MARKS:
            marks = MARK.finditer(text, begin, limit)
            limit = next((m.start() for n, m in enumerate(marks) if n == MAX_MARKS), limit)
        stop = limit if limit == end else _cut(text, begin, limit)
        yield begin, stop
        begin = stop


def _most_marks(text: str, begin: int, end: int) -> int:
    """Apostrophes within words included: to look closer takes longer."""
    marks = ASCII_MARKS if text.isascii() else ASCII_MARKS + OTHER_MARKS
    return sum([text.count(mark, begin, end) for mark in marks])


def _cut(text: str, begin: int, limit: int) -> int:
    least = begin + (limit - begin) // 2 + 1
    places = [
        (is_outside, _hash(text, position), position)
        for start, stop, is_outside in _between_marks(text, begin, limit)
        if stop > least
        for position in _places(text, max(start, least), stop)
    ]
    return max(places)[-1] if places else text.rfind(" ", least, limit) + 1 or limit


def _between_marks(text: str, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start and end, and whether it is outside quotations and brackets, as far as can be seen."""
    start, was_open = begin, False
    for mark in MARK.finditer(text, begin, end):
        opens = mark["opens"] is not None
        yield start, mark.start(), opens and not was_open
        start, was_open = mark.end(), opens
    yield start, end, not was_open


def _places(text: str, start: int, end: int) -> Iterator[int]:
    """One for each 64 characters or so, which is choice enough."""
    while place := PLACE.search(text, start, end):
        yield place.end()
        start = place.end() + CONTEXT_CHARS


def _hash(text: str, position: int) -> int:
    return zlib.crc32(text[max(0, position - CONTEXT_CHARS) : position + CONTEXT_CHARS].encode())
