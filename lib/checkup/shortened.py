"""Find abbreviations, acronyms that are said letter by letter, and text in capitals."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.lists import (
    LEFT_ALONE,
    LETTERS_OR_WORD,
    SAID_AS_WORDS,
    SHORT_WORDS,
    SPELLED,
    WEEKDAYS,
)
from lib.checkup.spelling import cardinal, digits, ends_sentence

# Abbreviations with one meaning.
ALWAYS = {
    "e.g.": "for example",
    "i.e.": "that is",
    "vs.": "versus",
    "approx.": "approximately",
    "incl.": "including",
    "excl.": "excluding",
    "a.k.a.": "also known as",
    "w/o": "without",
    "c/o": "care of",
    "appt.": "appointment",
    "dept.": "department",
    "Dept.": "Department",
    "govt.": "government",
    "Govt.": "Government",
    "etc.": "et cetera",
}
FIXED = re.compile(
    r"(?<![\w.])(?:" + "|".join(map(re.escape, ALWAYS)) + r")(?![\w/])(?P<next>[,;:)])?"
)
ENDING = frozenset(("etc.", "appt.", "dept.", "Dept.", "govt.", "Govt."))

BEFORE_NUMBER = {
    "No.": "number",
    "Ext.": "extension",
    "ext.": "extension",
    "Fig.": "Figure",
    "fig.": "figure",
    "Vol.": "Volume",
    "vol.": "volume",
    "p.": "page",
    "pp.": "pages",
}
NUMBERED = re.compile(
    r"(?<![\w.])(?P<word>" + "|".join(map(re.escape, BEFORE_NUMBER)) + r")[ \u00a0]?"
    r"(?P<number>[0-9]{1,6})(?![\w]|[.,:/–-][0-9])"
)

SAYS = re.compile(r"\b(?:says?|said|answer(?:s|ed)?|replie[sd]|is|was)$")

DOCTOR = re.compile(r"(?<![\w.])(?P<word>Dr\.?)[ \u00a0](?P<name>[^\W\d_][^\W\d_]{1,30})(?!\w)")
SAINTS = (
    "Alban|Albans|Andrew|Andrews|Anne|Anthony|Augustine|Bernard|Catherine|Christopher|Clair|Croix|"
    "David|Francis|George|Helena|Helens|Ives|James|John|Johns|Joseph|Kitts|Lawrence|Louis|Lucia|"
    "Luke|Mark|Martin|Mary|Matthew|Michael|Moritz|Nicholas|Pancras|Patrick|Paul|Peter|Petersburg|"
    "Stephen|Thomas|Tropez|Valentine|Vincent"
)
SAINT = re.compile(rf"(?<![\w.])(?P<word>St\.?)[ \u00a0](?P<name>{SAINTS})(?!\w)")
PLACES = {"Mt.": "Mount", "Ft.": "Fort"}
PLACE = re.compile(
    r"(?<![\w.])(?:(?P<mount>Mt\.)[ \u00a0](?P<name>[A-Z][a-z]{2,20})|"
    r"(?P<fort>Ft\.)[ \u00a0](?P<town>Worth|Lauderdale|Myers|Wayne|Collins|Smith|Knox))(?!\w)"
)
ROADS = {
    "St": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Rd": "Road",
    "Blvd": "Boulevard",
    "Ln": "Lane",
    "Pkwy": "Parkway",
    "Hwy": "Highway",
}
# After these words a sentence begins; after another word with a capital the address may go on, as
# in "221 Baker St. London".
BEGINS_SENTENCE = re.compile(
    r"[\s\"“]+(?:A|An|And|As|At|But|Call|Come|Do|For|He|How|I|If|In|Is|It|My|Now|On|Open|Or|Our|"
    r"Please|She|So|That|The|Then|There|They|This|To|Turn|Visit|We|What|When|Where|Who|With|You|"
    r"Your)\b"
)
NUMBERED_ROAD = re.compile(
    r"[0-9]{1,3}(?:st|nd|rd|th)|(?:[a-z]{3,20}-)?(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,6}teenth|[a-z]{3,5}tieth)"
)
# Words with a capital, at the beginning of a sentence, that are no name of a road.
BEFORE_PERSON = frozenset(
    """
    A About After Also An And Are Ask At Because Before Both But By Call Can Come Contact Dear Did
    Do Does E-mail Email Even Every Find Following For From Go Greet Has Have He Hello Help Here Hi
    How I If In Is It Join Leave Let Like Meet Message My Near New No Not Now Of On Once One Only Or
    Our Pay Phone Please Remember Say See Send She Since So Some Tell Text Thank Thanks That The
    Then There They This Though Through To Today Try Under Until Via Visit Was We Welcome What When
    Where While Who Why Will With Write Yes You Your Yesterday Tomorrow
    """.split()  # noqa: SIM905
)
COMPASS = re.compile(r"[ \u00a0](?:[NS][EW]?|[EW])\b(?!['’])")
ROAD = re.compile(
    r"(?<![\w.,/-])(?P<name>[0-9]{1,5}[A-Za-z]? (?:[A-Z0-9][\w'’]{0,20} ){1,3})"
    r"(?P<road>St|Dr|Ave|Rd|Blvd|Ln|Pkwy|Hwy)(?P<dot>\.?)(?![\w'’])"
)

ACRONYM = re.compile(
    r"(?<![\w.@#&/'’-])(?P<word>[A-Z]{2,6}|[A-Z][0-9][A-Z]|[A-Z]{2,4}[0-9]|CO2)(?P<several>s?)"
    r"(?![\w@&$€£¥]|\.\w|-[0-9])"
)
STATE_BEFORE = re.compile(r"[a-z],[ \u00a0]$")
ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
CAPITAL_BEFORE = re.compile(r"[A-Z]{2,20}[,!?]?[ \u00a0]{1,2}$")
CAPITAL_AFTER = re.compile(r"[,!?]?[ \u00a0]{1,2}[A-Z]{2}")

SHOUT = re.compile(
    r"(?<![\w.'’-])[A-Z][A-Z'’]{0,20}(?:[,;:]?[ \u00a0][A-Z][A-Z'’]{0,20}){3,40}(?![\w'’])"
)
SHOUT_MIN_LETTERS = 14


WEEK = re.compile(
    r"(?<![\w.@/–-])(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)[ \u00a0]?[–-][ \u00a0]?"
    r"(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?![\w@/–-]|\.\w)"
)


def find_abbreviations(text: str) -> Iterator[Found]:
    """Abbreviations whose full words are certain from what is around them, such as "Dr. Smith"."""
    for match in FIXED.finditer(text):
        yield _fixed(text, match)
    for match in NUMBERED.finditer(text):
        # "No." may be a whole sentence, as in "Did he? No. 3 others did."
        before = text[max(0, match.start() - 20) : match.start()].rstrip(' \u00a0"“')
        if match["word"] == "No." and (
            not before or before[-1] in ".?!\n:," or SAYS.search(before)
        ):
            continue
        words = f"{BEFORE_NUMBER[match['word']]} {_number(match)}"
        yield _abbreviation(match, match["word"], words)
    for match in WEEK.finditer(text):
        days = [day for each in match.groups() for day in WEEKDAYS if day.startswith(each)]
        yield _abbreviation(match, match[0], " to ".join(days))
    for match in ROAD.finditer(text):
        yield _abbreviation(match, match["road"] + match["dot"], _road(text, match))
    for match in DOCTOR.finditer(text):
        if match["name"][0].isupper() and not _after_name(text, match.start()):
            yield _abbreviation(match, match["word"], f"Doctor {match['name']}")
    for match in SAINT.finditer(text):
        if not _after_name(text, match.start()):
            yield _abbreviation(match, match["word"], f"Saint {match['name']}")
    for match in PLACE.finditer(text):
        word, name = match["mount"] or match["fort"], match["name"] or match["town"]
        yield _abbreviation(match, word, f"{PLACES[word]} {name}")


def find_acronyms(text: str) -> Iterator[Found]:
    for match in ACRONYM.finditer(text):
        if _is_spelled(match["word"]) and not _is_in_company(text, match):
            letters = " ".join(
                cardinal(each) if each.isdecimal() else each for each in match["word"]
            )
            mend = f"{letters}'s" if match["several"] else letters
            message = f"“{match[0]}” may be read as a word."
            yield found(match, "acronym", message, mend, word=match["word"])


def find_capitals(text: str) -> Iterator[Found]:
    for match in SHOUT.finditer(text):
        words = re.findall(r"[A-Z]+", match[0])
        if sum(map(len, words)) >= SHOUT_MIN_LETTERS:
            safe = not any(_may_be_letters(word) for word in words)
            message = "Words in capitals may be shouted, or read letter by letter."
            yield found(match, "capitals", message, _lowered(match[0]) if safe else None)


def _road(text: str, match: re.Match[str]) -> str | None:
    """The full words, with the stop that ends a sentence; None if it may be no road, or go on."""
    words, end = f"{match['name']}{ROADS[match['road']]}", match.end()
    capital = text[end : end + 3].lstrip(' \u00a0"“')[:1].isupper()
    if COMPASS.match(text, end):
        return words
    if not match["dot"]:
        return None if match["road"] in ("Dr", "St") and capital else words
    if capital:
        return f"{words}." if BEGINS_SENTENCE.match(text, end) else None
    return f"{words}." if ends_sentence(text, end) else words


def _abbreviation(match: re.Match[str], word: str, mend: str | None) -> Found:
    return found(match, "abbreviation", f"“{word}” is short for a longer word.", mend, word=word)


def _fixed(text: str, match: re.Match[str]) -> Found:
    """The full words; the stop is kept if it also ends the sentence."""
    after = match["next"] or ""
    word = match[0].removesuffix(after) if after else match[0]
    stop = "." if word in ENDING and not after and ends_sentence(text, match.end()) else ""
    return _abbreviation(match, word, f"{ALWAYS[word]}{stop}{after}")


def _number(match: re.Match[str]) -> str:
    number = match["number"]
    if match["word"].lower() == "ext.":
        return digits(number)
    return cardinal(number) if len(number) <= 2 else number


def _after_name(text: str, start: int) -> bool:
    """Whether a word with a capital precedes, as in "Ocean Dr. Turn left", or "5th St. Paul"."""
    words = text[max(0, start - 60) : start].rsplit(None, 2)
    if not words or "\n" in text[max(0, start - 2) : start]:
        return False
    last = words[-1]
    begins = len(words) < 2 or words[-2].endswith((".", "!", "?", ":"))
    if begins and last in BEFORE_PERSON:
        return False
    return bool(NUMBERED_ROAD.fullmatch(last)) or (last[:1].isupper() and last.isalpha())


def _is_spelled(word: str) -> bool:
    if word in SAID_AS_WORDS or word in LEFT_ALONE:
        return False
    if word in SPELLED or word == "CO2":
        return True
    letters = word.rstrip("0123456789")
    if any(each.isdecimal() for each in letters):
        return True
    return not set(letters) & set("AEIOUY") and not ROMAN.fullmatch(letters)


def _may_be_letters(word: str) -> bool:
    """Whether small letters could make another word of it: "IT" and "US" are words, too."""
    if word in SAID_AS_WORDS or word in LETTERS_OR_WORD or _is_spelled(word):
        return True
    return len(word) == 2 and word not in SHORT_WORDS


def _is_in_company(text: str, match: re.Match[str]) -> bool:
    """Whether it is among words in capitals, or a state after its town: "Houston, TX"."""
    around = text[max(0, match.start() - 24) : match.start()]
    shouted = CAPITAL_BEFORE.search(around) or CAPITAL_AFTER.match(text, match.end())
    return bool(shouted) or (len(match["word"]) == 2 and bool(STATE_BEFORE.search(around)))


def _lowered(words: str) -> str:
    return re.sub(r"\bi\b", "I", words.capitalize())
