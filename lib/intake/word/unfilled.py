"""Leave out the prompts of empty content controls, such as "Click or tap here to enter text."."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lib.intake.word.accepting import find, tag
from lib.intake.word.leftout import LeftOut, note, paragraph_of, take_away
from lib.intake.word.styles import Run

SHOWING = ".//w:sdt[w:sdtPr/w:showingPlcHdr[not(@w:val) or @w:val = '1' or @w:val = 'true']]"
# Programs that do not know content controls keep the words alone, and so does copying.
TYPED = re.compile(
    r"Click (?:or tap )?(?:here )?to enter (?:text|a date)\."
    r"|Klicken (?:oder tippen )?Sie (?:hier)?, um (?:Text|ein Datum) einzugeben\."
    r"|Cliquez (?:ou appuyez )?ici pour entrer (?:du texte|une date)\."
    r"|Haga clic (?:o pulse )?aquí para escribir texto\."
    r"|Haga clic aquí o pulse para escribir una fecha\."
    r"|Fare clic (?:o toccare )?qui per immettere (?:il testo|una data|del testo)\."
    r"|Error! (?:Reference source not found|Bookmark not defined)\."
    r"|Fehler! (?:Verweisquelle konnte nicht gefunden werden|Textmarke nicht definiert)\."
    r"|Erreur[ \u00a0\u202f]! (?:Source du renvoi introuvable|Signet non défini)\."
    r"|¡Error! (?:No se encuentra el origen de la referencia|Marcador no definido)\."
    r"|Errore\. (?:L['’]origine riferimento non è stata trovata|Il segnalibro non è definito)\."
)


def leave_out_prompts(body: Any, runs: Sequence[Run]) -> Iterator[str]:
    """Take the prompts out of the tree; yields a note that quotes them."""
    left = []
    for control in find(body, SHOWING):
        left += _emptied(control)
    for run, look in runs:
        if look.is_prompt:
            left += _emptied(run)
    for paragraph in body.iter(tag("p")):
        left += [LeftOut(words, paragraph) for words in _cut(paragraph, TYPED)]
    if left:
        yield note("field", left, " not filled in")


def _emptied(container: Any) -> list[LeftOut]:
    """Take the words out of a control or run, with the paragraph in which they stood."""
    words = list(container.iter(tag("t")))
    text = "".join(word.text or "" for word in words)
    place = paragraph_of(words[0]) if words else None
    for word in words:
        take_away(word)
    return [LeftOut(text, place)] if text.strip() else []


def _cut(paragraph: Any, pattern: re.Pattern[str]) -> list[str]:
    """Cut what matches out of a paragraph's words, wherever runs divide it."""
    words = list(paragraph.iter(tag("t")))
    text = "".join(word.text or "" for word in words)
    found = list(pattern.finditer(text))
    if not found:
        return []
    keep = bytearray(b"\1") * len(text)
    for match in found:
        keep[match.start() : match.end()] = bytes(match.end() - match.start())
    start = 0
    for word in words:
        old = word.text or ""
        word.text = "".join(sign for place, sign in enumerate(old, start=start) if keep[place])
        start += len(old)
    return [match[0] for match in found]
