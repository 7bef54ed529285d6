"""Long scripts as pieces that one call can speak.

A text that is too long is cut at its strongest seam, and so are the halves, until each fits:
at a blank line before a line's end, before a sentence's; among equals the one whose surrounding
words hash highest. A seam's strength depends on the words around it alone. So a change in one
place moves the cuts near it and no others, the other pieces stay as they are, and what is
recorded of them stays good.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lib.script import seams
from lib.script.measuring import MOOD, Ruler, Size
from lib.script.seams import Kind, Span

MAX_BREAKS = 20  # the service ignores later ones in the same call
GAPS_S = {Kind.BLANK_LINE: 0.5, Kind.LINE: 0.3, Kind.SENTENCE: 0.2}


@dataclass(frozen=True, slots=True)
class Piece:
    """What one call speaks, and the silence after it in seconds, 0 after the last."""

    text: str
    gap_after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    chars: int
    weight: int

    def allow(self, size: Size) -> bool:
        return size.chars <= self.chars and size.weight <= self.weight and size.breaks <= MAX_BREAKS


def split(
    text: str, *, max_chars: int, max_weight: int, each_sentence: bool = False
) -> list[Piece]:
    """Pieces of at most `max_chars` characters, `max_weight` of them weighted, and 20 pauses.

    text: as `clean` gives it; one that fits is one piece, untouched, unless `each_sentence` is to
    be a piece of its own, so that a change costs no more than one sentence. Cuts never go through a
    tag, an IPA span, a grapheme, or a word or number that fits a piece. Blanks around a cut are
    left out, and the mood tag in force, such as "[happy]", is repeated before each piece.

    The limits should leave room for any tag: 300 or more.
    """
    cutter = _Cutter(text, Limits(max_chars, max_weight))
    if not each_sentence and cutter.fits(0, len(text)):
        return [Piece(text)]
    moods = [(match.start(), match[0]) for match in MOOD.finditer(text)]
    if moods:
        room = max(len(mood) for _, mood in moods) + 1
        cutter = _Cutter(text, Limits(max_chars - room, max_weight - room))
    spans = list(cutter.spans(each_sentence=each_sentence))
    gaps_s = [GAPS_S.get(span.kind, 0.0) for span in spans[1:]] + [0.0]
    return [
        Piece(_mood_at(moods, span.start) + text[span.start : span.end], gap_s)
        for span, gap_s in zip(spans, gaps_s, strict=True)
    ]


def _mood_at(moods: Sequence[tuple[int, str]], start: int) -> str:
    """The last mood before `start` and a blank; nothing if the piece begins with its own."""
    index = bisect_left(moods, (start,))
    begins_with_its_own = index < len(moods) and moods[index][0] == start
    return "" if begins_with_its_own or not index else moods[index - 1][1] + " "


class _Cutter:
    def __init__(self, text: str, limits: Limits) -> None:
        self._text = text
        self._limits = limits
        self._ruler = Ruler(text)
        self._uncut = seams.Uncut(text)

    def fits(self, start: int, end: int) -> bool:
        return self._limits.allow(self._ruler.size(start, end))

    def spans(self, *, each_sentence: bool) -> Iterator[Span]:
        """Between sentences; one too long for a piece between words; such a word at the limit."""
        atoms = seams.sentences(self._text, self._uncut)
        for sentences in atoms if each_sentence else self._grouped(atoms):
            if self.fits(sentences.start, sentences.end):
                yield sentences
                continue
            for words in self._grouped(seams.words(self._text, sentences, self._uncut)):
                if self.fits(words.start, words.end):
                    yield words
                else:
                    yield from self._filled(words)

    def _grouped(self, atoms: Sequence[Span]) -> Iterator[Span]:
        """Neighbours together where they fit; one that does not fit alone stays alone."""
        left = [(0, len(atoms))]
        while left:
            first, stop = left.pop()
            start, end = atoms[first].start, atoms[stop - 1].end
            if stop - first == 1 or self.fits(start, end):
                yield atoms[first]._replace(end=end)
            else:
                cut = self._strongest(atoms, first, stop)
                left += (cut, stop), (first, cut)

    def _strongest(self, atoms: Sequence[Span], first: int, stop: int) -> int:
        """The atom to cut before: not near either end, if there is such a one.

        Among equals, as in a text that repeats itself, the one nearest the middle.
        """
        start, end = atoms[first].start, atoms[stop - 1].end
        margin = self._limits.weight // 4
        low = bisect_left(atoms, start + margin, first + 1, stop, key=attrgetter("start"))
        high = bisect_right(atoms, end - margin, first, stop - 1, key=attrgetter("end"))
        if low > high:
            low, high = first + 1, stop - 1
        best = max(atom.strength for atom in atoms[low : high + 1])
        equals = (cut for cut in range(low, high + 1) if atoms[cut].strength == best)
        return min(equals, key=lambda cut: abs(2 * atoms[cut].start - start - end))

    def _filled(self, span: Span) -> Iterator[Span]:
        """Pieces filled to the limit, of what has no seams: a word of 5,000 letters, Thai."""
        longest = min(self._limits.chars, self._limits.weight)
        units = seams.units(self._text, span, longest=longest)
        first, kind = 0, span.kind
        while first < len(units):
            stop = self._first_too_many(units, first)
            yield Span(units[first][0], units[stop - 1][1], kind)
            first, kind = stop, Kind.NONE

    def _first_too_many(self, units: Sequence[tuple[int, int]], first: int) -> int:
        start = units[first][0]
        return bisect_left(units, True, first + 1, key=lambda unit: not self.fits(start, unit[1]))
