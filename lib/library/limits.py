"""How long the words may be that people put on things; what is longer is cut where it is stored."""

import regex  # type: ignore[import-untyped]  # characters by their class

TITLE_MAX_CHARS = 500
REMARK_MAX_CHARS = 2_000  # remarks, notes, and the comments of listeners

# What no database or file can hold, save line ends and tabs.
UNSTORABLE = regex.compile(r"[\p{Cs}]|[^\P{Cc}\t\n\r]")


def title(text: str) -> str:
    """On one line; may come out empty."""
    return " ".join(_storable(text, 4 * TITLE_MAX_CHARS).split())[:TITLE_MAX_CHARS].strip()


def remark(text: str) -> str:
    return _storable(text, 4 * REMARK_MAX_CHARS).strip()[:REMARK_MAX_CHARS].strip()


def _storable(text: str, looked_at_chars: int) -> str:
    # Some more than is kept, since blanks around it do not count; never all of a huge one.
    return str(UNSTORABLE.sub("", text[:looked_at_chars]))
