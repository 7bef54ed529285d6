"""Names for files that leave the house: the beginning of a sentence, safe on every system."""

import unicodedata
from itertools import count

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script

NAME_MAX_BYTES = 120  # of UTF-8; file systems allow 255, folders and copies need some of it
VOICE_MAX_BYTES = 40
NO_TITLE, NO_VOICE = "clip", "voice"

UNSEEN = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?<=\p{L})['’](?=\p{L})")
NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
GRAPHEME = regex.compile(r"\X")


def file_name(
    title: str, voice: str, suffix: str, taken: set[str] | None = None, *, number: str = ""
) -> str:
    """Such as "welcome-to-our-store_Ashley.mp3": letters, digits and dashes of any script.

    Safe on Windows, macOS and Linux, never empty, at most 120 bytes of UTF-8.
    taken: the names of one folder so far, kept by this function; pass the same set, empty at
    first, and no two names are equal for a file system that ignores case.
    number: such as "07", to be sorted by: "07-welcome-to-our-store_Ashley.mp3".
    """
    words = _slug(title).lower() or NO_TITLE
    if number:
        words = f"{number}-{words}"
    spoken_by = _cut(_slug(voice), VOICE_MAX_BYTES) or NO_VOICE
    for twin in count(1):
        ending = f"_{spoken_by}{f'_{twin}' if twin > 1 else ''}.{suffix}"
        name = _cut(words, NAME_MAX_BYTES - len(ending.encode())) + ending
        if taken is None or folded(name) not in taken:
            break
    if taken is not None:
        taken.add(folded(name))
    return name


def folded(name: str) -> str:
    """Equal for names that a file system may take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _slug(text: str) -> str:
    seen: str = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return str(NOT_IN_NAMES.sub("-", seen)).strip("-")


def _cut(text: str, max_bytes: int) -> str:
    """As many whole graphemes from the start as fit."""
    if len(text.encode()) <= max_bytes:
        return text
    size_bytes, end = 0, 0
    for grapheme in GRAPHEME.finditer(text):
        size_bytes += len(grapheme[0].encode())
        if size_bytes > max_bytes:
            break
        end = grapheme.end()
    return text[:end].strip("-")
