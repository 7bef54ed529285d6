"""Cut a line into stretches short enough for sentencex.

Its time grows with the square of the number of quotation marks, and it holds the interpreter lock:
half a million backticks at once would stop every page for more than a minute.
"""

import zlib
from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # letters and marks of every script

MAX_CHARS = 4_000
MAX_MARKS = 200  # 4,000 of the slowest would take 0.2 s
CONTEXT_CHARS = 64

# sentencex does not cut inside quotations and brackets. The characters around a quotation mark
# tell whether it opens or closes, since German closes with the mark that opens in English. An
# apostrophe inside a word is not a mark.
ASCII_MARKS, OTHER_MARKS = "(<{[)>}]\"'`", "（）《》「」«»‹›“”„‘’‚‟‛"
MARK = regex.compile(
    r"(?P<opens>[(（<{\[《「]|(?<![^\s(（\[{—–-])(?:[«‹„“‘‚‟‛]|[\"'`»›](?=\S)))"
    r"|[)）>}\]》」\"`«»‹›“”„‘‚‟‛]|(?<!\w)['’]|['’](?!\w)"
)

# A blank between two words, where sentencex never sees the end of a sentence.
PLACE = regex.compile(r"(?<=[\p{L}\p{M}\p{N}]{2}) (?=[\p{L}\p{M}\p{N}]{3})")


def stretches(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches of text[begin:end] for sentencex, in order.

    A text of at most 4,000 characters and 200 quotation marks and brackets is one stretch. Longer
    ones are cut between two words outside of quotations and brackets, where a cut changes nothing;
    else between any two words, at any blank, or at the limit. Of several places the one whose
    surroundings have the highest hash is taken, so that a change moves only the cuts near it.
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
    """The number of marks, with apostrophes inside words: an exact count would take longer."""
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
    """(start, end, whether it seems to be outside quotations and brackets) between all marks."""
    start, was_open = begin, False
    for mark in MARK.finditer(text, begin, end):
        opens = mark["opens"] is not None
        yield start, mark.start(), opens and not was_open
        start, was_open = mark.end(), opens
    yield start, end, not was_open


def _places(text: str, start: int, end: int) -> Iterator[int]:
    """Places to cut, about one for every 64 characters; that is enough to choose from."""
    while place := PLACE.search(text, start, end):
        yield place.end()
        start = place.end() + CONTEXT_CHARS


def _hash(text: str, position: int) -> int:
    return zlib.crc32(text[max(0, position - CONTEXT_CHARS) : position + CONTEXT_CHARS].encode())
