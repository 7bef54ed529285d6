"""The piece of a text in which a search found its words."""

import unicodedata

import regex  # type: ignore[import-untyped]  # letters of every script

PIECE_CHARS, BEFORE_CHARS = 200, 16
# Letters without their accents, one for one, so that each place in the text stays what it is.
PLAIN = {
    code: unicodedata.normalize("NFD", chr(code))[0]
    for code in (*range(0x00C0, 0x0250), *range(0x0370, 0x0530), *range(0x1E00, 0x2000))
}


def around(text: str, words: str) -> str | None:
    """The piece with the first of these words, on one line; None if none is there.

    As the search does, it ignores case and accents, and takes the beginning of a word.
    """
    wanted = "|".join(regex.escape(word) for word in words.translate(PLAIN).split())
    found = regex.search(rf"(?i)(?<![\p{{L}}\p{{N}}])(?:{wanted})", text.translate(PLAIN))
    if not wanted or not found:
        return None
    if found.start() <= BEFORE_CHARS:
        return _one_line(text, 0)
    start = found.start() - BEFORE_CHARS
    at_word = text.find(" ", start, found.start())
    return "…" + _one_line(text, start if at_word < 0 else at_word + 1)


def _one_line(text: str, start: int) -> str:
    return " ".join(text[start : start + 2 * PIECE_CHARS].split())[:PIECE_CHARS]
