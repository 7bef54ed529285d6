"""The units of a saved script; each becomes one clip."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lib import lexicon, script
from lib.library.scripts import Row, Script
from lib.orders.parts import Request
from lib.script import Line, dialogue
from lib.scripting.cast import Cast

WHOLE = "all"
CHAPTER_GAP_S = 1.0

_turns = lru_cache(maxsize=8)(dialogue.lines)  # a page asks for them several times


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """id: the row or chapter, or the whole. row: the id of the row, if it is one.

    pause_after_s: silence after it in a joined file. start_s: when it is heard there; None if it
    follows the others.
    """

    id: str
    title: str
    text: str
    request: Request
    pause_after_s: float | None = None
    start_s: float | None = None
    row: int | None = None


def units(
    what: Script, rows: Sequence[Row], cast: Cast, wording: frozenset[lexicon.Entry]
) -> list[Unit]:
    """The units in the order of the script, without rows that have no words."""
    usual = Request(
        script="",
        model=cast.model,
        voice=cast.voice,
        format=cast.format,
        language=what.form.get("language", ""),
        wording=wording,
        takes=frozenset(what.form.get("takes", {}).items()),
    )
    if what.kind == "table":
        return [_row(row, cast, usual) for row in rows if row.text.strip()]
    usual = replace(usual, each_sentence=True)
    if what.kind == "dialogue":
        turns = turns_of(what, rows, cast)
        return [_dialogue(what, turns, cast, usual)] if turns else []
    return _document(what, usual) if what.text.strip() else []


def turns_of(what: Script, rows: Sequence[Row], cast: Cast) -> Sequence[Line]:
    """The turns of a dialogue, or the lines of a table: its rows, or those read from its text.

    voice: only a name that a row gives; the cast tells the others by their speakers.
    """
    if not rows:
        return _turns(what.text, cast.known)
    return [line_of(row) for row in rows if row.text.strip()]


def line_of(row: Row) -> Line:
    return Line(
        text=row.text,
        title=row.title,
        speaker=row.speaker,
        voice=row.voice,
        pause_after_s=row.pause_after_s,
        start_s=row.start_s,
        end_s=row.end_s,
    )


def _row(row: Row, cast: Cast, usual: Request) -> Unit:
    return Unit(
        id=f"row-{row.id}",
        title=row.title.strip() or script.title_of_document(row.text),
        text=row.text,
        request=replace(usual, script=row.text, voice=cast.of(row)),
        pause_after_s=row.pause_after_s,
        start_s=row.start_s,
        row=row.id,
    )


def _dialogue(what: Script, turns: Sequence[Line], cast: Cast, usual: Request) -> Unit:
    said = [replace(turn, voice=cast.of(turn)) for turn in turns]
    text = what.text or dialogue.text_of(turns)
    return Unit(id=WHOLE, title=what.title, text=text, request=_of_lines(text, said, usual))


def _document(what: Script, usual: Request) -> list[Unit]:
    chapters = script.chapters.lines(what.text)
    if what.form.get("joined"):
        said = [replace(each, voice=usual.voice, pause_after_s=CHAPTER_GAP_S) for each in chapters]
        said[-1] = replace(said[-1], pause_after_s=None)
        request = _of_lines(what.text, said, usual)
        return [Unit(id=WHOLE, title=what.title, text=what.text, request=request)]
    return [
        Unit(
            id=f"chapter-{number}",
            title=each.title
            or (what.title if len(chapters) == 1 else script.title_of_document(each.text)),
            text=each.text,
            request=replace(usual, script=each.text),
            pause_after_s=CHAPTER_GAP_S,
        )
        for number, each in enumerate(chapters)
    ]


def _of_lines(text: str, said: Sequence[Line], usual: Request) -> Request:
    return replace(usual, script=text, lines=tuple(said), voice=said[0].voice)
