"""Names for exported files, by a pattern of which one is chosen once: safe on every system."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script

NAME_MAX_BYTES = 120  # of UTF-8; file systems allow 255, and "copy (2)" needs some of them
VOICE_MAX_BYTES = 40
NO_TITLE, NO_VOICE = "clip", "voice"

UNSEEN = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?<=\p{L})['’](?=\p{L})")
NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
NOT_AS_TYPED = regex.compile(r"[^\p{L}\p{M}\p{N}._-]+")
FIELD = re.compile(r"\{([^{}]*)\}")
TITLES = {"title", "title as typed"}
FIELDS = ("title", "title as typed", "number", "voice", "take", "date")
PATTERN = "{number}-{title}_{voice}_{take}"
PATTERN_MAX_CHARS = 80
APART = " -_.,"  # what stands between two fields
FORBIDDEN = "<>:\"/\\|?*{}%$`'"
PORTS = {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
RESERVED = {"con", "prn", "aux", "nul", *PORTS}  # on Windows, with any suffix
GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the name of a file may be made of.

    voice: "" if it is not to be named. number: such as "07", to sort by; "" for a single file.
    made_at_s: a Unix time; None for none.
    """

    title: str
    voice: str
    number: str = ""
    take: int = 1
    made_at_s: float | None = None


def problem_of(pattern: str) -> str:
    """Why names cannot be made by this pattern, as a sentence; "" if they can."""
    fields = FIELD.findall(pattern)
    if unknown := [each for each in fields if each not in FIELDS]:
        known = ", ".join(f"{{{each}}}" for each in FIELDS)
        return f"There is no {{{unknown[0]}}}. There are {known}."
    if not TITLES.intersection(fields):
        return "It needs {title} or {title as typed}, or all files would have one name."
    rest = FIELD.sub("", pattern)
    if bad := next((sign for sign in rest if sign in FORBIDDEN or not sign.isprintable()), None):
        return f"A file name cannot have {bad!r} in it."
    return "" if len(pattern) <= PATTERN_MAX_CHARS else "It is too long."


def file_name(
    named: Named, suffix: str, taken: set[str] | None = None, *, pattern: str = PATTERN
) -> str:
    """A name such as "welcome-to-our-store_Ashley.mp3": letters, digits and dashes of any script.

    It is safe on Windows, macOS and Linux, never empty, at most 120 bytes of UTF-8.
    taken: the folded names in one folder; this function adds to it. Pass the same set for all
    files, and no two names are equal on a file system that ignores case.
    pattern: with FIELDS in braces; what is between a field without a value and the next is left
    out. Without {take}, a second take is told at the end. One of which `problem_of` says something
    is not used.
    """
    if problem_of(pattern):
        pattern = PATTERN
    take = f"_take-{named.take}" if named.take > 1 and "{take}" not in pattern else ""
    for twin in count(1):
        ending = f"{take}{f'_{twin}' if twin > 1 else ''}.{suffix}"
        name = _filled(named, pattern, NAME_MAX_BYTES - len(ending.encode())) + ending
        if taken is None or folded(name) not in taken:
            break
    if taken is not None:
        taken.add(folded(name))
    return name


def _filled(named: Named, pattern: str, max_bytes: int) -> str:
    """Too long a name loses the end of its title. A title such as "01 Welcome" has its number."""
    slug = _slug(named.title).lower()
    values = {
        "number": "" if slug.startswith(f"{named.number}-") else named.number,
        "title": slug or NO_TITLE,
        "title as typed": _typed(named.title) or NO_TITLE,
        "voice": (_cut(_slug(named.voice), VOICE_MAX_BYTES) or NO_VOICE) if named.voice else "",
        "take": f"take-{named.take}" if named.take > 1 else "",
        "date": f"{datetime.fromtimestamp(named.made_at_s):%Y-%m-%d}" if named.made_at_s else "",
    }
    whole = _put_in(pattern, values)
    if (over := len(whole.encode()) - max_bytes) > 0:
        titles = [each for each in FIELD.findall(pattern) if each in TITLES]
        each_over = -(-over // len(titles))
        for title in set(titles):
            values[title] = _cut(values[title], max(len(values[title].encode()) - each_over, 1))
        whole = _cut(_put_in(pattern, values), max_bytes) or NO_TITLE
    first, dot, rest = whole.partition(".")
    if first.strip().lower() in RESERVED:
        whole = _cut(f"{first}_{dot}{rest}", max_bytes)
    return whole


def _put_in(pattern: str, values: Mapping[str, str]) -> str:
    whole = between = ""
    for place, piece in enumerate(FIELD.split(pattern)):
        is_field = place % 2 == 1
        words = values[piece] if is_field else piece
        if is_field or any(sign.isalnum() for sign in words):
            if words:
                whole, between = f"{whole}{between if whole else ''}{words}", ""
        else:
            between = words
    return f"{whole}{between.strip(APART)}".strip(" .-")


def folded(name: str) -> str:
    """A key that is equal for names that a file system may treat as the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _slug(text: str) -> str:
    seen: str = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return str(NOT_IN_NAMES.sub("-", seen)).strip("-")


def _typed(text: str) -> str:
    """As typed, but for what a file system cannot have, and blanks."""
    seen: str = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return str(NOT_AS_TYPED.sub("-", seen)).strip(" .-")


def _cut(text: str, max_bytes: int) -> str:
    """The start of the text, cut between graphemes, in at most `max_bytes` of UTF-8."""
    if len(text.encode()) <= max_bytes:
        return text
    size_bytes, end = 0, 0
    for grapheme in GRAPHEME.finditer(text):
        size_bytes += len(grapheme[0].encode())
        if size_bytes > max_bytes:
            break
        end = grapheme.end()
    return text[:end].strip("-")
