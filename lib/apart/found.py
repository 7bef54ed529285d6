"""The content of a file, and its form as lines of JSON between the two processes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from lib import catalogue, intake
from lib.errors import InvalidRequestError
from lib.intake import GUESSED, Choices, ReadAs, Sheet, Words
from lib.intake.brought import named
from lib.lexicon import Entry, files
from lib.script import chapters, clean, dialogue, title_of, title_of_document

SPEAKERS_SHOWN = 4
# A line is short enough that the server parses it without a noticeable pause.
CELLS_A_LINE = 500
CHARS_A_LINE = 100_000


@dataclass(frozen=True, slots=True)
class Text:
    """A cleaned text and its type. title: its own, who speaks in it, or its first words.

    speakers: the first few of a dialogue; empty for others.
    """

    words: Words
    title: str
    count: int
    headings: int
    speakers: tuple[str, ...]


Found = Text | Sheet | files.Read


def find(task: str, name: str, data: bytes, choices: Choices = GUESSED) -> Found:
    """Read the file of a "script" or a "lexicon". Raises InvalidRequestError."""
    if task == "lexicon":
        return files.read(data)
    brought = intake.read(name, data, choices)
    return brought if isinstance(brought, Sheet) else _look_at(brought)


def _look_at(words: Words) -> Text:
    # The slow cleaning is done in this process: cleaning a clean text again is fast.
    text = clean(words.text).text
    known = catalogue.load().voice_names
    turns = dialogue.lines(text, known) if dialogue.looks_like_one(text, known) else ()
    speakers = dialogue.speakers(turns)
    return Text(
        replace(words, text=text),
        title_of(named(speakers)) if speakers else chapters.title(text) or title_of_document(text),
        len(text.split()),
        chapters.count(text),
        tuple(speakers[:SPEAKERS_SHOWN]),
    )


# ---- As lines ----


def refusal(error: InvalidRequestError) -> str:
    return json.dumps(
        {"is": "refused", "message": str(error), "hint": error.hint, "detail": error.detail}
    )


def lines(found: Found) -> Iterator[str]:
    """Lines of JSON: the first has the type; the others have text, cells or entries."""
    match found:
        case Text():
            words, text = found.words, found.words.text
            head = {"notes": words.notes, "read_as": asdict(words.read_as)}
            yield json.dumps(
                {"is": "text", **head, "rest": astuple(replace(found, words=Words("")))}
            )
            for begin in range(0, len(text), CHARS_A_LINE):
                yield json.dumps(text[begin : begin + CHARS_A_LINE])
        case Sheet():
            bare = astuple(replace(found, rows=()))
            yield json.dumps({"is": "sheet", "bare": bare, "read_as": asdict(found.read_as)})
            yield from _batches(cell for row in found.rows for cell in row)
        case files.Read():
            yield json.dumps({"is": "lexicon", "problems": found.problems})
            yield from map(json.dumps, map(astuple, found.entries))


def found_in(answer: Iterable[bytes]) -> Found:
    """The inverse of `lines`. Raises InvalidRequestError for a refusal."""
    rest = map(json.loads, answer)
    head = next(rest)
    match head["is"]:
        case "refused":
            raise InvalidRequestError(head["message"], hint=head["hint"], detail=head["detail"])
        case "text":
            words = Words("".join(rest), tuple(head["notes"]), _read_as(head["read_as"]))
            _, title, count, headings, speakers = head["rest"]
            return Text(words, title, count, headings, tuple(speakers))
        case "sheet":
            cells = [cell for batch in rest for cell in batch]
            return _sheet(head["bare"], cells, _read_as(head["read_as"]))
        case _:
            return files.Read(tuple(Entry(*each) for each in rest), tuple(head["problems"]))


def _batches(cells: Iterable[str]) -> Iterator[str]:
    batch: list[str] = []
    chars = 0
    for cell in cells:
        batch.append(cell)
        chars += len(cell)
        if len(batch) == CELLS_A_LINE or chars > CHARS_A_LINE:
            yield json.dumps(batch)
            batch, chars = [], 0
    yield json.dumps(batch)


def _sheet(bare: Sequence[Any], cells: Sequence[str], read_as: ReadAs) -> Sheet:
    header, _, notes, numbers, header_number, guarded, _ = bare
    width = len(header)
    rows = (tuple(cells[begin : begin + width]) for begin in range(0, len(cells), width))
    return Sheet(
        tuple(header), tuple(rows), tuple(notes), tuple(numbers), header_number, guarded, read_as
    )


def _read_as(read_as: Mapping[str, Any]) -> ReadAs:
    top = tuple((number, tuple(cells)) for number, cells in read_as["top"])
    several = {name: tuple(read_as[name]) for name in ("kinds", "sheets")}
    return ReadAs(**{**read_as, **several, "top": top})
