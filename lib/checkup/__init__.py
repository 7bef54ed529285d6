"""The check-up before paying: what a voice may read in another way than it is meant."""

from lib.checkup.finding import Finding, Kind
from lib.checkup.lines import LineFinding, LineKind, across
from lib.checkup.reading import find, mended

__all__ = ["Finding", "Kind", "LineFinding", "LineKind", "across", "find", "mended"]
