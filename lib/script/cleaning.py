"""The one clean-up that every text goes through: what is stored, shown, counted, sent, exported."""

import re
import unicodedata
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

from lib import money
from lib.errors import InvalidRequestError

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# A terminal's colour code goes as a whole: without its first character the rest is read aloud.
CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")
# No language puts more on one letter (Unicode's Stream-Safe Text Format), and NFC takes time with
# the square of their number: 20 seconds for 80,000.
HEAPED = regex.compile(r"(?<=\p{M}{30})\p{M}+")
# Blanks without a width go too. Joiners are not among them: after a letter they change its shape.
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u2060\ufeff"
SAYABLE = regex.compile(r"(?V1)[[\p{L}\p{N}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """removed: a sentence for each kind of thing that was left out, empty if nothing was."""

    text: str
    removed: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """`text` in composed form (NFC), its lines ended by LF, without what no file can hold.

    Control characters, lone surrogates and accents past the 30th on one letter are left out, and
    said; blanks around the text are trimmed. Tabs, joiners inside emoji and Indic scripts, and
    marks of direction stay. Cleaning twice changes nothing more.
    """
    text = LINE_ENDS.sub("\n", text)
    text, controls = CONTROLS.subn("", text)
    text, surrogates = SURROGATES.subn("", text)
    text, heaped = _composed(text)
    counts = {
        "control character": controls,
        "broken character": surrogates,
        "surplus accent": heaped,
    }
    removed = tuple(_left_out(number, thing) for thing, number in counts.items() if number)
    return Cleaned(text.strip(BLANKS), removed)


def is_sayable(text: str) -> bool:
    """Whether there is a letter, a number or a sign in it that somebody could say."""
    return bool(SAYABLE.search(text))


def checked(text: str, max_chars: int) -> Cleaned:
    """As `clean`, for a text that is to be said.

    Raises InvalidRequestError for one that has nothing to say, or over `max_chars` once clean.
    """
    cleaned = clean(text)
    if not is_sayable(cleaned.text):
        raise InvalidRequestError(
            "This text has no letter or number, so there is nothing to say."
            if cleaned.text
            else "There is nothing to say yet.",
            hint="Type some words, then press Generate.",
        )
    if len(cleaned.text) > max_chars:
        raise InvalidRequestError(
            f"This text has {len(cleaned.text):,} characters; {max_chars:,} is the most at once.",
            hint="Shorten it, or make several clips of it.",
        )
    return cleaned


def _composed(text: str) -> tuple[str, int]:
    """In NFC, and how many marks were too many."""
    if text.isascii():
        return text, 0
    bounded = HEAPED.sub("", text)
    # NFC takes a few marks apart, so that there can be too many again.
    whole = unicodedata.normalize("NFC", bounded)
    composed = HEAPED.sub("", whole)
    return composed, len(text) - len(bounded) + len(whole) - len(composed)


def _left_out(number: int, thing: str) -> str:
    return f"{money.count(number, thing)} {'was' if number == 1 else 'were'} left out"
