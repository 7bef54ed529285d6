"""Length limits for titles, names and remarks; longer ones are cut when they are stored."""

import regex  # type: ignore[import-untyped]  # characters by their class

TITLE_MAX_CHARS = 500
NAME_MAX_CHARS = 80  # of a person
REMARK_MAX_CHARS = 2_000  # remarks, notes, and the comments of listeners

# Characters that no database or file can hold. Line ends and tabs are allowed.
UNSTORABLE = regex.compile(r"[\p{Cs}]|[^\P{Cc}\t\n\r]")


def title(text: str) -> str:
    """The title on one line; may be empty."""
    return _line(text, TITLE_MAX_CHARS)


def name(text: str) -> str:
    """The name of a person on one line; may be empty."""
    return _line(text, NAME_MAX_CHARS)


def remark(text: str) -> str:
    return _storable(text, 4 * REMARK_MAX_CHARS).strip()[:REMARK_MAX_CHARS].strip()


def _line(text: str, most_chars: int) -> str:
    return " ".join(_storable(text, 4 * most_chars).split())[:most_chars].strip()


def _storable(text: str, looked_at_chars: int) -> str:
    # Reads somewhat more than is stored, for outer blanks, but never all of a huge text.
    return str(UNSTORABLE.sub("", text[:looked_at_chars]))
