"""The findings of the check-up in a script, with their places and corrections."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from lib import checkup, lexicon
from lib.catalogue import Catalogue
from lib.checkup import Finding
from lib.script import blocks
from lib.script.language import language_of
from lib.scripting.state import ScriptState, UnitState
from lib.scripting.units import line_of, turns_of

SHORT_CHARS = 1_000
AROUND_CHARS = 25
SHOWN_CHARS = 60
PLACES = {"table": "Row", "document": "Clip"}
MARK = "\ue000"  # a private character, to count replacements
DIFFERS = "These words stand in other places too, where they may be something else."


@dataclass(frozen=True, slots=True)
class Note:
    """place: such as "Row 3". finding: None for a note on the whole row. around: the words there.

    A correction applies to all places with the same words. So the finding has one only if it is
    right in all of them.
    """

    place: str
    message: str
    finding: Finding | None = None
    around: str = ""


def notes_of(
    now: ScriptState, *, known: Set[str], row_max_chars: int, catalogue: Catalogue
) -> list[Note]:
    """All notes, in the order of the script. known: words without a note, such as the lexicon's.

    English words are offered only if the whole script and all its voices are English.
    """
    now = _without_names(now)
    mends: dict[str, str] = now.script.form.get("mends", {})
    language = language_in(now, catalogue)
    known_here = frozenset(known | set(mends))
    found = [(item, _find(item.unit.text, known_here, language)) for item in now.units]
    sure = _sure(found)
    notes = [*_of_rows(now, row_max_chars), *_left_out(now), *_of_words(now, found, sure)]
    if mends:
        notes += _misplaced(now, mends, frozenset(known), language)
    return notes


def _without_names(now: ScriptState) -> ScriptState:
    """The state of a dialogue with only its words as the text: names are not said."""
    if now.script.kind != "dialogue":
        return now
    words = "\n".join(turn.text for turn in turns_of(now.script, now.rows, now.cast))
    units = [replace(item, unit=replace(item.unit, text=words)) for item in now.units]
    return replace(now, units=units)


def _of_rows(now: ScriptState, row_max_chars: int) -> Iterator[Note]:
    if now.script.kind != "table":
        return
    voices = set(now.cast.names.values())
    lines = [replace(line_of(row), voice=now.cast.of(row)) for row in now.rows]
    for each in checkup.across(lines, voices=voices, row_max_chars=row_max_chars):
        if each.kind != "empty":
            yield Note(f"Row {each.position + 1}", each.message)


def _left_out(now: ScriptState) -> Iterator[Note]:
    for words in blocks.left_out(now.script.text):
        yield Note("Left out", f"{_beginning(words)} is no part of the words and is not said.")


def _of_words(
    now: ScriptState, found: Sequence[tuple[UnitState, Sequence[Finding]]], sure: Set[str]
) -> Iterator[Note]:
    """A note for each finding; the same words have one note."""
    numbers = _numbers(now)
    seen: set[str] = set()
    for item, findings in found:
        for finding in findings:
            if finding.said in seen:
                continue
            seen.add(finding.said)
            message = finding.message
            if finding.mend is not None and finding.said not in sure:
                finding, message = replace(finding, mend=None), DIFFERS
            where = _place(now, numbers, item, finding)
            yield Note(where, message, finding, _around(item.unit.text, finding))


def _misplaced(
    now: ScriptState, mends: Mapping[str, str], known: frozenset[str], language: str
) -> Iterator[Note]:
    """Places where a correction that was taken from another place is not right for sure."""
    found = [
        (item, finding)
        for item in now.units
        for finding in _find(item.unit.text, known, language)
        if finding.said in mends
    ]
    taken = {each.said for _, each in found if each.mend == mends[each.said]}
    numbers = _numbers(now)
    for item, finding in found:
        mend = mends[finding.said]
        if finding.said in taken and finding.mend != mend:
            message = f"“{finding.said}” is said “{mend}” here too. Is that right?"
            around = _around(item.unit.text, finding)
            yield Note(_place(now, numbers, item, finding), message, around=around)


def _sure(found: Sequence[tuple[UnitState, Sequence[Finding]]]) -> frozenset[str]:
    """The words whose correction is right in every place where it would be applied."""
    places = Counter(each.said for _, findings in found for each in findings)
    mends: dict[str, set[str | None]] = {}
    for _, findings in found:
        for each in findings:
            mends.setdefault(each.said, set()).add(each.mend)
    whole = "\n".join(item.unit.text for item, _ in found)
    return frozenset(
        said
        for said, offered in mends.items()
        if len(offered) == 1
        and None not in offered
        and (whole.count(said) == places[said] or _replaced(said, whole) <= places[said])
    )


def _replaced(said: str, text: str) -> int:
    """In how many places a correction of these words is applied."""
    entry = lexicon.Entry(word=said, say_as=MARK, match_case=True)
    return lexicon.apply(text, [entry]).text.count(MARK)


def language_in(now: ScriptState, catalogue: Catalogue) -> str:
    """The one that was chosen, or of the whole script and its voices; "" if it is not certain."""
    if chosen := now.script.form.get("language"):
        return str(chosen)
    voices: set[str] = set()
    for item in now.units:
        request = item.unit.request
        voices |= {line.voice for line in request.lines} or {request.voice}
    spoken = {voice.language for id in voices if (voice := catalogue.voice(now.cast.model, id))}
    if len(spoken) > 1:
        return ""
    text = "\n".join(item.unit.text for item in now.units)
    return _language_of(text, next(iter(spoken), "en"))


def _numbers(now: ScriptState) -> dict[str, int]:
    if now.script.kind == "table":
        return {f"row-{row.id}": number for number, row in enumerate(now.rows, 1)}
    return {item.unit.id: number for number, item in enumerate(now.units, 1)}


def _place(now: ScriptState, numbers: Mapping[str, int], item: UnitState, finding: Finding) -> str:
    place = PLACES.get(now.script.kind)
    return f"{place} {numbers[item.unit.id]}" if place else _line(now, finding.start)


def _line(now: ScriptState, start: int) -> str:
    """The turn of a dialogue in whose words this is, such as "Line 3, Ben"."""
    end = 0
    for number, turn in enumerate(now.turns, 1):
        end += len(turn.text) + 1
        if start < end:
            return f"Line {number:,}, {turn.speaker}" if turn.speaker else f"Line {number:,}"
    return "Dialogue"


def _around(text: str, finding: Finding) -> str:
    """The words of the finding with a few before and after them, on one line."""
    start, end = max(0, finding.start - AROUND_CHARS), finding.end + AROUND_CHARS
    before = text[start : finding.start].rpartition("\n")[2]
    after = text[finding.end : end].partition("\n")[0]
    first = "…" if start and before == text[start : finding.start] else ""
    last = "…" if end < len(text) and after == text[finding.end : end] else ""
    if first:
        before = before.partition(" ")[2]
    if last:
        after = after.rpartition(" ")[0]
    return " ".join(f"{first}{before}{finding.said}{after}{last}".split())


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:SHOWN_CHARS]}…”" if len(words) > SHOWN_CHARS else f"“{words}”"


def _find(text: str, known: frozenset[str], language: str) -> tuple[Finding, ...]:
    """The findings in a text; cached, except for long texts, which would take too much memory."""
    return (_of_short if len(text) <= SHORT_CHARS else _of_long)(text, known, language)


def _checked(text: str, known: frozenset[str], language: str) -> tuple[Finding, ...]:
    return tuple(checkup.find(text, known=known, language=language))


_of_short = lru_cache(maxsize=20_000)(_checked)
_of_long = lru_cache(maxsize=64)(_checked)
_language_of = lru_cache(maxsize=64)(language_of)
