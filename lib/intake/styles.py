"""Detect headings, list items and tables of contents in a DOCX from paragraph styles."""

import re
from typing import Any

from lib.intake.accepting import given, tag

# Style names in a file are English in every language of Word, and in LibreOffice and Google.
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
CONTENTS = re.compile(r"(toc|contents) (heading|[1-9])", re.IGNORECASE)
LEVELS = 6  # Markdown has no more
RESTS_ON_MAX = 20  # Word allows ten


class Styles:
    def __init__(self, styles: Any) -> None:
        """styles: the root element of the document's styles."""
        self._by_id = {given(style, "styleId"): style for style in styles.iter(tag("style"))}
        self._known: dict[str, list[tuple[Any, str]]] = {}

    def heading_level(self, paragraph: Any) -> int:
        """1 to 6; 0 if it is not a heading."""
        for properties, name in self._sources(paragraph):
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
        for properties, name in self._sources(paragraph):
            numbered = properties.find(tag("numPr")) if properties is not None else None
            if numbered is not None:
                # 0 means that the number or bullet was removed.
                return given(numbered.find(tag("numId"))) != "0"
            if name.lower().startswith("list"):
                return True
        return False

    def is_contents(self, paragraph: Any) -> bool:
        return any(CONTENTS.fullmatch(name) for _, name in self._sources(paragraph))

    def _sources(self, paragraph: Any) -> list[tuple[Any, str]]:
        """(properties or None, style name or "") of the paragraph itself, then of its styles."""
        own = paragraph.find(tag("pPr"))
        style_id = given(own.find(tag("pStyle"))) if own is not None else ""
        return [(own, ""), *self._of_style(style_id)]

    def _of_style(self, style_id: str) -> list[tuple[Any, str]]:
        if style_id not in self._known:
            found: list[tuple[Any, str]] = []
            rests_on = style_id
            # Styles inherit from each other; in a damaged file they may form a circle.
            while rests_on in self._by_id and len(found) < RESTS_ON_MAX:
                style = self._by_id[rests_on]
                found.append((style.find(tag("pPr")), given(style.find(tag("name")))))
                rests_on = given(style.find(tag("basedOn")))
            self._known[style_id] = found
        return self._known[style_id]
