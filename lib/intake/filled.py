"""Fill the template of a text from each row of a sheet."""

from collections import Counter

from lib.errors import InvalidRequestError
from lib.intake.brought import SHEET_MAX_CHARS, Sheet
from lib.intake.columns import Brought, Mapping, as_typed
from lib.script import filling
from lib.script.line import Line


def filled(sheet: Sheet, mapping: Mapping, template: str) -> Brought:
    """One line for each row, with its title and voice.

    Raises InvalidRequestError, before it makes them, if all lines together would be too long.
    """
    notes = [
        f"There is no column “{name}”: it stays as it is."
        for name in filling.missing(template, sheet.header)
    ]
    gaps = Counter(filling.same(gap["name"]) for gap in filling.FIELD.finditer(template))
    lines = []
    chars = 0
    for row in sheet.rows:
        words = {name: as_typed(sheet, cell) for name, cell in zip(sheet.header, row, strict=True)}
        chars += len(template)
        chars += sum(len(cell) * gaps[filling.same(name)] for name, cell in words.items())
        if chars > SHEET_MAX_CHARS:
            raise InvalidRequestError(
                f"Filled in for every row, this text has more than {SHEET_MAX_CHARS:,} "
                "characters, the most at once.",
                hint="Shorten it, or bring in fewer rows.",
            )
        title, voice = words.get(mapping.title, ""), words.get(mapping.voice, "")
        lines.append(Line(text=filling.fill(template, words), title=title, voice=voice))
    return Brought(tuple(lines), tuple(notes))
