"""Dialogues: "Ashley: Hello." and who speaks in them."""

import unicodedata
from collections.abc import Sequence

import regex  # type: ignore[import-untyped]  # letters of every script

from lib.script.line import Line

SPEAKER_WORDS = 4

# A name begins with a letter that is no small one: "http:", "note that:" and "10:30" are no names.
TURN = regex.compile(
    r"(?m)^[ \t]{0,20}(?P<mark>\*\*|__)?"
    r"(?P<speaker>(?=[\p{Lu}\p{Lt}\p{Lo}])[\p{L}\p{M}\p{N} .'’&-]{1,40})"
    r"(?P=mark)?[ \t]{0,3}[:：](?P=mark)?(?!//|\d)[ \t\u3000]*(?=\S|$)"
)


def lines(text: str) -> tuple[Line, ...]:
    """One for each turn. What stands before the first name has no speaker.

    A line without a name goes on with the turn before it.
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
    """Each once, in the order of their first words; "ANNA" and "Anna" are the same person."""
    known: dict[str, str] = {}
    for line in script:
        if line.speaker:
            known.setdefault(same_person(line.speaker), line.speaker)
    return list(known.values())


def same_person(speaker: str) -> str:
    """Equal for names that differ by case alone."""
    return unicodedata.normalize("NFC", speaker).casefold()


def text_of(script: Sequence[Line]) -> str:
    """As somebody would type it, to be read by `lines` again."""
    return "\n".join(
        f"{line.speaker}: {line.text}" if line.speaker else line.text for line in script
    )


def looks_like_one(text: str) -> bool:
    """Two speakers or more, one of them twice or each in turn, and hardly a line without one."""
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
