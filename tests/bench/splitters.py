"""Three kept libraries that find where sentences end, on the same texts.

    pip install pysbd spacy
    python -m tests.bench.splitters

sentencex is the one in use: by itself, and as lib.script.seams uses it. What is not installed is
left out, and said so. A text is right if every one of its boundaries is found and no other.
"""

import importlib
import importlib.metadata
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from lib.script import seams

TIMES = 200
TEXTS = (  # (language, sentences with "|" between them)
    ("en", "Dr. Smith met Mrs. Jones at 5 p.m. on Friday.|They talked."),
    ("en", "He lives in the U.S. with his wife.|She works for the U.N. in Geneva."),
    ("en", "It costs $3.50, i.e. less than before.|That is 2.5 % off."),
    ("en", "“Are you sure?” she asked.|“Yes,” he said."),
    ("en", "Wait...|What was that?|I heard it too!"),
    ("en", "Visit www.example.com or write to info@example.com.|We answer soon."),
    ("en", "J. R. R. Tolkien wrote it.|C. S. Lewis read it."),
    ("en", "See fig. 3 on p. 12.|It shows everything, e.g. the roof."),
    ("en", "No. 5 is alive.|Is No. 6?"),
    ("en", "Stop!|Don't move!!|Why not?!|Because."),
    ("en", "The meeting is at 9.30 a.m. in room 4.|Please be on time."),
    ("en", "Acme Inc. and Sons Ltd. merged in Jan. 2024.|Nobody noticed."),
    ("en", "(This is an aside.)|And this is not."),
    ("en", "Press 1 for sales.|Press 2 for support.|Hold for an operator."),
    ("en", "He said: “Go.”|She went."),
    ("en", "Version 2.0.1 is out.|Update now."),
    ("en", "I arrived at St. Mary's at noon.|It was closed."),
    ("en", "She has a Ph.D. in physics.|He has none."),
    ("en", "Call 555.123.4567 today.|Ask for Ann."),
    ("en", "It is 25°C outside.|Take a hat."),
    ("en", "Mr. and Mrs. Brown vs. the State.|A long case."),
    ("en", "It was so... quiet.|Nobody spoke."),
    ("en", "What?|When?|Where?"),
    ("en", "The file is called report.final.pdf.|Open it."),
    ("en", "Gen. Lee and Col. Ray met Prof. Kim.|They ate."),
    ("de", "Das kostet z. B. 3,50 Euro.|Das ist viel."),
    ("de", "Am 3. Oktober ist Feiertag.|Wir haben geschlossen."),
    ("de", "Dr. Müller kommt um 8.30 Uhr.|Bitte warten Sie."),
    ("de", "„Wirklich?“, fragte sie.|„Ja.“"),
    ("fr", "M. Dupont est arrivé.|Il attend à l'accueil."),
    ("fr", "Combien ?|Trois euros !|Merci."),
    ("es", "¿Dónde está el Sr. García?|No lo sé."),
    ("es", "¡Hola!|¿Qué tal?|Bien."),
    ("it", "Il dott. Rossi è qui.|Prego, si accomodi."),
    ("pt", "O Sr. Silva chegou.|Ele está à espera."),
    ("zh", "今天天气很好。|我们去公园吧！|你来吗？"),
    ("zh", "他说：“走吧。”|我们就走了。"),
    ("ja", "おはようございます。|今日はいい天気ですね。"),
    ("ja", "本当ですか？|はい、本当です。"),
    ("hi", "यह एक वाक्य है।|यह दूसरा है।"),
    ("ar", "كيف حالك؟|أنا بخير."),
    ("ur", "یہ پہلا جملہ ہے۔|یہ دوسرا ہے۔"),
    ("ru", "Привет, г. Иванов.|Как дела?"),
    ("en", "First line without an end|\nSecond line"),
    ("en", "Buy now [pause 1 s] or later.|It is <b>on sale.</b>"),
    ("en", "I said /həˈləʊ/ to him.|He left."),
)

Splitter = Callable[[str, str], Iterable[str]]


def ours(_language: str, text: str) -> Iterator[str]:
    for span in seams.sentences(text, seams.Uncut(text)):
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


_pipelines: dict[str, object] = {}


def measure(split: Splitter) -> tuple[int, int, int, int, float]:
    """Right texts, boundaries found rightly, wrongly and not, characters a second."""
    right = hit = extra = missed = 0
    for language, marked in TEXTS:
        whole, wanted = _read(marked)
        found = _ends(whole, split(language, whole))
        right += found == wanted
        hit += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    long = " ".join(_read(marked)[0] for language, marked in TEXTS if language == "en") * TIMES
    start_s = time.perf_counter()
    list(split("en", long))
    return right, hit, extra, missed, len(long) / (time.perf_counter() - start_s)


def _read(marked: str) -> tuple[str, set[int]]:
    """The text, and how many letters and signs stand before each boundary in it."""
    sentences = marked.split("|")
    spaced = any(char.isascii() and char.isalpha() for char in marked) or " " in marked
    whole = "".join(
        part if not place or part.startswith("\n") or not spaced else f" {part}"
        for place, part in enumerate(sentences)
    )
    return whole, _ends(whole, sentences)


def _ends(whole: str, sentences: Iterable[str]) -> set[int]:
    """Boundaries inside, counted without blanks, which splitters treat differently."""
    ends, seen = set(), 0
    for sentence in sentences:
        seen += len("".join(sentence.split()))
        ends.add(seen)
    return ends - {len("".join(whole.split()))}


def main() -> None:
    total = len(TEXTS)
    print(f"{total} texts; F1 of boundaries; thousand characters a second of {TIMES} times English")
    for name, package, split in (
        ("as we use it", "sentencex", ours),
        ("sentencex", "sentencex", by_sentencex),
        ("pysbd", "pysbd", by_pysbd),
        ("spaCy sentencizer", "spacy", by_spacy),
    ):
        try:
            importlib.import_module(package)
        except ImportError:
            print(f"  {name:18} is not installed: pip install {package}")
            continue
        right, hit, extra, missed, chars_per_s = measure(split)
        f1 = 2 * hit / (2 * hit + extra + missed)
        version = importlib.metadata.version(package)
        print(
            f"  {name:18} {version:8} {right:3} of {total} right, F1 {f1:.3f},"
            f" {chars_per_s / 1e3:9.1f}"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
