"""Tell where a text is English: corrections in English words are wrong in other languages."""

from bisect import bisect_right
from itertools import accumulate

from lib.script.language import counts, is_surely_other

TELLS_CHARS = 25  # a shorter paragraph without frequent words is as the whole


class English:
    """Whether each paragraph is English, in a text that is English as a whole.

    A language belongs to a whole script: in another one, or where it is not certain, no paragraph
    is English, even if its own few words would be.
    """

    def __init__(self, text: str, *, whole: bool) -> None:
        paragraphs = text.split("\n") if whole else []
        self._starts = list(accumulate((len(each) + 1 for each in paragraphs[:-1]), initial=0))
        self._verdicts = [_is_english(each) for each in paragraphs]

    def at(self, position: int) -> bool:
        if not self._verdicts:
            return False
        return self._verdicts[bisect_right(self._starts, position) - 1]


def _is_english(paragraph: str) -> bool:
    english, other = counts(paragraph)
    if english or other:
        return english > other
    return len(paragraph) < TELLS_CHARS or not is_surely_other(paragraph)
