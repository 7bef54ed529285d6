"""Find who is named at the start of a line, as in "ANNA (smiling): Of course."

A line only may name somebody: `lib.script.dialogue` judges all lines together.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import regex  # type: ignore[import-untyped]  # letters of every script

from lib.script import staging
from lib.script.labels import LABELS, SOUNDS, listed

# Word puts a no-break blank before a French colon.
BLANK = r"[ \t\u00a0\u2009\u202f\u3000]"
NAME = r"[\p{L}\p{N}][\p{L}\p{M}\p{N}_ \u00a0\u202f.·'’&#,/-]{0,40}"
DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
HALF = r"(?:[ \u00a0]?[AaPp]\.?[Mm]\.?)"
CLOCK = (
    rf"(?:(?:{DAY},?[ ])?\d{{1,2}}:\d\d(?::\d\d)?(?:[.,]\d{{1,3}})?{HALF}?"
    r"|\d{1,5}(?:\.\d{1,3})?s)"
)
SPAN = rf"{CLOCK}(?:[ ]?(?:-->|[-–—])[ ]?{CLOCK})?"
# After the colon only as programs write it: "(9:30)" may be words.
STAMP = r"(?:\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,3})?|0:\d\d)"
TIME = rf"(?:\[{SPAN}\]|\({SPAN}\)|{CLOCK})"
DIRECTION = r"(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\]|\{[^{}\n]{1,60}\})"
PICTURE = r"[\p{So}\U0001f3fb-\U0001f3ff\u200d\ufe0f]{1,8}"
# Not of "http://", "10:30", "C:\\Users" and ":-)".
COLON = r"[:：](?!//|\d|\\|-?[()DPp|](?:\s|$))"
BEGIN = (
    rf"^[\u200e\u200f]{{0,3}}{BLANK}{{0,20}}(?:{TIME}{BLANK}{{0,3}}[-–—]?{BLANK}{{0,3}}"
    rf"(?P<from>From{BLANK}{{1,3}})?)?(?:(?:[-–—•*]|>{{1,3}}|\d{{1,4}}[.)]){BLANK}{{1,3}})?"
    rf"(?:{PICTURE}{BLANK}{{0,3}})?"
)

# "ANNA: …", "**Anna:** …", "“ANNA”: …", "[ANNA]: …", each with a direction or a time.
TOLD = regex.compile(
    rf"{BEGIN}(?:\*{{1,3}}|_{{1,2}}|[\"'“„«‘\[<({{]{BLANK}?)?(?P<name>{NAME}?)"
    rf"(?:{BLANK}{{1,3}}to{BLANK}{{1,3}}(?:Everyone|(?(from){NAME}?|(?!))))?(?:{BLANK}?{PICTURE})?"
    rf"(?:{BLANK}{{0,3}}(?:{DIRECTION}|{TIME})){{0,2}}"
    rf"(?:\*{{1,3}}|_{{1,2}}|{BLANK}?[\"'”“»’\]>)}}])?"
    rf"(?:{BLANK}{{0,3}}(?:{DIRECTION}|{TIME})){{0,2}}"
    rf"{BLANK}{{0,3}}{COLON}(?:\*{{1,3}}|_{{1,2}})?{BLANK}*+(?:(?:\[{STAMP}\]|\({STAMP}\)){BLANK}*+)?"
    r"(?P<words>.*+)$"
)
# "[Anna] Good morning", "<anna> hi", and "(ANNA) Good morning".
BRACKETED = regex.compile(
    rf"{BEGIN}(?:\[(?P<name>{NAME}|Speaker:\d{{1,3}})\]|<(?P<chat>{NAME})>|\((?P<aside>{NAME})\))"
    rf"{BLANK}{{1,3}}(?P<words>\S.*+)$"
)
# "Anna Lee  0:03", "**Anna Lee**  0:03" or "[0:03] - Anna Lee", alone: her words stand below.
ABOVE = regex.compile(
    rf"^{BLANK}{{0,20}}(?:(?:\[|\*\*|\")?(?P<name>{NAME}?)(?:\]|\*\*|\")?"
    rf"(?:{BLANK}\(\d{{1,12}}\))?{BLANK}{{1,9}}(?:[-–—] )?"
    rf"(?:(?:Today|Yesterday) at )?{TIME}"
    rf"|(?:\[{CLOCK}\]|\d{{1,2}}:\d\d:\d\d){BLANK}{{1,9}}(?:[-–—] )?(?P<after>{NAME}?)){BLANK}*+$"
)
# A time alone: the name stands on the line below it, or above it.
CLOCK_ALONE = re.compile(
    r"\s{0,20}[\[(]?(?P<clock>\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?)"
    r"(?:\s?(?:-->|[-–—])\s?\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?)?[\])]?\s{0,20}"
)
# The first time of a transcript; "9:00" may be one of a programme.
FIRST_CLOCK = re.compile(r"\s{0,20}(?:[\[(]|00?:|\d{1,2}:\d{1,2}:\d|.*-->)")
NAME_ALONE = regex.compile(rf"{BLANK}{{0,20}}(?P<name>{NAME})(?<![.!?,]){BLANK}*+")
# "Anna, smiling: Hello.", "Anna, quietly: Hello.", and "ANNA, 40: Hello."
SAID_HOW = re.compile(r"(?P<name>[^,]+), (?P<how>[a-z\d][\w ]*)")

SIGN = re.compile(r"[:：\[<(]")
LONGEST_CHARS = 200  # enough for a name with a direction and a time
NUMBERED = regex.compile(
    r"(?i)#?[ _-]*(?:\d{1,4}|(?<![\p{L}])(?:[ivx]{1,5}|[a-h]|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|eins|zwei|drei|vier|fünf|un|deux|trois|uno|dos|tres|due|tre))[.)]?$"
)
# What names somebody with a number: "Speaker 1", "SPEAKER_00", "Agent #2".
ROLES = regex.compile(
    r"(?i)(?:speaker|spk|agent|caller|customer|client|guest|host|person|participant|interviewer|"
    r"interviewee|narrator|voice|man|woman|boy|girl|student|teacher|moderator|panelist|player|"
    r"user|actor|officer|nurse|doctor|guard|waiter|employee|colleague|child|"
    r"sprecher(?:in)?|stimme|kunde|kundin|gast|mann|frau|anrufer|erzähler|"
    r"locuteur|voix|client|homme|femme|hablante|voz|cliente|hombre|mujer|parlante|voce|uomo|donna)"
    r"(?:[ _-]*#?[ _-]*\d{1,3}|[ _-]+[a-z])"
)
NAME_WORDS, LONG_NAME_WORDS = 4, 7
NICKNAME_CHARS = 12
PERSONS = listed(
    "man,woman,boy,girl,guard,lady,gentleman,officer,nurse,doctor,teacher,student,waiter,driver,"
    "clerk,host,guest,caller,voice,child,kid,customer,narrator,mann,frau,junge,mädchen,kind,gast"
)
PARTICLES = listed(
    "von,van,de,der,den,del,della,di,da,do,dos,la,le,el,al,bin,ibn,the,of,and,und,et,y,e,&"
)


Form = Literal["told", "nickname", "bracketed", "above", "staged", "clock"]


class Head(NamedTuple):
    """Who may be named at the start of a line, and the words after it.

    form: "told" with a colon; "nickname" as in "anna: hi"; "bracketed" as in "[Anna] Hello";
    "above" as in "Anna  0:03", where the words stand on the lines below; "staged" as in a play:
    "ANNA. Hello.". All but the first name somebody only if they do so several times. "clock" is a
    time or a direction alone on the line beside a name.
    """

    name: str
    words: str
    form: Form = "told"


def heads_of(rows: Sequence[str], *, may_be_staged: bool = True) -> list[Head | None]:
    """Who may be named at the start of each line of a text.

    may_be_staged: as plays have it. In captions "YES. I know." has no name.
    """
    heads = [head_of(row) for row in rows]
    for clock, place in _beside_clocks(rows):
        if heads[place] is None and (name := name_alone(rows[place])):
            heads[place] = Head(name, "", "above")
        if head := heads[place]:
            heads[clock] = Head(head.name, "", "clock")
    for place, each in staging.named(rows).items() if may_be_staged else ():
        if heads[place] is None:  # one with a colon is surer
            heads[place] = Head(each.name, each.words, "staged" if each.words else "above")
            if each.below:
                heads[place + 1] = Head(each.name, "", "clock")
    names = {same_person(head.name) for head in heads if head}
    return [head and _without_manner(head, names) for head in heads]


def name_alone(line: str) -> str:
    """The name that this line consists of; "" if it may be none."""
    found = NAME_ALONE.fullmatch(line[:LONGEST_CHARS])
    return _tidy(found["name"]) if found and _may_be_name(found["name"]) else ""


def head_of(line: str) -> Head | None:
    """The name at the start of a line, if it may have one. "http:" and "10:30" are none."""
    start = line[:LONGEST_CHARS]
    if not SIGN.search(start):  # as most lines: three patterns would take ten times as long
        return None
    if found := TOLD.match(start):
        name, words = found["name"], line[found.start("words") :].strip()
        if _may_be_name(name):
            return Head(_tidy(name), words)
        if name.isalpha() and name.islower() and len(name) <= NICKNAME_CHARS:
            return Head(name, words, "nickname")
    if (found := ABOVE.match(start)) and len(line) <= LONGEST_CHARS:
        name = found["name"] or found["after"]
        if _may_be_name(name):
            return Head(_tidy(name), "", "above")
    if found := BRACKETED.match(start):
        name = found["name"] or found["chat"] or found["aside"]
        if _may_be_name(name) and not _is_direction(name):
            return Head(_tidy(name), line[found.start("words") :].strip(), "bracketed")
    return None


@lru_cache(maxsize=4096)
def same_person(speaker: str) -> str:
    """A key that is equal for names that differ only in case."""
    return unicodedata.normalize("NFC", speaker).casefold()


@lru_cache(maxsize=4096)
def is_label(name: str) -> bool:
    """Whether a name is a label such as "Step 1", "Monday" or "Hinweis"."""
    small = same_person(name).rstrip(".")
    if small in LABELS:
        return True
    number = NUMBERED.search(small)
    return bool(number) and small[: number.start()].strip(" _-#.") in LABELS


@lru_cache(maxsize=4096)
def is_likely_name(name: str) -> bool:
    """Whether one turn is enough to take it for a name: "Dr. Ames", "SPEAKER_00", "the Guard"."""
    if is_label(name) or "," in name:
        return False
    if ROLES.fullmatch(name):
        return True
    words = name.split()
    if name[0].isdigit() or any(map(str.isdigit, words)) or len(words) > NAME_WORDS:
        return False
    if words[-1].casefold() in PERSONS:  # "Older man"
        return True
    return _are_capital(words)


def _are_capital(words: Sequence[str]) -> bool:
    return all(not word[0].islower() or word.casefold() in PARTICLES for word in words)


def _beside_clocks(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of times that are alone on their line, each with that of the line beside it.

    Names stand above them if the first of them has a line right above it, else below.
    """
    clocks = [place for place, row in enumerate(rows) if ":" in row and CLOCK_ALONE.fullmatch(row)]
    if not clocks or not FIRST_CLOCK.match(rows[clocks[0]]):
        return iter(())
    if clocks[0] and rows[clocks[0] - 1].strip():
        return ((place, place - 1) for place in clocks)
    filled = [place for place, row in enumerate(rows) if row.strip()]
    below = dict(pairwise(filled))
    return ((place, below[place]) for place in clocks if below.get(place, place + 9) - place <= 2)


def _without_manner(head: Head, names: Set[str]) -> Head:
    """The head without how it is said, if that is a manner or others name the same person."""
    found = SAID_HOW.fullmatch(head.name)
    if found is None:
        return head
    is_manner = any(word.endswith(("ing", "ly")) for word in found["how"].split())
    if is_manner or same_person(found["name"]) in names:
        return head._replace(name=found["name"])
    return head


def _may_be_name(words: str) -> bool:
    """A name does not begin with a small letter, nor does any word of one with over four words."""
    if ROLES.fullmatch(words):  # "spk_0"
        return True
    first, parts = words[:1], words.split()
    if not first or first.islower() or len(parts) > LONG_NAME_WORDS:
        return False
    return any(map(str.isalpha, words)) and (len(parts) <= NAME_WORDS or _are_capital(parts))


def _is_direction(name: str) -> bool:
    """Whether it tells a sound, or how something is said: "[Music]", "(Smiling)", "(Quietly)"."""
    small = same_person(name)
    return small in SOUNDS or small.endswith(("ing", "ly"))


def _tidy(name: str) -> str:
    return " ".join(name.replace(":", " ").split()).rstrip(" ,-/")  # "Speaker:0"
