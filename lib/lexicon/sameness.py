"""What counts as the same sign when a word is looked for: Word and web pages write it in many ways.

"O’Brien" with a curly apostrophe is "O'Brien", "New York" may have a no-break blank or stand at
the end of a line, and "Kubernetes" may hide a soft hyphen.
"""

import unicodedata
from collections.abc import Sequence

import regex  # type: ignore[import-untyped]

from lib.script.cleaning import UNSEEN

SAME = {
    **dict.fromkeys("’‘‛ʼʹ＇`´′", "'"),
    **dict.fromkeys("‐‑‒﹣－\u00ad", "-"),  # a soft hyphen is dropped before
    **dict.fromkeys("\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
    **dict.fromkeys("\u200a\u202f\u205f\u3000", " "),
}
ONE_FOR_ONE = str.maketrans(SAME)
# A line break is a blank, a blank line is none: nobody wraps a word over it.
UNSEEN_OR_BLANK = rf"[\s{UNSEEN.pattern[1:-1]}]"
OTHER_LENGTH = regex.compile(rf"{UNSEEN_OR_BLANK}{{2,}}+|\n|{UNSEEN.pattern}")


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Plain:
    """A composed text (NFC) with one sign for all that are the same.

    origins: for each position in `text`, and its end, the position in the composed text.
    """

    def __init__(self, typed: str) -> None:
        pieces: list[str] = []
        origins: list[int] = []
        begin = 0
        for match in OTHER_LENGTH.finditer(typed):
            sign = _sign(match[0])
            if sign == match[0]:
                continue
            pieces += typed[begin : match.start()], sign
            origins += [
                *range(begin, match.start()),
                *range(match.start(), match.start() + len(sign)),
            ]
            begin = match.end()
        self.text = "".join([*pieces, typed[begin:]]).translate(ONE_FOR_ONE)
        rest = range(begin, len(typed) + 1)
        self.origins: Sequence[int] = [*origins, *rest] if pieces else rest


def same(word: str) -> str:
    """The word with one sign for all that are the same; letters keep their case."""
    return Plain(composed(word)).text


def _sign(found: str) -> str:
    """What stands for it: nothing for what nobody sees, one blank for several."""
    blanks = UNSEEN.sub("", found)
    if blanks.count("\n") > 1:
        return "\n\n"
    return " " if blanks else ""
