"""Texts whose letters were spoilt before they came here: put together, or encoded twice."""

import io
from collections.abc import Callable
from itertools import islice

import ftfy
from ftfy.badness import BADNESS_RE

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
# A text may have a few broken bytes for each of which it has this many other letters.
LETTERS_A_BROKEN_ONE = 10
SIGNS_LOOKED_AT = 1000
WORD_MAX_CHARS = 40


def mixed(data: bytes, likeliest: Callable[[bytes], str]) -> tuple[str, list[int], str] | None:
    """UTF-8 with broken bytes, or with lines from another file: text, those lines, their encoding.

    likeliest: tells the old encoding of bytes. None if the whole is more likely in an old one.
    Broken bytes that are no line of another encoding become replacement characters.
    """
    old = {}
    letters = broken = 0
    for number, line in enumerate(io.BytesIO(data), 1):
        if line.isascii():
            continue
        text = line.decode("utf-8", "replace")
        lost = text.count(UNREADABLE)
        whole = _letters(text) - lost
        if lost and not whole:
            old[number] = line
        letters += whole
        broken += lost if whole else 0
    if letters <= LETTERS_A_BROKEN_ONE * broken or not letters:
        return None
    apart = b"".join(old.values())
    encoding = likeliest(apart) if apart else ""
    read = {number: line.decode(encoding, "replace") for number, line in old.items()}
    # A broken byte alone is no word of any language.
    if sum(char.isalpha() for text in read.values() for char in text) < 2:
        read = {}
    elif letters <= sum(byte > 127 for byte in apart):
        return None
    lines = (
        read.get(number) or line.decode("utf-8", "replace")
        for number, line in enumerate(io.BytesIO(data), 1)
    )
    return "".join(lines), list(read), encoding


def _letters(text: str) -> int:
    """How many characters are not plain English letters and signs."""
    return len(text) - len(text.encode("ascii", "ignore"))


def spoiled(text: str) -> str:
    """A note if letters look as if UTF-8 had been taken for another encoding and saved so."""
    if text.isascii():
        return ""
    for sign in islice(BADNESS_RE.finditer(text), SIGNS_LOOKED_AT):
        start, end = sign.span()
        before = text[max(start - WORD_MAX_CHARS, 0) : start].split(" ")[-1].split("\n")[-1]
        after = text[end : end + WORD_MAX_CHARS].split()[:1]
        word = (
            before + text[start:end] + "".join(after if not text[end : end + 1].isspace() else ())
        )
        if (meant := ftfy.fix_encoding(word)) != word:
            return (
                "Some letters look as if they were saved in the wrong way: "
                f"“{word.strip()}” in line {text.count(chr(10), 0, start) + 1} may stand for "
                f"“{meant.strip()}”. Put them right before you record."
            )
    return ""
