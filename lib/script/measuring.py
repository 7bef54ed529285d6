"""Find markup in a script, and measure a text: characters, the service's weight, length in s."""

import math
import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from lib.script import pauses

CHARS_PER_SECOND = 15  # half a million characters are about nine hours
BREAK_WEIGHT_PER_SECOND = 12
BREAK_MAX_S = 10.0  # the service's longest pause
CJK_EXTRA_WEIGHT = 2

# Every repetition is bounded: without a bound, a long run of blanks would take minutes.
BREAK = re.compile(
    r"""<break\s{1,9}time\s{0,9}=\s{0,9}["']?(?P<number>\d{1,9}\.?\d{0,9}|\.\d{1,9})(?P<unit>ms|s)"""
    r"""["']?\s{0,9}/?>""",
    re.IGNORECASE | re.ASCII,
)
MOOD = re.compile(
    r"\[(?:happy|sad|angry|surprised|fearful|disgusted|laughing|whispering)\]", re.IGNORECASE
)
SOUND = re.compile(r"\[(?:breathe|clear_throat|cough|laugh|sigh|yawn)\]", re.IGNORECASE)
# Han, kana, Bopomofo and Hangul, in which a character is a syllable or a word.
CJK = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3041-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)


class Size(NamedTuple):
    """chars: code points. weight: counted as the service's splitter does. breaks: pause tags."""

    chars: int
    weight: int
    breaks: int


class Ruler:
    """Measures any span of one text; the text is read only once."""

    def __init__(self, text: str) -> None:
        pauses = list(BREAK.finditer(text))
        self._pauses = [pause.start() for pause in pauses]
        self._pause_weights = list(accumulate(map(_extra_weight, pauses), initial=0))
        self._cjk = [] if text.isascii() else [match.start() for match in CJK.finditer(text)]

    def size(self, start: int, end: int) -> Size:
        """A pause tag has a weight of 12 per second (not of its characters), a CJK character 3."""
        chars = end - start
        first, stop = bisect_left(self._pauses, start), bisect_left(self._pauses, end)
        pauses = self._pause_weights[stop] - self._pause_weights[first]
        cjk = bisect_left(self._cjk, end) - bisect_left(self._cjk, start)
        return Size(chars, chars + pauses + CJK_EXTRA_WEIGHT * cjk, stop - first)


def size_of(text: str) -> Size:
    return Ruler(text).size(0, len(text))


def without_markup(text: str) -> str:
    """The spoken words of a text, without tags for pauses, moods and sounds."""
    for markup in (BREAK, MOOD, SOUND, pauses.MARK):
        text = markup.sub(" ", text)
    return text


def expected_length_s(text: str) -> float:
    """An estimate of the spoken length in seconds; voices differ by about a third."""
    pauses_s = sum(map(_seconds, BREAK.finditer(text)))
    pauses_s += sum(stretch.pause_s or 0.0 for stretch in pauses.stretches(text))
    return size_of(without_markup(text)).weight / CHARS_PER_SECOND + pauses_s


def _seconds(pause: re.Match[str]) -> float:
    number = float(pause["number"])
    return min(BREAK_MAX_S, number / 1000 if pause["unit"].lower() == "ms" else number)


def _extra_weight(pause: re.Match[str]) -> int:
    return math.ceil(_seconds(pause) * BREAK_WEIGHT_PER_SECOND) - len(pause[0])
