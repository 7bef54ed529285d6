"""Find names without a colon, as plays and films have them: "ANNA. You came!", "ANNA" alone.

A line so begun names nobody in most texts, so these count only where names come again.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex  # type: ignore[import-untyped]  # letters of every script

from lib.script.labels import LABELS

LONGEST_CHARS = 60
DIRECTION = r"\([^()\n]{1,40}\)"
# "ANNA. You came!", "ANNA (smiling).— You came!", and "Q. When?"; "MR. Lee" and "NO. 5" are none.
STOPPED = regex.compile(
    r"\s{0,20}(?P<name>Q|A|(?!(?:MRS|REV|COL|GEN|CAPT|SGT|PROF|INT|EXT|FIG|VOL|PART)\b)"
    rf"\p{{Lu}}[\p{{Lu}}\p{{M}}]{{2,20}}(?:[ '’-]{{1,2}}[\p{{Lu}}\p{{M}}]{{1,20}}){{0,3}})"
    rf"(?:\s?{DIRECTION}|,\s\p{{Ll}}[\p{{Ll}} ’']{{1,30}})?"
    r"\.(?:\s?[-–—])?\s{1,9}(?P<words>\S.*+)$"
)
# 太郎「おはよう。」, but not 彼は「はい」, which tells who says it.
QUOTED = regex.compile(
    r"\s{0,20}(?P<name>[\p{Han}\p{Hiragana}\p{Katakana}ー・]{1,10})(?<![はがもとにをで])"
    r"[「『](?P<words>[^「」『』]{1,9999}+)[」』]\s{0,9}$"
)
# "ANNA" or "**Anna**", alone on the line above her words.
ALONE = regex.compile(
    r"\s{0,60}(?:(?P<name>\p{Lu}[\p{Lu}\p{M}][\p{Lu}\p{M}\p{N} .'’#&/-]{0,30})"
    r"|\*\*(?P<bold>\p{L}[\p{L}\p{M}\p{N} .'’-]{0,30}):?\*\*)"
    rf"(?:\s?{DIRECTION})?\s{{0,20}}"
)
DIRECTED = regex.compile(rf"\s{{0,60}}{DIRECTION}\s{{0,20}}")


class Staged(NamedTuple):
    """words: "" if they stand below. below: how many lines are no words: a direction."""

    name: str
    words: str
    below: int = 0


def named(rows: Sequence[str]) -> dict[int, Staged]:
    """Who is named at which line, if half of these lines have a name that comes again.

    Titles such as "PRICES" stand alone on their lines, too, but once.
    """
    found = {
        place: each
        for place in range(len(rows))
        if (each := _at(rows, place)) and each.name.casefold() not in LABELS
    }
    times = Counter(each.name for each in found.values())
    again = sum(number for number in times.values() if number > 1)
    return found if len(times) > 1 and again * 2 >= len(found) else {}


def _at(rows: Sequence[str], place: int) -> Staged | None:
    row = rows[place]
    start = row.lstrip()[:1]
    # As most lines: it begins with a capital and goes on with small letters.
    if not start or start.islower():
        return None
    if match := STOPPED.match(row) or QUOTED.match(row):
        return Staged(match["name"], match["words"])
    below = rows[place + 1] if place + 1 < len(rows) else ""
    is_apart = not place or not rows[place - 1].strip()
    if len(row) > 2 * LONGEST_CHARS or not is_apart or not below.strip():
        return None
    if match := ALONE.fullmatch(row):
        name = (match["name"] or match["bold"]).rstrip(" .")
        return Staged(name, "", int(bool(DIRECTED.fullmatch(below[: 2 * LONGEST_CHARS]))))
    return None
