"""Work out the numbers that Word puts before list items and headings, as they are shown."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lib.intake.word.accepting import given, tag
from lib.intake.word.styles import Styles

LEVELS = 9
NUMBER_MAX = 32_767  # as in Word
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
         (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LINKS_MAX = 10
SHOWN_MAX_CHARS = 100
OUTER_SIGNS = re.compile(r"^[^\w]{1,100}|[^\w]{1,100}$")
PLACE = re.compile(r"%[1-9]")
LETTER = re.compile(r"[^\W\d_]")


class Level(NamedTuple):
    """One level of a list. form: "decimal", "bullet" …; shown: such as "%1.%2)", "Step %1:"."""

    start: int = 1
    form: str = "decimal"
    shown: str = ""
    style: str = ""
    restarts_after: int = LEVELS
    is_legal: bool = False


class Label(NamedTuple):
    """The number of a paragraph as shown. series: the list; has_words: as in "Step 1"."""

    text: str
    series: str
    has_words: bool = False

    @property
    def key(self) -> str:
        """Without the signs around it, as others refer to it."""
        return OUTER_SIGNS.sub("", self.text).lower()


class Numbering:
    def __init__(self, root: Any, styles: Styles) -> None:
        """root: the element of the part "numbering", or None."""
        self._styles = styles
        found = [] if root is None else list(root)
        self._abstract = {
            given(each, "abstractNumId"): each for each in found if each.tag == tag("abstractNum")
        }
        self._lists = {given(each, "numId"): each for each in found if each.tag == tag("num")}
        self._levels: dict[str, tuple[str, list[Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def labels(self, paragraphs: Iterator[Any]) -> Iterator[tuple[Any, Label]]:
        """Each paragraph with a number, in the order of the document, and its label."""
        for paragraph in paragraphs:
            number_id, level, style = self._styles.numbering(paragraph)
            # 0 means that the number was removed. An empty paragraph shows a number and counts.
            is_numbered = number_id in self._lists and number_id != "0"
            if is_numbered and (label := self._next(number_id, level, style)):
                yield paragraph, label

    def _next(self, number_id: str, level: str, style: str) -> Label | None:
        series, levels, restarts = self._list(number_id)
        if level:
            depth = min(int(level[:2]), LEVELS - 1) if level.isdecimal() else 0
        else:
            by_style = (at for at, each in enumerate(levels) if style and each.style == style)
            depth = next(by_style, 0)
        counts = self._counts.setdefault(series, [None] * LEVELS)
        if depth in restarts and (number_id, depth) not in self._begun:
            self._begun.add((number_id, depth))
            counts[depth] = restarts[depth] - 1
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else min(before + 1, NUMBER_MAX)
        for deeper in range(depth + 1, LEVELS):
            if depth < levels[deeper].restarts_after:
                counts[deeper] = None
        text = _shown(levels, counts, depth)
        has_words = bool(LETTER.search(PLACE.sub("", levels[depth].shown[:SHOWN_MAX_CHARS])))
        return Label(text, series, has_words) if text else None

    def _list(self, number_id: str) -> tuple[str, list[Level], dict[int, int]]:
        """(its series, its levels, the level numbers at which it starts anew)."""
        if number_id not in self._levels:
            number = self._lists[number_id]
            series = given(number.find(tag("abstractNumId")))
            levels = {given(each, "ilvl"): each for each in self._root_of(series).iter(tag("lvl"))}
            restarts = {}
            for each in number.iter(tag("lvlOverride")):
                depth = given(each, "ilvl")
                start = given(each.find(tag("startOverride")))
                if start.isdecimal() and depth.isdecimal():
                    restarts[int(depth[:2])] = _int(start, 1)
                if (level := each.find(tag("lvl"))) is not None:
                    levels[depth] = level
            parts = [_level(levels.get(str(depth)), depth) for depth in range(LEVELS)]
            self._levels[number_id] = series, parts, restarts
        return self._levels[number_id]

    def _root_of(self, series: str) -> Any:
        """The definition of a list, which may stand with another of the same style."""
        for _ in range(LINKS_MAX):
            abstract = self._abstract.get(series)
            link = "" if abstract is None else given(abstract.find(tag("numStyleLink")))
            if not link:
                break
            series = next(
                (
                    key
                    for key, each in self._abstract.items()
                    if given(each.find(tag("styleLink"))) == link
                ),
                "",
            )
        return abstract if abstract is not None else next(iter(self._lists.values()))


def _level(level: Any, depth: int) -> Level:
    if level is None:
        return Level(form="none")
    restart = given(level.find(tag("lvlRestart")))
    return Level(
        start=_int(given(level.find(tag("start"))), 0),
        form=given(level.find(tag("numFmt"))) or "decimal",
        shown=given(level.find(tag("lvlText"))),
        style=given(level.find(tag("pStyle"))),
        # 0: never. Else the number of the level, from 1, after which it starts again.
        restarts_after=_int(restart, depth) if restart else depth,
        is_legal=level.find(tag("isLgl")) is not None,
    )


def _shown(levels: list[Level], counts: list[int | None], depth: int) -> str:
    level = levels[depth]
    if level.form in ("bullet", "none"):
        return ""
    text = level.shown[:SHOWN_MAX_CHARS]
    for at, each in enumerate(levels):
        if f"%{at + 1}" in text:
            number = counts[at]
            form = "decimal" if level.is_legal else each.form
            shown = _formatted(each.start if number is None else number, form)
            text = text.replace(f"%{at + 1}", shown)
    return text.strip()


def _formatted(number: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter" if number > 0:
            # After z come aa, bb, cc.
            times, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) * min(times + 1, 30)
        case "lowerRoman" | "upperRoman" if number > 0:
            text = ""
            for value, sign in ROMAN:
                times, number = divmod(number, value)
                text += sign * times
        case "decimalZero":
            text = f"{number:02}"
        case "ordinal":
            text = f"{number}{_ending(number)}"
        case "bullet" | "none":
            text = ""
        case _:
            text = str(number)
    return text.upper() if form.startswith("upper") else text


def _ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _int(text: str, default: int) -> int:
    return min(int(text[:6]), NUMBER_MAX) if text.isdecimal() else default
