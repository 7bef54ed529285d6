"""Tell by its letters in which encoding a text was saved that does not say so itself."""

import io
import string
from collections.abc import Collection

import chardet
import regex  # type: ignore[import-untyped]  # letters of every script

WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
WIDE_SAMPLE_BYTES = 100_000
NULLS_AT_LEAST = 3
NO_LETTER = regex.compile(r"[\p{Cn}\ufffd]")
SAMPLE_BYTES = 30_000
# Only these are read to the end: the letters of the rest are far less likely.
TRIED_AT_MOST = 5
# Chardet takes NULs and the like for a picture or a program.
CONTROLS = bytes(set(range(32)) - set(string.whitespace.encode()))
ALPHABETS = [
    rf"\p{{{name}}}" for name in ("Latin", "Cyrillic", "Greek", "Hebrew", "Arabic", "Thai")
]
# What is rare in a text and common in one that is read wrongly: a word of two alphabets, a small
# letter before a capital one ("iPhone" is not meant), a sign or a Chinese letter within a word, a
# control, a frame, a private letter.
ODD = regex.compile(
    "|".join(f"{one}(?=[[{''.join(ALPHABETS)}]--{one}])" for one in ALPHABETS)
    + r"|\p{L}[\p{S}“”--[\x00-\x7f]](?=\p{L})|(?<!\S)”\p{L}|\p{L}[†-•ˆ‰„‚]"
    + r"|[a-z]\p{Han}(?=[a-z])|\p{Ll}(?=[\p{Lu}--[A-Z]])|[\p{Ll}--[a-z]](?=\p{Lu})"
    + r"|[\x80-\x9f─-▟\p{Co}\ufffd]",
    regex.VERSION1,
)
# How much less likely a text is of which each letter is odd, and of which each cannot be read.
ODD_WEIGHT = 1
LOST_WEIGHT = 10
# By far the most old files have this one. It tells where a text has few letters to go by, such as
# the apostrophes of an English one. Measured: more spoils other encodings, less spoils this one.
USUAL = "cp1252"
USUAL_BONUS = 0.12
# A text with none but these has no letters to go by, and they are in other places elsewhere.
USUAL_SIGNS = "‘’“”–—…\xa0".encode(USUAL)


def likeliest(data: bytes, encodings: Collection[str]) -> str:
    """The one of `encodings`, the usual ones first, in which the text makes most sense.

    "" if it makes none in any. Takes about a second for 20 MB.
    """
    sample = _sample(data)
    is_signs = not _letters(sample).translate(None, USUAL_SIGNS)
    if is_signs and USUAL in encodings and not _oddity(sample, USUAL):
        return USUAL
    found = chardet.detect_all(
        sample,
        ignore_threshold=True,
        include_encodings=encodings,
        compat_names=False,
        no_match_encoding=USUAL,
        empty_input_encoding=USUAL,
    )
    sure = {each["encoding"]: each["confidence"] for each in found if each["encoding"]}
    scores = {name: sure[name] - _oddity(sample, name) for name in encodings if name in sure}
    if USUAL in scores:
        scores[USUAL] += USUAL_BONUS / _size(sample)
    best = sorted(scores, key=lambda name: -scores[name])[:TRIED_AT_MOST]
    marks = {}
    for name in best:  # one after the other: five texts of 20 MB are too much at once
        text = data.decode(name, "replace")
        marks[name] = hash(text)
        scores[name] -= _loss(data, text)
        del text
    first = max(best, key=lambda name: scores[name], default="")
    # Many read a text alike: the usual one is said.
    return next((name for name in scores if marks.get(name) == marks.get(first)), first)


def wide(data: bytes) -> str:
    """The encoding if `data` is UTF-16 or UTF-32 without a mark, else ""."""
    sample = data[:WIDE_SAMPLE_BYTES]
    found = chardet.detect(
        sample,
        include_encodings=WIDE,
        compat_names=False,
        no_match_encoding=WIDE[0],
        empty_input_encoding=WIDE[0],
    )
    name = found["encoding"] or _half_nulls(sample)
    if not name:
        return ""
    # A short text may seem to be of either order: letters that are none tell.
    other = name[:-2] + ("be" if name.endswith("le") else "le")
    texts = {each: sample.decode(each, "replace") for each in (name, other)}
    if NO_LETTER.search(texts[name]) and not NO_LETTER.search(texts[other]):
        name = other
    # A few stray NULs in a text of bytes do not make it wide: its lines would be no lines.
    return name if b"\n" not in sample or "\n" in texts[name] else ""


def _half_nulls(data: bytes) -> str:
    """UTF-16 has a NUL beside each plain letter, always before it or always after it."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) or max(even, odd) < NULLS_AT_LEAST:
        return ""
    return "utf-16-le" if odd else "utf-16-be"


def _sample(data: bytes) -> bytes:
    """The first lines that have other than plain English letters."""
    lines, size = [b""], 0  # an empty line first: a text may begin like a picture
    for line in io.BytesIO(data):
        if not line.isascii():
            start = len(line) - len(line.lstrip(string.printable.encode()))
            lines.append(line[max(start - 100, 0) :][:SAMPLE_BYTES].rstrip(b"\r\n"))
            size += len(lines[-1])
            if size >= SAMPLE_BYTES:
                break
    return b"\n".join(lines).translate(None, CONTROLS)


def _oddity(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    return ODD_WEIGHT * len(ODD.findall(text)) / _size(sample)


def _loss(data: bytes, text: str) -> float:
    return ODD_WEIGHT * LOST_WEIGHT * text.count("\N{REPLACEMENT CHARACTER}") / _size(data)


def _size(data: bytes) -> int:
    """How many bytes are not plain English letters and signs; at least 1."""
    return len(_letters(data)) or 1


def _letters(data: bytes) -> bytes:
    """The bytes that are not plain English letters and signs."""
    return data.translate(None, bytes(range(128)))
