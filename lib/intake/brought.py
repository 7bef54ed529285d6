"""The content of an imported file (a text or a table), and the limits on its size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lib.errors import InvalidRequestError
from lib.script import clean

FILE_MAX_BYTES = 20_000_000
ROWS_MAX = 10_000
COLUMNS_MAX = 200
CELL_MAX_CHARS = 100_000
CELLS_MAX = 1_000_000  # not counting empty ones
SHEET_MAX_CHARS = 20_000_000
TEXT_MAX_CHARS = 3_000_000  # about 1,500 pages

NAMED_AT_MOST = 5


Kind = Literal["text", "table", "captions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """How a person wants a file to be read; what is not chosen is guessed.

    kind: not for Office files. encoding: a name of `decoding.ENCODINGS`. sheet: the title of a
    workbook's sheet. header: the number in the file of the row with the column names, 0 for none.
    hidden: whether hidden and filtered rows and columns are read too.
    """

    kind: Kind | None = None
    encoding: str = ""
    sheet: str = ""
    header: int | None = None
    hidden: bool = False


GUESSED = Choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAs:
    """What a file was read as, and what can be chosen instead.

    kinds: what it may be read as; none if there is no choice. encoding: "" if the file states it,
    as Office files do. sheets: the titles of a workbook's sheets with anything in them; sheet: the
    one that was read. hidden: how many rows and columns are hidden. top: (number in the file,
    cells) of the first rows, one of which may be the header.
    """

    kind: Kind = "text"
    kinds: tuple[Kind, ...] = ()
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden: int = 0
    top: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A text as typed, with headings in Markdown.

    notes: sentences about what a person should know before recording.
    """

    text: str
    notes: tuple[str, ...] = ()
    read_as: ReadAs = ReadAs()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a person sees it: all rows are as wide as the header, whose names are unique.

    notes: as in Words. numbers: each row's number in its file, from 1.
    header_number: the header's row number; 0 if the file has none and "Column A" … are used.
    guarded: whether cells may begin with the "'" that our own tables put before a formula.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    header_number: int = 0
    guarded: bool = False
    read_as: ReadAs = ReadAs(kind="table")


def check_length(name: str, text: str) -> None:
    """Raises InvalidRequestError for a text that is too long for one script."""
    if len(text) > TEXT_MAX_CHARS:
        raise InvalidRequestError(
            f"{name} has {len(text):,} characters; {TEXT_MAX_CHARS:,} is the most at once.",
            hint="Split it into several files, then bring them in one after the other.",
        )


def check_words(name: str, words: Words) -> Words:
    """Return `words`. Raises InvalidRequestError if there are too many, or none."""
    check_length(name, words.text)
    if not clean(words.text).text:
        raise InvalidRequestError(f"{name} has no words in it.", hint="Choose another file.")
    return words


def named(things: Sequence[object]) -> str:
    """A list for a sentence, such as "3", "3 and 8", "3, 8, 9, 12, 15 and 20 more"."""
    shown = [str(thing) for thing in things[:NAMED_AT_MOST]]
    more = len(things) - len(shown)
    if more:
        shown.append(f"{more:,} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
