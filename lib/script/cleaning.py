"""Clean a text before it is stored, shown, counted, sent or exported. All texts pass here."""

import re
import unicodedata
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

from lib import money
from lib.errors import InvalidRequestError

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# A terminal's colour code is removed as a whole: a voice would read its visible part aloud.
CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
SURROGATES = re.compile("[\ud800-\udfff]")
# No language puts more than 30 accents on a letter (Unicode's Stream-Safe Text Format). The time
# of NFC grows with the square of their number: 20 seconds for 80,000.
HEAPED = regex.compile(r"(?<=\p{M}{30})\p{M}+")
# Blanks without width are included. Joiners are not: they change the shape of a letter.
BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\u2060\ufeff"
# What nobody sees and no voice says: soft hyphens, blanks without width, byte-order marks, marks of
# direction, signs of formulas and annotations. Joiners are not among them: they change the shape of
# a letter or an emoji.
UNSEEN = regex.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
SAYABLE = regex.compile(r"(?V1)[[\p{L}\p{N}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """removed: one sentence for each kind of character that was removed."""

    text: str
    removed: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """The text in composed form (NFC), with LF line ends and without unwritable characters.

    Control characters, lone surrogates and accents after the 30th on one letter are removed and
    reported; blanks around the text are trimmed. Tabs, joiners inside emoji and Indic scripts, and
    direction marks stay. Cleaning a cleaned text changes nothing.
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


def without_unseen(text: str) -> str:
    """The text to send, without characters that nobody sees. Most texts have none."""
    return str(UNSEEN.sub("", text))


def is_sayable(text: str) -> bool:
    """Whether the text has a letter, a number or a sign that can be said."""
    return bool(SAYABLE.search(text))


def checked(text: str, max_chars: int) -> Cleaned:
    """The same as `clean`, for a text that will be spoken.

    Raises InvalidRequestError if it has nothing to say, or over `max_chars` after cleaning.
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
    """The text in NFC, and how many accents were removed."""
    if text.isascii():
        return text, 0
    bounded = HEAPED.sub("", text)
    # NFC splits a few accents into two, so that there can be too many again.
    whole = unicodedata.normalize("NFC", bounded)
    composed = HEAPED.sub("", whole)
    return composed, len(text) - len(bounded) + len(whole) - len(composed)


def _left_out(number: int, thing: str) -> str:
    return f"{money.count(number, thing)} {'was' if number == 1 else 'were'} left out"
