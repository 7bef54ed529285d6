"""Find the places (seams) where a script may be cut, and rank them: sentences, then words."""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script
import sentencex  # type: ignore[import-untyped]

from lib.script.ends import goes_on, is_item
from lib.script.measuring import MOOD
from lib.script.stretches import stretches

CONTEXT_CHARS = 64
ITEM_CHARS = 12

# Spans that are never cut: tags in <> or [], and IPA between slashes.
UNCUT = r"<[^<>\n]{1,200}>|\[[^\[\]\n]{1,200}\]|(?<![\w/:])/(?!\s)[^/\n]{1,100}(?<!\s)/(?![\w/])"
UNCUT_SPAN = re.compile(UNCUT)
TAG = re.compile(r"<[^<>\n]{1,200}>|\[[^\[\]\n]{1,200}\]")
SPOKEN = regex.compile(r"[\p{L}\p{N}]")
JOINED_ON = regex.compile(r"[\p{M}\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]")

LINE_END = re.compile(r"\n\s*")
ENDED = frozenset(".!?…。！？।؟\"'”’»)")
# These signs end a sentence without a blank after them. The text is split here before sentencex,
# whose time grows with the square of their number (160 s for half a million Chinese characters).
WIDE_END = re.compile(r"[。！？｡．؟۔।॥።]+[」』】）〉》”’\"')\]]*\s*")

BREAKING = r"[^\S\u00a0\u2007\u202f]"
WORD_END = re.compile(rf"{BREAKING}+|(?<=[、，；：])(?=\S)")
CLAUSE_ENDS = frozenset(",;:—–、，；：،؛")

# In text without blanks, such as Chinese or Thai, a short Latin word or a grapheme stays whole.
LATIN = r"[\p{Latin}\p{Nd}\p{M}.,'’]"
# A flag is two letters. \X alone would count all letters before it again for each flag.
FLAG = r"\p{Regional_Indicator}{2}[\p{Grapheme_Extend}\p{Emoji_Modifier}\u200d]*+"
UNIT = regex.compile(rf"{UNCUT}|(?<!{LATIN}){LATIN}{{1,40}}(?!{LATIN})|{FLAG}|\X")


class Kind(IntEnum):
    """What is at a seam. A higher value is a better place to cut."""

    NONE = 0
    WORD = 1
    CLAUSE = 2
    SENTENCE = 3
    LINE = 4
    BLANK_LINE = 5


class Span(NamedTuple):
    """text[start:end] without outer blanks. kind, strength: those of the seam before it.

    strength ranks seams by kind, then by the words around them, so that a change elsewhere in the
    text does not change which of several neighbouring seams is the best.
    """

    start: int
    end: int
    kind: Kind
    strength: int = 0


class Uncut:
    """The spans of a text that stay whole."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in UNCUT_SPAN.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, position: int) -> bool:
        """Whether a cut at `position` would go through such a span."""
        before = bisect_right(self._starts, position - 1) - 1
        return before >= 0 and position < self._ends[before]


def sentences(text: str, uncut: Uncut, language: str = "") -> list[Span]:
    """language: the code of the script's language; "" if it is not certain."""
    seams = _sentence_seams(text, language)
    return _spans(text, Span(0, len(text), Kind.NONE), seams, uncut)


def words(text: str, span: Span, uncut: Uncut) -> list[Span]:
    return _spans(text, span, _word_seams(text, span), uncut)


def units(text: str, span: Span, *, longest: int) -> list[tuple[int, int]]:
    """(start, end) of the units that are never cut: tags, short words, graphemes.

    A unit longer than `longest` is cut all the same: a family of emoji may have any length.
    """
    return [
        (start, min(start + longest, match.end()))
        for match in UNIT.finditer(text, span.start, span.end)
        for start in range(match.start(), match.end(), longest)
        if not match[0].isspace()
    ]


def _sentence_seams(text: str, language: str) -> Iterator[tuple[int, Kind]]:
    begin = 0
    for gap in LINE_END.finditer(text):
        yield from _seams_in_line(text, begin, gap.start(), language)
        is_number = gap.start() - begin <= ITEM_CHARS and is_item(text[begin : gap.start()])
        begin = gap.end()
        if is_number:  # of a list, on a line of its own
            continue
        if gap[0].count("\n") > 1:
            yield begin, Kind.BLANK_LINE
        elif not _is_wrap(text, gap):
            yield begin, Kind.LINE
    yield from _seams_in_line(text, begin, len(text), language)


def _seams_in_line(text: str, begin: int, end: int, language: str) -> Iterator[tuple[int, Kind]]:
    for wide_end in WIDE_END.finditer(text, begin, end):
        yield from _seams_between(text, begin, wide_end.start(), language)
        begin = wide_end.end()
        yield begin, Kind.SENTENCE
    yield from _seams_between(text, begin, end, language)


def _seams_between(text: str, begin: int, end: int, language: str) -> Iterator[tuple[int, Kind]]:
    for position, stop in stretches(text, begin, end):
        for sentence in sentencex.segment(language or "en", text[position:stop]):
            position += len(sentence)
            if position < stop and not goes_on(sentence, text[position : position + 16], language):
                yield position, Kind.SENTENCE


def _is_wrap(text: str, gap: re.Match[str]) -> bool:
    """Whether the line break only wraps a long line, as in mail, and the sentence continues."""
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    return after.islower() and before not in ENDED


def _word_seams(text: str, span: Span) -> Iterator[tuple[int, Kind]]:
    for gap in WORD_END.finditer(text, span.start, span.end):
        before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
        if before.isdecimal() and after.isdecimal():
            continue  # 1 000 000 is one number
        clause = before in CLAUSE_ENDS or "\n" in gap[0]
        yield gap.end(), Kind.CLAUSE if clause else Kind.WORD


def _spans(text: str, whole: Span, seams: Iterable[tuple[int, Kind]], uncut: Uncut) -> list[Span]:
    """The spans of `whole` between its usable seams.

    A span without words is added to the one before it, a mood tag to the one after it.
    """
    cuts = [(whole.start, whole.kind)]
    seen, has_words, has_mood = whole.start, False, False  # since the last cut
    for position, kind in seams:
        if position >= whole.end or uncut.holds(position) or _is_joined_on(text, position):
            continue
        passage, seen = text[seen:position], position
        has_words = has_words or _has_words(passage)
        has_mood = has_mood or bool(MOOD.search(passage))
        if has_words:
            cuts.append((position, kind))
            has_words = has_mood = False
        elif len(cuts) > 1 and not has_mood:
            cuts[-1] = (position, kind)
    if len(cuts) > 1 and not (has_words or _has_words(text[seen : whole.end])):
        cuts.pop()
    ends = [position for position, _ in cuts[1:]] + [whole.end]
    return [_span(text, *cut, end) for cut, end in zip(cuts, ends, strict=True)]


def _span(text: str, start: int, kind: Kind, end: int) -> Span:
    around = text[max(0, start - CONTEXT_CHARS) : start + CONTEXT_CHARS]
    untrimmed = text[start:end]
    return Span(
        start=end - len(untrimmed.lstrip()),
        end=start + len(untrimmed.rstrip()),
        kind=kind,
        strength=(kind << 32) | zlib.crc32(around.encode()),
    )


def _has_words(text: str) -> bool:
    return text[:1].isalnum() or bool(SPOKEN.search(TAG.sub("", text)))


def _is_joined_on(text: str, position: int) -> bool:
    """Whether the character here belongs to the one before, as a combining accent does."""
    return not text[position].isascii() and bool(JOINED_ON.match(text, position))
