"""Read the lines of SRT and WebVTT as cues, also where a tool wrote them in its own way.

Lines are read here, not by a library: webvtt-py, srt and pysubs2 drop or mix up a cue with an odd
line, and none says which. Source: W3C, WebVTT, 2019-04-04, section 6.1; SRT has no standard.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lib.intake.captions.cue_times import Times, is_heading, is_one_time, lines_of, number_in, times

# Blocks of lines in WebVTT that are no words.
UNSAID = re.compile(r"(?:(?P<comment>NOTE)|STYLE|REGION|WEBVTT)(?=\s|$)|X-TIMESTAMP-MAP")
# Webex has the speaker in the name of a cue: 3 "Ann Lee" (1234567).
NAMED_CUE = re.compile(r'\d{1,9} "(?P<name>[^"<>]{1,100})"(?: \(\d{1,20}\))?')


@dataclass(frozen=True, slots=True)
class Cue:
    """number: from 1, in the order of the file; line: the line with its times, from 1.

    start_ms, end_ms: None if they cannot be read. text: its lines, with tags.
    """

    number: int
    line: int
    start_ms: int | None
    end_ms: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Cues:
    """above: (number from 1, line) of lines above a cue's times that are not words of a cue.

    comments: how many there are (NOTE).
    """

    cues: tuple[Cue, ...]
    above: tuple[tuple[int, str], ...]
    comments: int


def read(text: str) -> Cues:
    """All cues, with the words of each; none if no line has times that can be read."""
    lines = lines_of(text)
    found = times(lines)
    if all(one.start_ms is None for one in found):
        return Cues((), (), 0)
    return _Reader(lines, found, is_webvtt=is_heading(text)).read()


class _Reader:
    def __init__(self, lines: list[str], found: list[Times], *, is_webvtt: bool) -> None:
        self._lines = lines
        self._times = found
        self._is_webvtt = is_webvtt
        # In WebVTT a cue may have a name instead of a number; SRT has numbers, or nothing.
        self._has_names = is_webvtt or all(
            one.line == 0 or number_in(lines[one.line - 1]) is None for one in found
        )
        self._is_spaced = False  # whether a blank line parts numbers from times
        self._next: set[int] = set()  # the numbers that the next cue may be expected to have
        self._above: list[tuple[int, str]] = []
        self._comments = 0

    def read(self) -> Cues:
        """All cues in their order, with what stands above their times."""
        self._read_above()
        ends = [one.line for one in self._times[1:]] + [len(self._lines)]
        cues: list[Cue] = []
        for one, end in zip(self._times, ends, strict=True):
            expected = max(self._next, default=None)
            places = self._words(range(one.line + 1, end))
            timeless = self._timeless(places, expected, is_last=end == len(self._lines))
            for begin, inside in self._parted(one, places, timeless):
                said = filter(
                    None,
                    [self._voice(begin), begin.rest, *(self._lines[place] for place in inside)],
                )
                text = "\n".join(said)
                line = begin.line + 1
                cues.append(Cue(len(cues) + 1, line, begin.start_ms, begin.end_ms, text))
        return Cues(tuple(cues), tuple(self._above), self._comments)

    def _voice(self, one: Times) -> str:
        """A voice span, if the name above the times is that of a speaker."""
        named = NAMED_CUE.fullmatch(self._lines[one.line - 1]) if one.line else None
        return f"<v {named['name']}>" if named and self._is_webvtt else ""

    def _timeless(self, places: list[int], number: int | None, *, is_last: bool) -> list[int]:
        """The places of the numbers of cues that have no line with times.

        They follow a blank line and the number before, and the next cue's number follows them.
        """
        found = []
        for place in places[1:]:
            is_next = number is not None and number_in(self._lines[place]) == number
            if is_next and not self._lines[place - 1]:
                found.append(place)
                number = (number or 0) + 1
        return found if is_last or number is None or number + 1 in self._next else []

    def _parted(
        self, one: Times, places: list[int], numbers: list[int]
    ) -> Iterator[tuple[Times, list[int]]]:
        """The words of a cue, and of each after it that has a number and no line with times."""
        cuts = [0, *(bisect_left(places, number) for number in numbers), len(places)]
        yield one, places[: cuts[1]]
        for number, (begin, end) in zip(numbers, pairwise(cuts[1:]), strict=True):
            words = places[begin + 1 : end]
            yield Times(number), [each for each in words if not is_one_time(self._lines[each])]

    def _read_above(self) -> None:
        places = range(self._after_heading(), self._times[0].line)
        words = range(places.start, self._cut(places, is_first=True))
        self._above += [(place + 1, self._lines[place]) for place in self._said(words)]

    def _words(self, places: range) -> list[int]:
        """The places of the words between the times of a cue and those of the next."""
        if places.stop < len(self._lines):
            return self._said(range(places.start, self._cut(places)))
        last = self._last(places)
        if last is None or last == places.start or self._lines[last - 1]:
            return self._said(places)
        # A number after the last words is that of a caption that is not there.
        is_number = number_in(self._lines[last]) in self._next
        return self._said(range(places.start, last) if is_number else places)

    def _after_heading(self) -> int:
        """Where the lines begin that follow the heading of WebVTT and what belongs to it."""
        if not self._is_webvtt:
            return 0
        heading = next(place for place, line in enumerate(self._lines) if line)
        first = self._times[0].line
        places = range(heading, first)
        return next((place for place in places if not self._lines[place]), heading + 1)

    def _cut(self, places: range, *, is_first: bool = False) -> int:
        """The end of the words in these lines: the next cue's number or name is after it.

        A number is one if it stands as usual, between a blank line and the times, or if it is
        the one that comes next. All others are words, such as those of a countdown.
        """
        place = self._last(places)
        number = None if place is None else number_in(self._lines[place])
        is_after_blank = place is not None and (
            not self._lines[place - 1] if place > places.start else is_first
        )
        is_at_times = place == places.stop - 1
        if place is None or (number is None and not (is_after_blank and is_at_times)):
            return self._without_number(places.stop)
        if number is None:
            if not self._has_names:
                return self._without_number(places.stop)
            if not self._is_webvtt:
                self._above.append((place + 1, self._lines[place]))
            return self._without_number(place)
        if is_first:
            self._is_spaced = not is_at_times
        is_usual = is_first or (is_after_blank and (is_at_times or self._is_spaced))
        is_expected = number in self._next and (place > places.start or is_at_times)
        if not is_usual and not is_expected:
            return self._without_number(places.stop)
        self._next = {number + 1}
        return place

    def _last(self, places: range) -> int | None:
        return next((place for place in reversed(places) if self._lines[place]), None)

    def _without_number(self, end: int) -> int:
        self._next |= {number + 1 for number in self._next}
        # Only two are worth knowing: with the cues that have no number counted, and without.
        self._next = {min(self._next), max(self._next)} if self._next else set()
        return end

    def _said(self, places: range) -> list[int]:
        """The places that are not blank; in WebVTT without the blocks that are no words."""
        found: list[int] = []
        blanks = [place for place in places if not self._lines[place]]
        for before, after in pairwise([places.start - 1, *blanks, places.stop]):
            block = range(before + 1, after)
            # What follows its times without a blank line is said, also "NOTE it down".
            can_be_unsaid = self._is_webvtt and block and before != places.start - 1
            if can_be_unsaid and (unsaid := UNSAID.match(self._lines[block[0]])):
                self._comments += bool(unsaid["comment"])
            else:
                found += block
        return found
