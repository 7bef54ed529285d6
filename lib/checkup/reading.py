"""Apply all rules to a text, the most important first."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from lib.checkup import (
    addresses,
    amounts,
    dates,
    fractions,
    markdown,
    markdown_lines,
    markup,
    numbers,
    phones,
    prose,
    romans,
    shortened,
    slashes,
    times,
)
from lib.checkup.finding import Finding, Found
from lib.checkup.language import English
from lib.script.blocks import without_code
from lib.script.language import language_of

ROUNDS = 9
Rule = Callable[[str], Iterator[Found]]

# In order of importance: of two findings that overlap, the one of the earlier rule is kept. True
# stands beside rules whose corrections are English words; the others only remove marks.
RULES: tuple[tuple[Rule, bool], ...] = (
    (markdown_lines.find_blocks, False),
    (markup.find_tags, False),
    (prose.find_placeholders, False),
    (markdown_lines.find_lines, False),
    (markdown.find_inline, False),
    (addresses.find_addresses, True),
    (markup.find_brackets, False),
    (shortened.find_capitals, False),
    (dates.find_dates, True),
    (shortened.find_abbreviations, True),
    (phones.find_phones, True),
    (times.find_times, True),
    (amounts.find_money, True),
    (amounts.find_units, True),
    (amounts.find_percentages, True),
    (fractions.find_fractions, True),
    (romans.find_roman, True),
    (numbers.find_numbers, True),
    (slashes.find_slashes, True),
    (shortened.find_acronyms, True),
    (prose.find_repeated, True),
    (markup.find_emoji, False),
    (markdown_lines.find_line_marks, False),
    (prose.find_long_words, False),
)


def find(text: str, *, known: Iterable[str] = (), language: str | None = None) -> list[Finding]:
    """What may be read aloud in an unintended way, sorted by position, without overlaps.

    text: as typed. known: words of lexicons in any case; they are not reported. language: of the
    whole script, as `language_of` tells it; None to tell it from this text. English words are
    offered only in an English script. The time is proportional to the length of the text.
    """
    if language is None:
        language = language_of(text)
    handled = {_same(word) for word in known}
    taken = _Taken(text, [*markup.reserved(text), *slashes.phonetics(text)])
    english = English(text, whole=language == "en")
    kept = []
    for rule, in_english in RULES:
        for each in rule(text):
            if _same(text[each.start : each.end]) in handled or _same(each.word) in handled:
                continue
            if taken.is_free(each.start, each.end):
                taken.take(each.start, each.end)
                offered = english.at(each.start) or not in_english
                each = each if offered else each._replace(mend=None)
                kept.append(_finding(text, each, language))
    long = prose.find_long_sentences(text, taken.is_free)
    kept += [_finding(text, each, language) for each in long]
    return sorted(kept, key=lambda finding: finding.start)


def mended(text: str, language: str | None = None) -> str:
    """The text with all offered corrections applied, and those that they uncover.

    Once its fences are gone, code looks like other words: with code in it there is one round.
    language: as for `find`.
    """
    if language is None:
        language = language_of(text)
    for _ in range(ROUNDS):
        before, text = text, _mended_once(text, language)
        if text == before or without_code(before) != before:
            break
    return text


def _mended_once(text: str, language: str) -> str:
    words: list[str] = []
    end = 0
    for finding in find(text, language=language):
        if finding.mend is not None:
            words += text[end : finding.start], finding.mend
            end = finding.end
    return "".join([*words, text[end:]])


class _Taken:
    """The characters that a finding covers."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._marks = bytearray(len(text))
        for start, end in spans:
            self.take(start, end)

    def is_free(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        self._marks[start:end] = b"\1" * (end - start)


def _finding(text: str, each: Found, language: str) -> Finding:
    said = text[each.start : each.end]
    mend = each.mend
    if mend is not None and each.inside is not None:
        mend = mended(each.inside, language)
    return Finding(each.start, each.end, each.kind, said, each.message, mend)


def _same(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().rstrip(".") if word else "."
