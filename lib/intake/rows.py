"""Handle the rows of a table that are unlike the others, and say so."""

from collections import Counter
from collections.abc import Collection, Sequence

from lib import money
from lib.intake import headers
from lib.intake.brought import named

Row = Sequence[str]
SAID_MAX_CHARS = 60
# Delimiters that a text has, too.
PUNCTUATION = {",": "comma", ";": "semicolon"}


def told(row: Row) -> str:
    """The content of a row for a sentence: “Prompts, 2026”."""
    cells = list(dict.fromkeys(" ".join(cell[:999].split()) for cell in row))
    words = ", ".join(filter(None, cells))
    return f"“{words[:SAID_MAX_CHARS]}{'…' if len(words) > SAID_MAX_CHARS else ''}”"


def above(rows: Sequence[Row]) -> list[str]:
    """What stands above the header, in sentences."""
    if not rows:
        return []
    return [f"{named([told(row) for row in rows])} above the header {_was(len(rows))} left out."]


def guessed(header: Row, number: int) -> list[str]:
    """Says that a row without any name that we know was taken for the header."""
    if any(map(headers.hinted_role_of, header)):
        return []
    return [f"Row {number} was taken for the names of the columns: {told(header)}."]


def repeated(header: Row, rows: Sequence[Row]) -> set[int]:
    """The indexes of rows that are the header again, as at the top of each page."""
    names = [name.strip() for name in header]
    if len(list(filter(None, names))) < 2:
        return set()
    return {
        index
        for index, row in enumerate(rows)
        if row[0].strip() == names[0] and [cell.strip() for cell in row] == names
    }


def say_repeated(numbers: Sequence[int]) -> list[str]:
    if not numbers:
        return []
    verb = "repeats" if len(numbers) == 1 else "repeat"
    return [f"{_rows(numbers)} {verb} the names of the columns and {_was(len(numbers))} left out."]


def glued(row: Row, width: int, delimiter: str) -> Row:
    """A row with more cells than columns, joined where a blank follows the delimiter.

    ["A1", "Welcome", " friend", "Tim"] becomes ["A1", "Welcome, friend", "Tim"] for a width of 3.
    Another row stays as it is, and so does this one if it would not be as wide as the header.
    """
    if len(row) <= width or delimiter not in PUNCTUATION or _filled_width(row) <= width:
        return row
    cells: list[list[str]] = []
    for cell in row:
        if cell[:1] == " " and cell.strip() and cells:
            cells[-1].append(cell)
        else:
            cells.append([cell])
    joined = [delimiter.join(parts) for parts in cells]
    return joined if _filled_width(joined) == width else row


def say_glued(numbers: Sequence[int], delimiter: str) -> list[str]:
    if not numbers:
        return []
    what = PUNCTUATION[delimiter]
    return [f"{_rows(numbers)}: a {what} with a blank after it was taken as part of the text."]


def ragged(header: Row, rows: Sequence[Row], numbers: Sequence[int]) -> list[str]:
    """Sentences about rows that are longer or shorter than the others. header: () for none."""
    usual = _filled_width(header) or Counter(map(len, rows)).most_common(1)[0][0]
    pairs = list(zip(numbers, rows, strict=True))
    longer = [number for number, row in pairs if len(row) > usual and _filled_width(row) > usual]
    shorter = [number for number, row in pairs if len(row) < usual]
    found = []
    if longer:
        found.append(
            f"{_have(longer)} more cells than the others: a text in it may be cut where it has a "
            "comma or semicolon. A text in quotation marks stays whole."
        )
    if shorter:
        found.append(f"{_have(shorter)} fewer cells than the others.")
    return found


def blank(numbers: Sequence[int], hidden: Collection[int] = ()) -> list[str]:
    """numbers: of the rows that are not blank. hidden: of those that are only not shown."""
    gaps = numbers[-1] - numbers[0] + 1 - len(numbers)
    count = gaps - sum(numbers[0] < number < numbers[-1] for number in hidden)
    return [f"{money.count(count, 'blank row')} {_was(count)} left out."] if count else []


def _filled_width(row: Row) -> int:
    """The number of cells up to the last one that is not blank."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _have(numbers: Sequence[int]) -> str:
    return f"{_rows(numbers)} {'has' if len(numbers) == 1 else 'have'}"


def _rows(numbers: Sequence[int]) -> str:
    return f"Row{'' if len(numbers) == 1 else 's'} {named(numbers)}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
