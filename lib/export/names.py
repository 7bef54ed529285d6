"""Names for exported files: the first words of the text, safe on every system."""

import unicodedata
from itertools import count

import regex  # type: ignore[import-untyped]  # letters, marks and graphemes of every script

NAME_MAX_BYTES = 120  # of UTF-8; file systems allow 255, and "copy (2)" needs some of them
VOICE_MAX_BYTES = 40
NO_TITLE, NO_VOICE = "clip", "voice"

UNSEEN = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}]+|(?<=\p{L})['’](?=\p{L})")
NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
GRAPHEME = regex.compile(r"\X")


def file_name(
    title: str, voice: str, suffix: str, taken: set[str] | None = None, *, number: str = ""
) -> str:
    """A name such as "welcome-to-our-store_Ashley.mp3": letters, digits and dashes of any script.

    It is safe on Windows, macOS and Linux, never empty, at most 120 bytes of UTF-8.
    taken: the folded names in one folder; this function adds to it. Pass the same set for all
    files, and no two names are equal on a file system that ignores case.
    number: a prefix to sort by: "07" gives "07-welcome-to-our-store_Ashley.mp3".
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
    """A key that is equal for names that a file system may treat as the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def _slug(text: str) -> str:
    seen: str = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return str(NOT_IN_NAMES.sub("-", seen)).strip("-")


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
