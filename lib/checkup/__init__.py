"""Check a text before it is paid for: find what a voice may read in an unintended way."""

from lib.checkup.finding import Finding, Kind
from lib.checkup.lines import LineFinding, LineKind, across
from lib.checkup.reading import find, mended

__all__ = ["Finding", "Kind", "LineFinding", "LineKind", "across", "find", "mended"]
