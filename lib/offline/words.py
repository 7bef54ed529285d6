"""Convert typed text into text that the offline voices can say: no word is lost."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from lib.errors import InvalidRequestError

PIECE_MAX_CHARS = 240  # for much longer ones the neural voice needs 2 GB and three times the time
SHOWN_MAX = 8

# Only tags for machines: "<name>" in "Hello <name>" is a word.
MARKUP = re.compile(
    r"</?(?:speak|break|emphasis|prosody|say-as|phoneme|sub|voice|audio|mark|lang|p|s"
    r"|b|i|u|em|strong|br|span)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")

LONG_NUMBER = re.compile(r"\d{19,}")  # both engines fail on it, but can read its digits

# Letters and signs that have no simpler form in Unicode.
PLAIN = str.maketrans("łŁđĐħĦŧŦıĸʼ−‐‑―", "lLdDhHtTik'---—")


def readable(text: str, *, also: str = "") -> str:
    """The text in the letters of Western Europe, which all offline voices can read.

    Other Latin letters lose their marks, other digits become 0 to 9, emoji and other decoration
    become a space. also: further characters that the voice can read.

    Raises InvalidRequestError if a word would be lost, or if there is no word at all.
    """
    text = MARKUP.sub(" ", unicodedata.normalize("NFC", text))
    said = {character: _said(character, also) for character in set(text)}
    if unreadable := [character for character in dict.fromkeys(text) if said[character] is None]:
        shown = " ".join(unreadable[:SHOWN_MAX]) + (" …" if len(unreadable) > SHOWN_MAX else "")
        raise InvalidRequestError(
            f"The built-in voices read Latin letters only, as in English, and cannot say: {shown}",
            hint="Take these characters out or write them as words, or use an online voice.",
        )
    plain = "".join(said[character] or "" for character in text)
    plain = LONG_NUMBER.sub(lambda digits: " ".join(digits[0]), plain)
    if not any(character.isalnum() for character in plain):
        raise InvalidRequestError("There are no words in this text that a voice could say.")
    return plain


def pieces(text: str) -> Iterator[str]:
    """The text cut at line ends, and long lines at the best place before the limit."""
    for line in text.splitlines():
        rest = " ".join(line.split())
        while len(rest) > PIECE_MAX_CHARS:
            room = rest[: PIECE_MAX_CHARS + 1]
            ends = [match.end() for match in SENTENCE_END.finditer(room)]
            cut = ends[-1] if ends else room.rfind(" ") + 1 or PIECE_MAX_CHARS
            yield rest[:cut].rstrip()
            rest = rest[cut:]
        if rest:
            yield rest


def with_short_words(text: str, letters_max: int) -> str:
    """The text with spaces inside long words, for a voice that drops the end of such words."""
    longer = re.compile(rf"[^\W\d_]{{{letters_max + 1},}}")
    return longer.sub(lambda word: " ".join(textwrap.wrap(word[0], letters_max)), text)


def _said(character: str, also: str) -> str | None:
    """The text to say for a character; None if it is part of a word and cannot be said."""
    kind = unicodedata.category(character)
    if character.isspace() or kind in ("Zl", "Zp"):
        return "\n" if character in "\n\r\v\f\x85\u2028\u2029" else " "
    if kind[0] == "C":  # control, invisible, lone surrogate, private
        return ""
    for form in (character, character.translate(PLAIN), *_simpler(character)):
        if form and all(_is_western(part) or part in also for part in form):
            return form
    if kind == "Nd":
        return str(unicodedata.digit(character))
    if kind[0] == "M":
        return ""
    is_word = kind[0] in "LN" or kind == "Sc" or (kind == "Sm" and "ARROW" not in _name(character))
    return None if is_word else " "


def _simpler(character: str) -> tuple[str, str]:
    """The usual form of a character (ﬁ is fi, № is No), and the same without marks (ő is o)."""
    usual = unicodedata.normalize("NFKC", character).replace("⁄", "/")
    split = unicodedata.normalize("NFKD", character)
    return usual, "".join(part for part in split if not unicodedata.combining(part))


def _is_western(character: str) -> bool:
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _name(character: str) -> str:
    return unicodedata.name(character, "")
