"""Read a DOCX of Word, LibreOffice or Google as text, with all tracked changes accepted."""

from dataclasses import replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from lib import money
from lib.errors import InvalidRequestError, SpeechError
from lib.intake import archives, kinds, tables
from lib.intake.brought import GUESSED, Choices, Kind, ReadAs, Sheet, Words
from lib.intake.word.accepting import accept, join_drop_caps, tag
from lib.intake.word.blocks import Block, blocks, rows_of_only_table
from lib.intake.word.fields import settle
from lib.intake.word.numbering import Numbering
from lib.intake.word.objects import PICTURES, count_objects
from lib.intake.word.raised import settle_heights
from lib.intake.word.references import put_numbers
from lib.intake.word.signs import read_signs
from lib.intake.word.styles import Styles
from lib.intake.word.unfilled import leave_out_prompts
from lib.intake.word.unseen import leave_out_unseen

KINDS: tuple[Kind, ...] = ("text", "table")  # of a document that is one table
MAIN_PART = "word/document.xml"
# 300,000 words in short runs have 8 MB and 610,000 tags.
LIMITS = archives.Limits(xml_bytes=20_000_000, tags=1_000_000)


def read(name: str, data: bytes, choices: Choices = GUESSED) -> Words | Sheet:
    """The text, with Markdown headings and one line for each list item and table row.

    A document that is one table with known column names is a sheet.
    Tracked insertions are kept. Deletions, comments, notes and hidden text are left out, and the
    notes say so. Raises InvalidRequestError.
    """
    file = archives.checked(name, data, LIMITS)
    if archives.is_strict(file, MAIN_PART):
        raise kinds.strict(name)
    try:
        return _words(name, docx.Document(file), choices)
    except (SpeechError, MemoryError):
        raise
    except ValueError as error:
        raise InvalidRequestError(
            f"{name} is a Word template or has macros, or it is damaged.",
            hint="In Word, save it as a Word document (.docx), then bring that in.",
            detail=repr(error),
        ) from error
    except Exception as error:
        # A damaged document may raise any error, anywhere in the library.
        raise archives.damaged(name, error) from error


def _words(name: str, document: Any, choices: Choices) -> Words | Sheet:
    body = document.element.body
    styles = Styles(document.styles.element)
    notes = _final(body, styles, Numbering(_part(document, RELATIONSHIP_TYPE.NUMBERING), styles))
    rows = rows_of_only_table(body, styles)
    if rows and choices.kind != "text":
        sheet = tables.sheet(name, enumerate(rows, start=1), notes, header=choices.header)
        return replace(sheet, read_as=replace(sheet.read_as, kinds=KINDS))
    text: list[str] = []
    before = Block("")
    for block in blocks(body, styles):
        close = block.series and block.series == before.series
        text += ["\n" if close else "\n\n", block.text]
        before = block
    if not text:
        raise _no_words(name, body, notes)
    return Words("".join(text[1:]), tuple(notes), ReadAs(kinds=KINDS if rows else ()))


def _final(body: Any, styles: Styles, numbering: Numbering) -> list[str]:
    """Change the tree to what is to be said; returns the notes on what is left out.

    The order matters: what is deleted or hidden has no fields, and numbers are looked for last.
    """
    notes = [*accept(body)]
    join_drop_caps(body, styles.drop_caps())
    runs = styles.runs(body)
    notes += [*leave_out_unseen(runs), *settle(body), *leave_out_prompts(body, runs)]
    notes += [*count_objects(body), *read_signs(body, runs), *settle_heights(runs)]
    if contents := sum(styles.is_contents(paragraph) for paragraph in body.iter(tag("p"))):
        notes.append(f"The table of contents, {money.count(contents, 'line')}, was left out.")
    return [*notes, *put_numbers(body, numbering, styles)]


def _part(document: Any, relationship: str) -> Any:
    """The root element of a part, None if the document has no such part."""
    try:
        return getattr(document.part.part_related_by(relationship), "element", None)
    except KeyError:
        return None


def _no_words(name: str, body: Any, notes: list[str]) -> InvalidRequestError:
    if any(True for _ in body.iter(*PICTURES)):
        return InvalidRequestError(
            f"{name} has pictures and no words; words in a picture cannot be read.",
            hint="Type the words into a document, or paste them here.",
        )
    return InvalidRequestError(
        " ".join((f"{name} has no words in it.", *notes)), hint="Choose another file."
    )
