"""Find slips of the writer: placeholders, repeated words, very long words and sentences."""

import re
from collections.abc import Callable, Iterator

from lib.checkup.finding import Found, found
from lib.checkup.lists import TAG_NAMES
from lib.checkup.markup import TAG

PLACEHOLDER = re.compile(
    r"\$?\{\{?[^{}\n]{1,60}\}?\}|(?<![\w%])%\([\w ]{1,40}\)s|(?<!\w)_{3,200}(?!\w)"
    r"|(?<!\w)(?:X{3,40}|TODO|FIXME|TKTK)(?!\w)|(?i:\blorem ipsum\b)"
)

# English words that are never right twice in a row.
REPEATED = re.compile(
    r"(?<![\w'’-])(?P<word>the|a|an|of|and|for|with|at|are|from|your|our|this|my|their|if|or|by)"
    r"[ \u00a0\t]{0,3}(?:\n|[ \u00a0\t])(?P<again>(?P=word))(?![\w'’-])",
    re.IGNORECASE,
)

# Only letters of alphabets that put blanks between words.
LONG_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z\u00c0-\u052f]{41,}")

# A stop inside a word or number ends no sentence, nor does a line break before a small letter.
SENTENCE = re.compile(r"(?:[^.!?…。！？।؟\n]|\.(?=[^\s\"'”’)])|\n(?=[a-z]))+")
SENTENCE_MAX_CHARS = 350
SHOWN_CHARS = 60
WORD = re.compile(r"\S{1,60}")


def find_placeholders(text: str) -> Iterator[Found]:
    message = "This looks as if it is still to be filled in."
    for match in PLACEHOLDER.finditer(text):
        yield found(match, "placeholder", message)
    for match in TAG.finditer(text):
        if match["name"].casefold() not in TAG_NAMES:
            yield found(match, "placeholder", message)


def find_repeated(text: str) -> Iterator[Found]:
    for match in REPEATED.finditer(text):
        word, again = match["word"], match["again"]
        # "The band by the The", "vitamin A a day", "Salem, OR or": a capital tells another word.
        certain = again == again.lower() and word[1:] == again[1:] and word != "A"
        yield found(match, "repeated", f"“{word}” stands here twice.", word if certain else None)


def find_long_words(text: str) -> Iterator[Found]:
    for match in LONG_WORD.finditer(text):
        yield found(match, "word", f"This word has {len(match[0])} letters. Is it one?")


def find_long_sentences(text: str, is_free: Callable[[int, int], bool]) -> Iterator[Found]:
    """Long sentences, each marked at its first words that no other finding covers."""
    for match in SENTENCE.finditer(text):
        length = len(match[0].strip())
        if length <= SENTENCE_MAX_CHARS:
            continue
        message = f"A long sentence: {length} characters. Shorter ones sound better."
        if span := _first_free(match, is_free):
            yield Found(*span, "sentence", message)


def _first_free(
    sentence: re.Match[str], is_free: Callable[[int, int], bool]
) -> tuple[int, int] | None:
    """Start and end of the first words that are free, at most 60 characters."""
    start = end = 0
    for word in WORD.finditer(sentence[0]):
        first, last = sentence.start() + word.start(), sentence.start() + word.end()
        if end and (last - start > SHOWN_CHARS or not is_free(end, last)):
            break
        if end:
            end = last
        elif is_free(first, last):
            start, end = first, last
    return (start, end) if end else None
