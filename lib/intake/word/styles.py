"""Detect headings, list items, tables of contents and the look of words in a DOCX."""

import re
from typing import Any, NamedTuple

from lib.intake.word.accepting import given, properties_of, tag
from lib.intake.word.looks import Look, of_properties

# Style names in a file are English in every language of Word, and in LibreOffice and Google.
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(toc|contents) (heading|[1-9])", re.IGNORECASE)
LEVELS = 6  # Markdown has no more
RESTS_ON_MAX = 20  # Word allows ten


class Run(NamedTuple):
    """A stretch of words of one look."""

    element: Any
    look: Look


class Source(NamedTuple):
    """What describes a paragraph: its own properties, or a style's with the name and id of it."""

    properties: Any
    name: str = ""
    style_id: str = ""


class Styles:
    def __init__(self, styles: Any) -> None:
        """styles: the root element of the document's styles."""
        self._by_id = {given(style, "styleId"): style for style in styles.iter(tag("style"))}
        self._known: dict[str, list[Source]] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._default = next(
            (
                key
                for key, style in self._by_id.items()
                if given(style, "type") == "paragraph" and given(style, "default") in ("1", "true")
            ),
            "",
        )

    def heading_level(self, paragraph: Any) -> int:
        """1 to 6; 0 if it is not a heading."""
        for properties, name, _ in self._sources(paragraph):
            outline = given(properties.find(tag("outlineLvl"))) if properties is not None else ""
            if outline.isdecimal():
                # 9 means "no heading" in Word.
                return min(int(outline) + 1, LEVELS) if int(outline) < 9 else 0
            if heading := HEADING.fullmatch(name):
                return min(int(heading[1]), LEVELS)
            if name.lower() == "title":
                return 1
        return 0

    def is_list_item(self, paragraph: Any) -> bool:
        for properties, name, _ in self._sources(paragraph):
            numbered = properties.find(tag("numPr")) if properties is not None else None
            if numbered is not None:
                # 0 means that the number or bullet was removed.
                return given(numbered.find(tag("numId"))) != "0"
            if name.lower().startswith("list"):
                return True
        return False

    def is_contents(self, paragraph: Any) -> bool:
        return any(CONTENTS.fullmatch(name) for _, name, _ in self._sources(paragraph))

    def drop_caps(self) -> frozenset[str]:
        """The ids of the paragraph styles that make a drop cap."""
        frames = (
            (key, style.find(f"{tag('pPr')}/{tag('framePr')}"))
            for key, style in self._by_id.items()
        )
        return frozenset(
            key for key, frame in frames if given(frame, "dropCap") in ("drop", "margin")
        )

    def numbering(self, paragraph: Any) -> tuple[str, str, str]:
        """(numId, level from "0", id of the style that says so); ("", "0", "") without a list."""
        level = ""
        for properties, _, style_id in self._sources(paragraph):
            numbered = properties.find(tag("numPr")) if properties is not None else None
            if numbered is None:
                continue
            level = level or given(numbered.find(tag("ilvl")))
            if number := given(numbered.find(tag("numId"))):
                return number, level, style_id
        return "", "0", ""

    def runs(self, body: Any) -> list[Run]:
        return [Run(run, self.look(run)) for run in body.iter(tag("r"))]

    def look(self, run: Any) -> Look:
        """How the words of a run look, by themselves or by a style."""
        own = run.find(tag("rPr"))
        properties = properties_of(next(run.iterancestors(tag("p")), None))
        of_paragraph = "" if properties is None else given(properties.find(tag("pStyle")))
        of_run = "" if own is None else given(own.find(tag("rStyle")))
        key = (of_run, of_paragraph or self._default)
        if key not in self._looks:
            look = Look()
            # The weakest first: a paragraph's style, then a run's.
            for style_id in (key[1], key[0]):
                for style in reversed(self._chain(style_id)):
                    look = of_properties(style.find(tag("rPr")), look)
                    if given(style.find(tag("name"))).lower() == "placeholder text":
                        look = look._replace(is_prompt=True)
            self._looks[key] = look
        return of_properties(own, self._looks[key])

    def _chain(self, style_id: str) -> list[Any]:
        """The style and those it rests on."""
        found: list[Any] = []
        # Styles inherit from each other; in a damaged file they may form a circle.
        while style_id in self._by_id and len(found) < RESTS_ON_MAX:
            found.append(self._by_id[style_id])
            style_id = given(found[-1].find(tag("basedOn")))
        return found

    def _sources(self, paragraph: Any) -> list[Source]:
        """The paragraph itself, then its styles."""
        own = properties_of(paragraph)
        style_id = given(own.find(tag("pStyle"))) if own is not None else ""
        if style_id not in self._known:
            self._known[style_id] = [
                Source(
                    style.find(tag("pPr")), given(style.find(tag("name"))), given(style, "styleId")
                )
                for style in self._chain(style_id)
            ]
        return [Source(own), *self._known[style_id]]
