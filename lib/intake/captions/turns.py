"""Tell who says what in captions: by voice spans, else by names before the words."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from lib.intake.captions.cues import Cue
from lib.intake.captions.rolling import Shown
from lib.script import dialogue, naming

# A dash before each turn of a cue; ">>" where the speaker changes, ">>>" where the story does.
MARK = re.compile(r"(?P<change>>{2,3}(?=\s{0,3}[^\s>]))?\s{0,3}(?P<dash>[-‐–—](?!-))?\s{0,3}")
MOST = 0.9
MID_SENTENCE = re.compile(r"[^.!?…。！？:;\"”»’)\]♪]$")


class Turn(NamedTuple):
    cue: Cue
    speaker: str
    words: str


class Turns(NamedTuple):
    """In the order of the captions. named: the speakers whose names were before the words.

    changes: how often ">>", which is not said, stands for another speaker without a name.
    """

    turns: list[Turn]
    named: tuple[str, ...] = ()
    changes: int = 0


class _Part(NamedTuple):
    """A line of a cue with those after it that begin no turn. bare: without marks before it."""

    cue: Cue
    words: str
    bare: str
    is_change: bool
    is_first: bool


def of(shown: Sequence[Shown]) -> Turns:
    """The turns by voice spans, else by names alone above the words, else by names before them."""
    if any(line.speaker for each in shown for line in each.lines):
        return Turns([turn for each in shown for turn in _by_voice(each)])
    if names := _names_above(shown):
        return Turns([_below(each, names) for each in shown], tuple(names))
    parts = [part for each in shown for part in _parts(each)]
    named = dialogue.named([part.bare for part in parts])
    # A name without words, should one be found, stays where it is: nothing is lost in silence.
    named = [
        (speaker, words) if speaker and words else ("", part.bare)
        for part, (speaker, words) in zip(parts, named, strict=True)
    ]
    speakers = tuple(dict.fromkeys(speaker for speaker, _ in named if speaker))
    changes = sum(
        part.is_change and not speaker for part, (speaker, _) in zip(parts, named, strict=True)
    )
    return Turns(_by_name(parts, named), speakers, changes)


def _by_voice(shown: Shown) -> list[Turn]:
    return [
        Turn(shown.cue, speaker, " ".join(line.words for line in lines))
        for speaker, lines in groupby(shown.lines, key=lambda line: line.speaker)
    ]


def _names_above(shown: Sequence[Shown]) -> list[str]:
    """Names alone on the first line of nearly all captions, as transcripts of Teams have them."""
    first = Counter(
        name
        for each in shown
        if len(each.lines) > 1 and (name := naming.name_alone(each.lines[0].words))
    )
    again = sum(number for number in first.values() if number > 1)
    return list(first) if first.total() >= MOST * len(shown) and again * 2 > len(shown) else []


def _below(shown: Shown, names: Sequence[str]) -> Turn:
    first, *others = shown.lines
    name = naming.name_alone(first.words)
    if not others or name not in names:
        return Turn(shown.cue, "", " ".join(line.words for line in shown.lines))
    return Turn(shown.cue, name, " ".join(line.words for line in others))


def _parts(shown: Shown) -> list[_Part]:
    starts: list[list[str]] = []
    for line in shown.lines:
        if starts and not _may_begin_a_turn(line.words):
            starts[-1].append(line.words)
        else:
            starts.append([line.words])
    found: list[_Part] = []
    for lines in starts:
        words = " ".join(lines)
        mark = MARK.match(words)
        is_change = bool(mark and mark["change"])
        bare = words[mark.end() :] if mark else words
        found.append(_Part(shown.cue, words, bare, is_change, not found))
    return found


def _may_begin_a_turn(line: str) -> bool:
    return line.startswith(("-", "‐", "–", "—", ">>", "[", "(")) or ":" in line[:60]


def _by_name(parts: Sequence[_Part], named: Sequence[tuple[str, str]]) -> list[Turn]:
    """A part without a name belongs to the turn before it if it is in the same cue, in the middle
    of a sentence, or if ">>" marks each change of speaker and is not there.
    """
    marks_changes = any(
        part.is_change and speaker for part, (speaker, _) in zip(parts, named, strict=True)
    )
    turns: list[Turn] = []
    for part, (speaker, words) in zip(parts, named, strict=True):
        before = turns[-1] if turns else Turn(part.cue, "", "")
        is_new_voice = part.is_change or part.bare != part.words
        if speaker:
            turns.append(Turn(part.cue, speaker, words))
        elif not part.is_first and not (before.speaker and is_new_voice):
            joined = _without_change(part)
            turns[-1] = before._replace(words=f"{before.words} {joined}")
        else:
            goes_on = marks_changes or bool(MID_SENTENCE.search(before.words))
            same = before.speaker if goes_on and not is_new_voice else ""
            turns.append(Turn(part.cue, same, _without_change(part)))
    return turns


def _without_change(part: _Part) -> str:
    """The words as typed, without the sign that another speaker begins: it is no word."""
    return part.words.lstrip(">").lstrip() if part.is_change else part.words
