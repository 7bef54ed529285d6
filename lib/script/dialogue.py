"""Read a dialogue such as "Ashley: Hello." as turns with their speakers."""

import unicodedata
from collections.abc import Sequence

import regex  # type: ignore[import-untyped]  # letters of every script

from lib.script.line import Line

SPEAKER_WORDS = 4

# A name does not begin with a small letter or a digit: "http:", "note that:", "10:30" are none.
TURN = regex.compile(
    r"(?m)^[ \t]{0,20}(?P<mark>\*\*|__)?"
    r"(?P<speaker>(?=[\p{Lu}\p{Lt}\p{Lo}])[\p{L}\p{M}\p{N} .'’&-]{1,40})"
    r"(?P=mark)?[ \t]{0,3}[:：](?P=mark)?(?!//|\d)[ \t\u3000]*(?=\S|$)"
)


def lines(text: str) -> tuple[Line, ...]:
    """One line for each turn. Text before the first name has no speaker.

    A line of text without a name belongs to the turn before it.
    """
    found: list[Line] = []
    begin, speaker = 0, ""
    for match in TURN.finditer(text):
        if not _is_name(match["speaker"]):
            continue
        _add(found, speaker, text[begin : match.start()])
        begin, speaker = match.end(), _tidy(match["speaker"])
    _add(found, speaker, text[begin:])
    return tuple(found)


def speakers(script: Sequence[Line]) -> list[str]:
    """The speakers in order of appearance; "ANNA" and "Anna" are the same person."""
    known: dict[str, str] = {}
    for line in script:
        if line.speaker:
            known.setdefault(same_person(line.speaker), line.speaker)
    return list(known.values())


def same_person(speaker: str) -> str:
    """A key that is equal for names that differ only in case."""
    return unicodedata.normalize("NFC", speaker).casefold()


def text_of(script: Sequence[Line]) -> str:
    """The script as a person would type it; `lines` reads it back."""
    return "\n".join(
        f"{line.speaker}: {line.text}" if line.speaker else line.text for line in script
    )


def looks_like_one(text: str) -> bool:
    """Whether it has two or more speakers, and at least half of its lines begin with a name."""
    turns = lines(text)
    named = [turn for turn in turns if turn.speaker]
    rows = sum(1 for row in text.splitlines() if row.strip())
    return len(speakers(turns)) >= 2 and len(named) * 2 >= rows and len(named) == len(turns)


def _add(found: list[Line], speaker: str, words: str) -> None:
    if words.strip():
        found.append(Line(speaker=speaker, text=words.strip()))


def _is_name(words: str) -> bool:
    return len(words.split()) <= SPEAKER_WORDS


def _tidy(name: str) -> str:
    return " ".join(name.split())
