"""Split long scripts into pieces that one call can speak.

A text that is too long is cut at its strongest seam, and so are its parts, until all fit. A blank
line is stronger than a line break, and this is stronger than a sentence end. Of equal seams, the
one whose surrounding words have the highest hash is the strongest. So strength depends only on
the words nearby: a change moves only the cuts near it, and other recordings can be used again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from lib.script import seams
from lib.script.measuring import MOOD, Ruler, Size, size_of
from lib.script.seams import Kind, Span

MAX_BREAKS = 20  # the service ignores later ones in the same call
GAPS_S = {Kind.BLANK_LINE: 0.5, Kind.LINE: 0.3, Kind.SENTENCE: 0.2}


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one call, and the silence after it in seconds; 0 after the last piece."""

    text: str
    gap_after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    chars: int
    weight: int

    def allow(self, size: Size) -> bool:
        return size.chars <= self.chars and size.weight <= self.weight and size.breaks <= MAX_BREAKS


def fits(text: str, *, max_chars: int, max_weight: int) -> bool:
    """Whether `split` leaves the text whole."""
    return Limits(max_chars, max_weight).allow(size_of(text))


def split(
    text: str, *, max_chars: int, max_weight: int, each_sentence: bool = False, language: str = ""
) -> list[Piece]:
    """Pieces of at most `max_chars` characters, a weight of `max_weight`, and 20 pause tags.

    text: as `clean` returns it. A text that fits is one unchanged piece. With `each_sentence`
    every sentence is a piece, so that a change costs only one sentence. Cuts never go through a
    tag, an IPA span, a grapheme, or a word or number that fits in a piece. Blanks around a cut are
    dropped, and the current mood tag, such as "[happy]", is repeated before each piece.

    Both limits should be 300 or more, to leave room for any tag. language: the code of the whole
    script's language, by which sentences end; "" if it is not certain.
    """
    cutter = _Cutter(text, Limits(max_chars, max_weight), language)
    if not each_sentence and cutter.fits(0, len(text)):
        return [Piece(text)]
    moods = [(match.start(), match[0]) for match in MOOD.finditer(text)]
    if moods:
        room = max(len(mood) for _, mood in moods) + 1
        cutter = _Cutter(text, Limits(max_chars - room, max_weight - room), language)
    spans = list(cutter.spans(each_sentence=each_sentence))
    gaps_s = [GAPS_S.get(span.kind, 0.0) for span in spans[1:]] + [0.0]
    return [
        Piece(_mood_at(moods, span.start) + text[span.start : span.end], gap_s)
        for span, gap_s in zip(spans, gaps_s, strict=True)
    ]


def _mood_at(moods: Sequence[tuple[int, str]], start: int) -> str:
    """The last mood tag before `start`, and a blank; "" if the piece begins with a mood tag."""
    index = bisect_left(moods, (start,))
    begins_with_its_own = index < len(moods) and moods[index][0] == start
    return "" if begins_with_its_own or not index else moods[index - 1][1] + " "


class _Cutter:
    def __init__(self, text: str, limits: Limits, language: str) -> None:
        self._text = text
        self._limits = limits
        self._language = language
        self._ruler = Ruler(text)
        self._uncut = seams.Uncut(text)

    def fits(self, start: int, end: int) -> bool:
        return self._limits.allow(self._ruler.size(start, end))

    def spans(self, *, each_sentence: bool) -> Iterator[Span]:
        """Cut between sentences; inside a too long one between words; a too long word anywhere."""
        atoms = seams.sentences(self._text, self._uncut, self._language)
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
        """Join neighbours as far as they fit; an atom that is too long stays alone."""
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
        """The atom to cut before: the strongest seam, away from both ends if possible.

        Of equal ones, as in a text that repeats itself, the one nearest the middle.
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
        """Pieces filled to the limit, for text without seams: a word of 5,000 letters, Thai."""
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
