"""The content of a lexicon file of any format."""

from collections.abc import Iterable
from dataclasses import dataclass

from lib.errors import InvalidRequestError
from lib.lexicon.entry import Entry, checked

FILE_MAX_BYTES = 20_000_000
FILE_MAX_ROWS = 10_000
HINT = "Choose another file, or split this one."


@dataclass(frozen=True, slots=True)
class Read:
    """entries: checked, each word once.

    problems: a sentence for each row that was skipped, and one if the encoding was guessed.
    """

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def check_size(data: bytes) -> None:
    """Raises InvalidRequestError for a file that is too large or empty."""
    if len(data) > FILE_MAX_BYTES:
        raise InvalidRequestError("This file is over 20 MB, too large for a lexicon.", hint=HINT)
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidRequestError("This file is empty.", hint="Choose another file.")


def collected(rows: Iterable[tuple[str, Entry | str | None]]) -> Read:
    """rows: (place such as "Row 7", then an entry, or a problem, or None for a blank row).

    Raises InvalidRequestError for more than 10,000 rows.
    """
    entries: dict[tuple[str, bool], Entry] = {}
    problems = []
    for number, (place, row) in enumerate(rows):
        if number == FILE_MAX_ROWS:
            raise InvalidRequestError(
                f"This file has more than {FILE_MAX_ROWS:,} rows, the most at once.", hint=HINT
            )
        if isinstance(row, str):
            problems.append(f"{place}: {row}")
        elif row is not None:
            try:
                entry = checked(row)
            except InvalidRequestError as error:
                problems.append(f"{place}: {error}")
                continue
            if entry.identity in entries:
                problems.append(f"{place}: “{entry.word}” is in the file twice; the first is used.")
            entries.setdefault(entry.identity, entry)
    return Read(tuple(entries.values()), tuple(problems))
