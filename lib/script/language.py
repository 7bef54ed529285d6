"""Tell the language of a script, where it is certain.

Sentence ends depend on it, and so do the corrections of the check-up, which are English words.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import regex  # type: ignore[import-untyped]  # letters of every script

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

# The languages that can be chosen for a script, in the order of their names.
NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "zh": "Chinese", "hr": "Croatian",
    "cs": "Czech", "da": "Danish", "nl": "Dutch", "en": "English", "et": "Estonian",
    "fi": "Finnish", "fr": "French", "de": "German", "el": "Greek", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lv": "Latvian", "lt": "Lithuanian", "no": "Norwegian", "fa": "Persian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sk": "Slovak",
    "sl": "Slovenian", "es": "Spanish", "sw": "Swahili", "sv": "Swedish", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip
SURE = 0.6
MANY = 20
# A few words are never certain. English ones look nearly as much English as the likeliest; words
# of another language look at most a fourth as much.
AS_LIKELY = 3
# A few short passages tell more than a long one, whose repeated words make langid uncertain. They
# are from the whole script, since a book may begin with a foreign quotation.
PASSAGES = 8
PASSAGE_CHARS = 700
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
TELLING = regex.compile(r"\p{L}\p{M}*+\p{L}")  # a single letter tells nothing
NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}'’]+")
ACCENTS_OF_OTHERS = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Short, frequent words of English.
ENGLISH_WORDS = _words(
    """
    the and of is are you your with for this that have has it we our they from be will by
    please not if been were which would there their what when can all more she he his her him
    at to but i'm don't it's i my do how who its than then them these those about into
    """
)

# The same of German, Dutch, Spanish, Portuguese, French, Italian, Polish; none is English too.
OTHER_WORDS = _words(
    """
    der das und ist nicht ein eine einen mit auf für sich auch von dem zu im wir ihr ihre sind
    haben werden wird bei nach über oder aber kann bitte zum zur het een niet zijn voor aan
    ook maar wij naar bij uw el una que por para del se su es está pero más sus usted nuestro
    uma não você em ao seu sua mas pelo pela nosso le les des une dans qui sur pas vous nous
    avec sont ce cette votre notre du il di che della sono gli nel alla dei questo anche più
    termin datum fecha uhr uur preis prijs prix precio prezzo preço rabatt korting
    sconto descuento desconto eintritt zimmer straße servicio servizio banco ouvert fermé abierto
    cerrado aperto chiuso aberto geöffnet geschlossen gesloten montag dienstag mittwoch donnerstag
    freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes jueves
    viernes domingo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januar februar
    dezember telefon
    vostro nie się na że czy dla jak są oraz przez proszę od
    """
)


class Counts(NamedTuple):
    """english: the number of frequent English words. other: of words that English has not."""

    english: int
    other: int


def language_of(text: str, voice: str = "en") -> str:
    """The code of its language, such as "de"; "" if it is not certain.

    voice: the language of the voice that says it. It decides for a text that is too short to
    tell, such as "Save 5%", and nothing is certain if it contradicts such a text. The time does
    not grow with the length of the text.
    """
    passages = _passages(text)
    if not any(map(TELLING.search, passages)):
        return voice
    english, other = counts("\n".join(passages))
    if english >= MANY and english >= MANY * other:
        return "en"  # without the model, which takes 0.5 s to load and 80 MB
    likely = _likely(passages)
    guess, share = max(likely.items(), key=itemgetter(1))
    if _is_likely_english(likely) or (english > other and share < SURE):
        if 4 * other > english and other:
            return ""
        return "en" if voice == "en" or likely["en"] >= SURE or english > 1 else ""
    return guess if guess == voice or share >= SURE else ""


def counts(text: str) -> Counts:
    """How many words speak for English, and how many for another language."""
    english = other = 0
    for match in WORD.finditer(text):  # one call for all would hold every other thread
        word = match[0]
        small = word.casefold().replace("’", "'")
        if small in ENGLISH_WORDS:
            english += 1
        elif small in OTHER_WORDS or not (small.isascii() or _is_loan(small)):
            other += 1
    return Counts(english, other)


def _is_likely_english(likely: Mapping[str, float]) -> bool:
    return AS_LIKELY * likely["en"] >= max(likely.values())


def is_surely_other(text: str) -> bool:
    """Whether a text without frequent words is surely not English."""
    likely = _likely([text[:PASSAGE_CHARS]])
    return not _is_likely_english(likely) and max(likely.values()) >= SURE


def _passages(text: str) -> list[str]:
    if len(text) <= PASSAGES * PASSAGE_CHARS:
        return [text[begin : begin + PASSAGE_CHARS] for begin in range(0, len(text), PASSAGE_CHARS)]
    step = (len(text) - PASSAGE_CHARS) // (PASSAGES - 1)
    return [text[place * step : place * step + PASSAGE_CHARS] for place in range(PASSAGES)]


def _likely(passages: Sequence[str]) -> dict[str, float]:
    """The share of the certainty for each language; figures and marks have no language."""
    likely: defaultdict[str, float] = defaultdict(float)
    chars = sum(map(len, passages))
    for passage in passages:
        for code, share in _identifier().rank(NOT_LETTERS.sub(" ", passage)):
            likely[code] += share * len(passage) / chars
    return likely


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid import langid  # type: ignore[import-untyped]  # few scripts need it

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _is_loan(word: str) -> bool:
    """Whether it has at most one accent that English keeps: "café", "naïve", "façade", "m²"."""
    # For the pattern of a word, signs such as "½" and "²" are letters, too.
    foreign = [letter for letter in word if not letter.isascii() and letter.isalpha()]
    return len(foreign) < ACCENTS_OF_OTHERS and foreign[:1] in ([], ["é"], ["ï"], ["ç"])
