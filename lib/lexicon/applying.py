"""Replace the words of a lexicon in a text that is sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from typing import NamedTuple

import regex  # type: ignore[import-untyped]

from lib.lexicon.entry import Entry
from lib.lexicon.sameness import Plain, composed, same
from lib.script.seams import JOINED_ON, Uncut

# In scripts without blanks between words, and in Korean, which joins particles to words, a word
# may begin and end anywhere. A run of Katakana is a word, as in Unicode's word boundaries.
FREE = r"\p{LB=SA}\p{Han}\p{Hiragana}\p{Bopomofo}\p{Yi}\p{Hangul}"
KATAKANA = r"[\p{Katakana}ー]"
SPACED = rf"[[\w\p{{N}}\u00ad]--[{FREE}{KATAKANA}]]"
WITHIN_WORD = regex.compile(rf"(?V1){SPACED}{{2}}|{KATAKANA}{{2}}")
# Text that needs a blank before it: "5€" becomes "5 euro", and phonetics need blanks around them.
RUN_TOGETHER = regex.compile(rf"{WITHIN_WORD.pattern}|{SPACED}/|/{SPACED}")
ZERO_WIDTH_JOINER = "\u200d"


class Applied(NamedTuple):
    """text: the text to send. used: the entries that changed it, each once, in order of use."""

    text: str
    used: tuple[Entry, ...] = ()


class Lexicon:
    """Entries prepared for many texts. Their order does not matter.

    If several entries match, the longest is taken; of equally long ones, first one that matches
    case, then one for whole words. A replacement is not searched again.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_key: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=_rank):
            key = same(entry.word).casefold()
            if key.strip():
                by_key.setdefault(key, []).append(entry)
        self._candidates = {key: _candidates(key, by_key) for key in by_key}
        self._keys = re.compile(_alternatives(sorted(by_key)), re.DOTALL) if by_key else None

    def apply(self, text: str) -> Applied:
        """The text with its words replaced, in composed form (NFC); unchanged if no word matched.

        Tags, pause marks and phonetic spans, as the splitter defines them, are replaced as a whole
        or not at all. The time is proportional to the length of the text.
        """
        if self._keys is None:
            return Applied(text)
        place = _Place(text)
        sent: list[str] = []
        used: dict[Entry, None] = {}
        kept_until = position = 0
        while found := self._keys.search(place.folded, position):
            chosen = self._chosen(found, place)
            if chosen is None:
                position = found.start() + 1
                continue
            entry, start, end, position = chosen
            around = place.around(found.start(), position)
            sent += place.text[kept_until:start], _said(entry, *around)
            used[entry] = None
            kept_until = end
        if not used:
            return Applied(text)
        return Applied("".join([*sent, place.text[kept_until:]]), tuple(used))

    def _chosen(self, found: re.Match[str], place: "_Place") -> tuple[Entry, int, int, int] | None:
        """(entry, start, end, end in the folded text) of the replacement; None if none fits."""
        everywhere, in_words = self._candidates[found[0]]
        start = place.origin(found.start())
        if start < 0 or place.joined(start):
            return None
        for candidate in in_words if place.within_word(found.start()) else everywhere:
            folded_end = found.start() + candidate.size
            end = place.origin(folded_end)
            if end < 0 or place.joined(end):
                continue
            if candidate.entry.whole_word and place.within_word(folded_end):
                continue
            spelled = place.spelled(found.start(), folded_end)
            if not candidate.entry.match_case or spelled == candidate.word:
                return candidate.entry, start, end, folded_end
        return None


def apply(text: str, entries: Iterable[Entry]) -> Applied:
    """The same as `Lexicon(entries).apply(text)`; the last few lexicons are cached.

    entries: for many texts pass the same frozenset, whose hash is known, or use a Lexicon.
    """
    return _lexicon(frozenset(entries)).apply(text)


@lru_cache(maxsize=16)
def _lexicon(entries: frozenset[Entry]) -> Lexicon:
    return Lexicon(entries)


class _Candidate(NamedTuple):
    """size: the length of its folded word. word: as `same` gives it, not folded."""

    size: int
    word: str
    entry: Entry


def _candidates(
    key: str, by_key: Mapping[str, Sequence[Entry]]
) -> tuple[list[_Candidate], list[_Candidate]]:
    """The entries that may match where `key` was found: its own, then those of its beginnings.

    Returns (all of them, those that may begin inside a word).
    """
    everywhere = [
        _Candidate(size, same(entry.word), entry)
        for size in range(len(key), 0, -1)
        for entry in by_key.get(key[:size], ())
    ]
    return everywhere, [each for each in everywhere if not each.entry.whole_word]


class _Place:
    """A text to search in: as it is, and case-folded with one sign for all that are the same.

    origins: for each position in the folded text the one in the text; -1 inside a letter like "ß".
    """

    def __init__(self, text: str) -> None:
        self.text = composed(text)
        self._plain = Plain(self.text)
        self.folded = self._plain.text.casefold()
        self._unfolded: Sequence[int] = range(len(self.folded) + 1)
        if len(self.folded) > len(self._plain.text):
            self._unfolded = _origins(self._plain.text)
        self._uncut = Uncut(self.text)

    def origin(self, folded: int) -> int:
        """The position in the text of one in the folded text; -1 inside a letter."""
        place = self._unfolded[folded]
        return place if place < 0 else self._plain.origins[place]

    def spelled(self, start: int, end: int) -> str:
        """The letters, in their case, of a part of the folded text."""
        return self._plain.text[self._unfolded[start] : self._unfolded[end]]

    def around(self, start: int, end: int) -> tuple[str, str]:
        """The signs before and after a part of the folded text; "" at the ends."""
        first, last = self._unfolded[start], self._unfolded[end]
        return self._plain.text[max(0, first - 1) : first], self._plain.text[last : last + 1]

    def within_word(self, folded: int) -> bool:
        """Whether a word goes on over this position of the folded text; it is not in a letter."""
        place = self._unfolded[folded]
        return place > 0 and WITHIN_WORD.match(self._plain.text, place - 1) is not None

    def joined(self, position: int) -> bool:
        """Whether a cut here would split a letter from its accents, or go through a tag."""
        return (
            JOINED_ON.match(self.text, position) is not None
            or self.text[max(0, position - 1) : position] == ZERO_WIDTH_JOINER
            or self._uncut.holds(position)
        )


def _origins(text: str) -> list[int]:
    origins = []
    for position, letter in enumerate(text):
        origins += [position] + [-1] * (len(letter.casefold()) - 1)
    return [*origins, len(text)]


def _said(entry: Entry, before: str, after: str) -> str:
    """The replacement, with blanks where it would run into the signs around it."""
    say_as = entry.say_as
    if not (entry.whole_word and say_as):
        return say_as
    first = " " * bool(RUN_TOGETHER.fullmatch(before + say_as[0]))
    last = " " * bool(RUN_TOGETHER.fullmatch(say_as[-1] + after))
    return f"{first}{say_as}{last}"


def _rank(entry: Entry) -> tuple[object, ...]:
    return (not entry.match_case, not entry.whole_word, entry.word, entry.say_as, entry.note)


def _alternatives(keys: Sequence[str]) -> str:
    """A pattern for the longest of the sorted `keys`, with common beginnings written once.

    A plain alternation tries each key at each letter: 10 s for half a million letters.
    """
    branches = []
    for _, group in groupby(filter(None, keys), itemgetter(0)):
        alike = list(group)
        shared = commonprefix(alike)  # noqa: RUF071  # letters are what is compared here
        branches.append(re.escape(shared) + _alternatives([key[len(shared) :] for key in alike]))
    pattern = "|".join(branches)
    if not keys[0]:
        return f"(?:{pattern})?" if branches else ""
    return pattern if len(branches) == 1 else f"(?:{pattern})"
