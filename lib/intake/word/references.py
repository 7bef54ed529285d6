"""Put the numbers of lists into the text of a DOCX where words refer to them: "see step 3"."""

import re
from collections.abc import Iterator
from typing import Any

from lib import money
from lib.intake.word.accepting import given, properties_of, tag
from lib.intake.word.numbering import Numbering
from lib.intake.word.styles import Styles

NOUNS = (
    # English
    "steps?|points?|items?|sections?|sub-?sections?|clauses?|paragraphs?|rules?|questions?|no"
    "|numbers?|articles?|chapters?|parts?|options?|answers?|tasks?|stages?|phases?|requirements?"
    "|conditions?|exercises?|lines?|instructions?|see"
    # German, Dutch
    "|schritte?n?|punkte?n?|abschnitte?n?|abschnitts|ziffern?|absatz|absätze|kapiteln?|fragen?"
    "|regeln?|nummern?|nr|artikeln?|teile?n?|aufgaben?|stufen?|stap|stappen|punt|punten|hoofdstuk"
    "|paragraaf|regel|vraag|siehe|zie"
    # French, Spanish, Italian, Portuguese
    "|étapes?|alinéas?|chapitres?|règles?|numéros?|parties?|paragraphes?|voir|véase|vedi|pasos?|puntos?"
    "|secci(?:ón|ones)|apartados?|cláusulas?|artículos?|capítulos?|números?|reglas?|preguntas?"
    "|passo|passi|punto|punti|sezione|sezioni|clausola|articolo|articoli|capitolo|capitoli"
    "|regola|regole|domanda|domande|passos?|etapas?|pontos?|seç(?:ão|ões)|artigos?|regras?"
)
NUMBER = (
    r"\(?[0-9]{1,4}(?:st|nd|rd|th)?(?:\.[0-9]{1,4}){0,8}(?: ?\([a-z0-9]{1,5}\)){0,3}"
    r"|\(?[a-z]{1,5}\)|[a-z]\b|[ivxlc]{1,7}\b"
)
REFERENCE = re.compile(
    rf"(?<![^\W_])(?:{NOUNS})\.?[ \u00a0](?:n[or°º]\.? ?|#)?(?P<number>{NUMBER})", re.IGNORECASE
)
# A cross reference to a number says so with \r, \n or \w.
TO_A_NUMBER = re.compile(r"\s*REF\s.{0,200}\\[rnw]\b", re.IGNORECASE | re.DOTALL)


def put_numbers(body: Any, numbering: Numbering, styles: Styles) -> Iterator[str]:
    """Put the numbers of each list that is referred to at its items; yields a note on the others.

    Numbers with words of their own, such as "Step 1:", are always put there.
    """
    paragraphs = (each for each in body.iter(tag("p")) if not styles.is_contents(each))
    labelled = list(numbering.labels(paragraphs))
    if not labelled:
        return
    wanted = _referred_to(body)
    everything = _has_references(body)
    named = {label.series for _, label in labelled if everything or label.key in wanted}
    left_out = set()
    for paragraph, label in labelled:
        if not any(word.text for word in paragraph.iter(tag("t"))):
            continue
        if label.series in named or label.has_words:
            _put(paragraph, f"{label.text} ")
        else:
            left_out.add(label.series)
    if left_out:
        lists = money.count(len(left_out), "list")
        yield f"The numbers of {lists} were left out, for the text does not refer to them."


def _referred_to(body: Any) -> frozenset[str]:
    """The numbers that the words refer to, without signs around them: "3", "2.1", "b"."""
    found: set[str] = set()
    for paragraph in body.iter(tag("p")):
        text = "".join(word.text or "" for word in paragraph.iter(tag("t")))
        for match in REFERENCE.finditer(text):
            whole = match["number"].lower()
            # "3(a)" refers to 3 and to a.
            found |= {whole, *re.split(r"[^\w.]+", whole)}
    return frozenset(found - {""})


def _has_references(body: Any) -> bool:
    """Whether a field shows the number of a paragraph."""
    instructions = (each.text or "" for each in body.iter(tag("instrText")))
    simple = (given(each, "instr") for each in body.iter(tag("fldSimple")))
    return any(map(TO_A_NUMBER.match, (*instructions, *simple)))


def _put(paragraph: Any, text: str) -> None:
    run = paragraph.makeelement(tag("r"))
    word = run.makeelement(tag("t"))
    word.text = text
    run.append(word)
    properties = properties_of(paragraph)
    if properties is None:
        paragraph.insert(0, run)
    else:
        properties.addnext(run)
