"""Read a dialogue such as "Ashley: Hello." as turns with their speakers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set

from lib.script import blocks
from lib.script.line import Line
from lib.script.naming import (
    NUMBERED,
    ROLES,
    Head,
    heads_of,
    is_label,
    is_likely_name,
    same_person,
)

__all__ = ["lines", "looks_like_one", "named", "same_person", "speakers", "text_of"]

MOST = 0.9
TITLED_MIN_TURNS = 3
# An interview may be written so; alone, each is a label.
QUESTIONS = (
    ("question", "answer"),
    ("frage", "antwort"),
    ("question", "réponse"),
    ("pregunta", "respuesta"),
    ("domanda", "risposta"),
    ("pergunta", "resposta"),
)
LIVELY = re.compile(r"[!?！？؟]")


def lines(text: str, known: Iterable[str] = ()) -> tuple[Line, ...]:
    """One line for each turn. Text before the first name has no speaker.

    A line of text without a name belongs to the turn before it, and so does a label such as
    "Note:". A name with a single turn counts if it is written as one. What `blocks.left_out` gives
    is left out. known: names of voices and of speakers that have one; they always count.
    """
    text = blocks.said(text)
    rows = text.split("\n")
    heads = heads_of(rows)
    names = _names(heads, known, lone=is_likely_name)
    found: list[Line] = []
    speaker, said = "", list[str]()
    for row, head in zip(rows, heads, strict=True):
        if head and same_person(head.name) in names:
            _add(found, speaker, said)
            speaker, said = head.name, [head.words]
        else:
            said.append(row)
    _add(found, speaker, said)
    return tuple(found)


def looks_like_one(text: str, known: Iterable[str] = ()) -> bool:
    """Whether it has two or more speakers, and at least half of its lines begin with a name.

    One of them must have several turns or be known, or nearly all lines must be turns, one of them
    a question or a call: lists of labels are no dialogues.
    """
    known = list(known)
    turns = lines(text, known)
    said = [turn for turn in turns if turn.speaker]
    before = len(turns) - len(said)  # a title, at most
    if len(speakers(turns)) < 2 or before > (len(said) > TITLED_MIN_TURNS):
        return False
    rows = [row for row in text.split("\n") if row.strip()]
    above = sum(head.form == "above" for head in heads_of(text.split("\n")) if head)
    if len(said) * 2 < len(rows) and not 1 < len(said) == above:
        return False
    times = Counter(same_person(turn.speaker) for turn in said)
    if max(times.values()) > 1 or times.keys() & {same_person(each) for each in known}:
        return True
    # Where nobody speaks twice, only people ask and shout: "Paris: 10 degrees." is a list.
    lively = any(LIVELY.search(turn.text) for turn in said)
    return lively and len(said) >= MOST * len(rows)


def named(rows: Sequence[str], known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(speaker, words) of each row of captions; ("", the row) where none is named.

    Names count if they have several turns, or if two or more of them begin at least half of the
    rows. known: as for `lines`.
    """
    heads = heads_of(rows, may_be_staged=False)
    often = _names(heads, known, lone=lambda _: False)
    likely = _names(heads, known, lone=is_likely_name)
    begun = [head for head in heads if head and same_person(head.name) in likely]
    many = len({same_person(head.name) for head in begun}) > 1 and len(begun) * 2 >= len(rows)
    names = likely if many else often
    return [
        (head.name, head.words)
        if head and head.words and same_person(head.name) in names
        else ("", row)
        for row, head in zip(rows, heads, strict=True)
    ]


def speakers(script: Sequence[Line]) -> list[str]:
    """The speakers in order of appearance; "ANNA" and "Anna" are the same person."""
    known: dict[str, str] = {}
    for line in script:
        if line.speaker:
            known.setdefault(same_person(line.speaker), line.speaker)
    return list(known.values())


def text_of(script: Sequence[Line]) -> str:
    """The script as a person would type it."""
    return "\n".join(
        f"{line.speaker}: {line.text}" if line.speaker else line.text for line in script
    )


def _names(
    heads: Sequence[Head | None], known: Iterable[str], *, lone: Callable[[str], bool]
) -> set[str]:
    """The names that count, by `same_person`. lone: whether one turn is enough for a name."""
    found = [head for head in heads if head and head.form != "clock"]
    said = {same_person(head.name) for head in found}
    pairs = {name for pair in QUESTIONS if said.issuperset(pair) for name in pair}
    found = [each for each in found if not is_label(each.name) or same_person(each.name) in pairs]
    lists = _numbered({head.name for head in found})
    found = [head for head in found if head.name not in lists]
    times = Counter(same_person(head.name) for head in found)
    several = {name for name, number in times.items() if number > 1}
    forms = {head.form for head in found if same_person(head.name) in several} | {"told"}
    once = {same_person(head.name) for head in found if head.form in forms and lone(head.name)}
    return once | several | {same_person(name) for name in known}


def _numbered(names: Set[str]) -> set[str]:
    """The names that are one word with different numbers: the items of a list in any language."""
    stems: dict[str, set[str]] = {}
    for name in names:
        stem = NUMBERED.sub("", name).strip().casefold()
        if stem and stem != name.casefold() and not ROLES.fullmatch(name):
            stems.setdefault(stem, set()).add(name)
    return {name for same in stems.values() if len(same) > 1 for name in same}


def _add(found: list[Line], speaker: str, said: Sequence[str]) -> None:
    if words := "\n".join(said).strip():
        found.append(Line(speaker=speaker, text=words))
