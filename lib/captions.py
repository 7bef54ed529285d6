"""Make the captions of a clip, in cues that can be read, as SRT and WebVTT.

A cue has at most two lines of 42 characters and is shown for 1 to 7 seconds, as is usual.
Sources: Netflix, Timed Text Style Guide, "General requirements"; W3C, WebVTT, 2019-04-04,
section 3. SRT has no standard.
"""

import html
import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script

from lib.script import clock, seams
from lib.script.measuring import CJK, without_markup
from lib.script.seams import Kind, Span

LINE_COLUMNS = 42
CUE_MIN_S, CUE_MAX_S = 1.0, 7.0
ROUNDING = 1e-6  # of a millisecond: 2.3 s is 2299.9999999999995 ms as a float

UNSHOWN = regex.compile(r"[^\S\n]+|[\p{Cc}\p{Cs}--\n]", regex.V1)
LINE_ENDS = regex.compile(r"\s*\n\s*|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
NOT_FIRST = regex.compile(r"[\p{Pe}\p{Pf}\p{Po}ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]")
NOT_LAST = regex.compile(r"[\p{Ps}\p{Pi}]")
# SRT cannot escape text that a player may read as a style, as a sign, or as the times of the next
# cue; "{\an8}" is a style and "\N" a line break to some also in WebVTT.
STYLE = regex.compile(r"\{(?=\\)|\\(?=N)")
TAKEN_FOR_MARKS = regex.compile(
    r"<(?=[\p{L}/!])|\{(?=\\)|&(?=#?\w{1,40};)|\\(?=N)|(?<=\d:\d\d?):(?=\d\d?[.,]\d)"
)
WORD_JOINER = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words as typed, and when they are heard, in seconds from the start of the file."""

    text: str
    start_s: float
    end_s: float
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """text: one or two lines. Times are in seconds, rounded to milliseconds."""

    start_s: float
    end_s: float
    text: str
    speaker: str = ""


def cues(parts: Sequence[Said], total_s: float) -> list[Cue]:
    """Cues in the order of `parts`, without overlaps, none after `total_s`.

    A too long part is broken between sentences, else clauses, else words; its time is divided by
    the number of characters. A short cue is shown for a second if nothing follows. Invisible
    text, such as a pause mark, has no cue, nor has text without any time left.
    """
    timed: list[Cue] = []
    next_s = math.floor(total_s * 1000 + ROUNDING) / 1000
    for cue in reversed([cue for part in parts for cue in _cues(part)]):
        start_s = round(cue.start_s, 3)
        end_s = min(max(cue.end_s, start_s + CUE_MIN_S), start_s + CUE_MAX_S, next_s)
        if (end_s := round(end_s, 3)) > start_s:
            timed.append(replace(cue, start_s=start_s, end_s=end_s))
            next_s = start_s
    return timed[::-1]


def srt(cues: Iterable[Cue]) -> str:
    """SubRip text, without speakers: the format has no field for them."""
    blocks = []
    for number, cue in enumerate(cues, start=1):
        text = TAKEN_FOR_MARKS.sub(rf"\g<0>{WORD_JOINER}", cue.text).replace("-->", "→")
        times = f"{clock.exact(cue.start_s)} --> {clock.exact(cue.end_s)}".replace(".", ",")
        blocks.append(f"{number}\n{times}\n{text}\n")
    return "\n".join(blocks)


def vtt(cues: Iterable[Cue]) -> str:
    """WebVTT text, with a voice span if the speaker is known."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        text = STYLE.sub(rf"\g<0>{WORD_JOINER}", html.escape(cue.text, quote=False))
        if cue.speaker:
            text = f"<v {html.escape(cue.speaker, quote=False)}>{text}"
        blocks.append(f"{clock.exact(cue.start_s)} --> {clock.exact(cue.end_s)}\n{text}\n")
    return "\n".join(blocks)


def _cues(part: Said) -> list[Cue]:
    """The cues of one part, within its own time span."""
    text = _tidy(without_markup(part.text))
    if not text:
        return []
    page = _Page(text, max(0.0, part.end_s - part.start_s))
    return [
        Cue(
            start_s=part.start_s + page.time_s(span.start),
            end_s=part.start_s + page.time_s(span.end),
            text="\n".join(page.lines(span) or [page.words(span)]),
            speaker=_tidy(part.speaker).replace("\n", " "),
        )
        for span in page.cues()
    ]


def _tidy(text: str) -> str:
    """The text with "\\n" as its only line break, without characters that cannot be stored."""
    return str(UNSHOWN.sub(" ", LINE_ENDS.sub("\n", text))).strip()


class _Page:
    """One text with the width of its parts and the places where it may be broken."""

    def __init__(self, text: str, length_s: float) -> None:
        self._text = text
        self._length_s = length_s
        self._columns = list(accumulate(map(_columns, text), initial=0))
        breaks = _breaks(text)
        self._places = sorted(breaks)
        self._kinds = [breaks[place] for place in self._places]

    def time_s(self, place: int) -> float:
        return self._length_s * self._columns[place] / max(1, self._columns[-1])

    def words(self, span: Span) -> str:
        return " ".join(self._text[span.start : span.end].split())

    def cues(self) -> list[Span]:
        """Halve the text until each part can be read."""
        done, left = [], [Span(0, len(self._text), Kind.NONE)]
        while left:
            span = left.pop()
            cut = None if self._is_readable(span) else self._best_cut(span)
            if cut is None:
                done.append(span)
            else:
                left += reversed(self._halves(span, cut))
        return done

    def lines(self, span: Span) -> list[str] | None:
        """The text on one or two lines of similar width; None if it does not fit."""
        if self._width(span) <= LINE_COLUMNS:
            return [self.words(span)]
        if self._width(span) > 2 * LINE_COLUMNS + 1:  # two lines and a blank between them
            return None
        possible = []
        for place, kind in self._cuts(span):
            halves = self._halves(span, place)
            widths = [self._width(half) for half in halves]
            if max(widths) <= LINE_COLUMNS:
                possible.append((kind == Kind.NONE, abs(widths[0] - widths[1]), halves))
        return [self.words(half) for half in min(possible)[2]] if possible else None

    def _is_readable(self, span: Span) -> bool:
        lasts_s = self.time_s(span.end) - self.time_s(span.start)
        return lasts_s <= CUE_MAX_S and self.lines(span) is not None

    def _best_cut(self, span: Span) -> int | None:
        """The cut with two long enough sides, between the largest units, nearest the middle."""

        def cost(cut: tuple[int, Kind]) -> tuple[bool, int, float]:
            place, kind = cut
            begin_s, place_s, end_s = map(self.time_s, (span.start, place, span.end))
            is_short = min(place_s - begin_s, end_s - place_s) < CUE_MIN_S
            return is_short, -kind, abs(2 * place_s - begin_s - end_s)

        cuts = list(self._cuts(span))
        if self.lines(span) is not None:  # it is only too long in time: words stay whole
            cuts = [cut for cut in cuts if cut[1] != Kind.NONE]
        return min(cuts, key=cost)[0] if cuts else None

    def _cuts(self, span: Span) -> Iterable[tuple[int, Kind]]:
        inside = slice(bisect_right(self._places, span.start), bisect_left(self._places, span.end))
        return zip(self._places[inside], self._kinds[inside], strict=True)

    def _halves(self, span: Span, cut: int) -> list[Span]:
        before = len(self._text[span.start : cut].rstrip())
        return [span._replace(end=span.start + before), span._replace(start=cut)]

    def _width(self, span: Span) -> int:
        return self._columns[span.end] - self._columns[span.start]


def _columns(char: str) -> int:
    """The width of a character in columns: 2 if wide (East Asian), 0 for accents, else 1."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 1


def _breaks(text: str) -> dict[int, Kind]:
    """Positions where a line or a cue may end, with the kind of unit that begins there.

    NONE is inside a unit that should stay together.
    """
    uncut = seams.Uncut("")  # tags are removed already: no span must stay whole
    breaks: dict[int, Kind] = {}
    for sentence in seams.sentences(text, uncut):
        for start, _ in seams.units(text, sentence, longest=LINE_COLUMNS):
            breaks[start] = Kind.WORD if _is_between_cjk(text, start) else Kind.NONE
        for word in seams.words(text, sentence, uncut):
            breaks[word.start] = word.kind
        breaks[sentence.start] = Kind.SENTENCE
    return breaks


def _is_between_cjk(text: str, place: int) -> bool:
    """Whether a line may end here by the rules of Chinese, Japanese and Korean."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if not before or NOT_FIRST.match(after) or NOT_LAST.match(before):
        return False
    return bool(CJK.match(before) or CJK.match(after))
