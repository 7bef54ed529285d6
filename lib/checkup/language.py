"""Detect English paragraphs: corrections in English words are wrong in other languages."""

import re
from bisect import bisect_right
from itertools import accumulate

from lib.checkup.lists import ENGLISH, OTHERS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SOME_FOREIGN_LETTERS = 2


class English:
    """Judges each paragraph by its words; if they do not decide, the text does, then English."""

    def __init__(self, text: str) -> None:
        paragraphs = text.split("\n")
        self._starts = list(accumulate((len(each) + 1 for each in paragraphs[:-1]), initial=0))
        scores = [_score(each) for each in paragraphs]
        whole = sum(score for score in scores) >= 0
        self._verdicts = [score > 0 if score else whole for score in scores]

    def at(self, position: int) -> bool:
        return self._verdicts[bisect_right(self._starts, position) - 1]


def _score(paragraph: str) -> int:
    """The number of short English words, minus the number of words of other languages."""
    score = 0
    for word in WORD.findall(paragraph):
        small = word.casefold().replace("’", "'")
        if small in ENGLISH:
            score += 1
        elif small in OTHERS or not (small.isascii() or _is_loan(small)):
            score -= 1
    return score


def _is_loan(word: str) -> bool:
    """Whether it has one accent that English keeps, as in "café", "naïve", "façade"."""
    foreign = [letter for letter in word if not letter.isascii() and letter not in "'’"]
    return len(foreign) < SOME_FOREIGN_LETTERS and foreign[:1] in (["é"], ["ï"], ["ç"])
