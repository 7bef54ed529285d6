"""Kept libraries that find where sentences end, on the same texts.

    pip install pysbd spacy yasbd-lib
    python -m tests.bench.splitters [-v]      with what goes wrong, as it was split

sentencex is the one in use: by itself, and as lib.script.seams uses it. What is not installed is
left out, and said so. A text of sentences.txt is right if every one of its boundaries is found and
no other. Speed is that of English paragraphs.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from lib.script import seams
from tests.bench.measuring import Figure, main, say

TIMES, ROUNDS = 40, 5

Splitter = Callable[[str, str], Iterable[str]]


def ours(language: str, text: str) -> Iterator[str]:
    for span in seams.sentences(text, seams.Uncut(text), language):
        yield text[span.start : span.end]


def by_sentencex(language: str, text: str) -> Iterable[str]:
    import sentencex

    return list(sentencex.segment(language, text))


def by_pysbd(language: str, text: str) -> Iterable[str]:
    import pysbd

    known = language if language in pysbd.languages.LANGUAGE_CODES else "en"
    return list(pysbd.Segmenter(language=known, clean=False).segment(text))


def by_spacy(language: str, text: str) -> Iterable[str]:
    import spacy

    if language not in _pipelines:
        try:
            pipeline = spacy.blank(language)
        except ImportError:  # some languages want a dictionary of their own
            pipeline = spacy.blank("xx")
        pipeline.add_pipe("sentencizer")
        _pipelines[language] = pipeline
    return [span.text for span in _pipelines[language](text).sents]


def by_yasbd(language: str, text: str) -> Iterable[str]:
    import yasbd

    if language not in _detectors:
        known = language if language in yasbd.get_supported_langs() else "en"
        _detectors[language] = yasbd.BoundaryDetector(known)
    return list(_detectors[language].segment(text))


_pipelines: dict[str, Any] = {}
_detectors: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Candidate:
    """released: the newest version's month, when this was written in November 2026."""

    name: str
    package: str
    module: str
    split: Splitter
    released: str


CANDIDATES = (
    Candidate("as we use it", "sentencex", "sentencex", ours, "2026-09"),
    Candidate("sentencex", "sentencex", "sentencex", by_sentencex, "2026-09"),
    Candidate("yasbd", "yasbd-lib", "yasbd", by_yasbd, "2026-10"),
    Candidate("spaCy sentencizer", "spacy", "spacy", by_spacy, "2026-10"),
    Candidate("pysbd", "pysbd", "pysbd", by_pysbd, "2021-02"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """ends: of its sentences but the last, in characters that are no blanks."""

    language: str
    whole: str
    ends: frozenset[int]


def texts() -> list[Text]:
    lines = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
    return [_text(*line.split(": ", 1)) for line in lines if not line.startswith("#")]


def _text(language: str, marked: str) -> Text:
    sentences = marked.replace("\\n", "\n").split("|")
    blank = "" if language in ("zh", "ja") else " "
    whole = blank.join(sentences).replace("\n ", "\n").replace(" \n", "\n")
    return Text(language, whole, _ends(sentences))


def _ends(sentences: Iterable[str]) -> frozenset[int]:
    """Counted without blanks, which splitters treat differently."""
    ends, seen = [], 0
    for sentence in sentences:
        seen += len(_letters(sentence))
        ends.append(seen)
    return frozenset(ends[:-1])


def _letters(text: str) -> str:
    return "".join(text.split())


def quality(split: Splitter, known: list[Text]) -> tuple[int, float, int]:
    """Right texts, F1 of their boundaries, texts of which a character is lost or changed."""
    right = hit = wrong = lost = 0
    for text in known:
        found = list(split(text.language, text.whole))
        ends = _ends(found)
        right += ends == text.ends
        hit += len(ends & text.ends)
        wrong += len(ends ^ text.ends)
        lost += _letters("".join(found)) != _letters(text.whole)
        if "-v" in sys.argv and ends != text.ends:
            say(f"    {text.language}: {' | '.join(each.strip() for each in found)}")
    return right, 2 * hit / (2 * hit + wrong), lost


def speeds(candidates: list[Candidate], known: list[Text]) -> dict[str, float]:
    """Characters a second, medians of rounds in which they take turns."""
    english = [text.whole for text in known if text.language == "en"]
    paragraphs = [" ".join(english[start : start + 5]) for start in range(0, len(english), 5)]
    long = "\n\n".join(paragraphs * TIMES)
    found: dict[str, list[float]] = {each.name: [] for each in candidates}
    for _ in range(ROUNDS):
        for each in candidates:
            start_s = time.perf_counter()
            list(each.split("en", long))
            found[each.name].append(len(long) / (time.perf_counter() - start_s))
    return {name: statistics.median(rates) for name, rates in found.items()}


def _licence(package: str) -> str:
    told = metadata.metadata(package)
    return told["License-Expression"] or told["License"] or "?"


def _megabytes(package: str) -> float:
    """Without what it needs."""
    files = [Path(str(each.locate())) for each in metadata.files(package) or []]
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6


def split() -> list[Figure]:
    """Nothing was promised of them: a row for each tells why the first is in use."""
    known, there = texts(), []
    for each in CANDIDATES:
        try:
            importlib.import_module(each.module)
            there.append(each)
        except ImportError:
            say(f"{each.name} is left out, not installed: pip install {each.package}")
    rates = speeds(there, known)
    say(f"{len(known)} texts; F1 of boundaries; texts of which something is lost; speed")
    figures = []
    for each in there:
        right, f1, lost = quality(each.split, known)
        rate = rates[each.name]
        figures.append(
            Figure(
                name=f"{each.name}: texts split right",
                value=right,
                unit=f"of {len(known)}",
                detail=f"F1 {f1:.3f}, {rate / 1e3:,.0f} thousand characters/s",
            )
        )
        say(
            f"  {each.name:17} {metadata.version(each.package):7} {right:3} right, F1 {f1:.3f},"
            f" {lost} lost, {rate / 1e3:7.0f} thousand characters/s,"
            f" {rate / rates['sentencex']:6.3f} of sentencex;"
            f" {_licence(each.package)}, {each.released}, {_megabytes(each.package):.1f} MB"
        )
    return figures


PARTS = (split,)

if __name__ == "__main__":
    main("splitters", PARTS)
