"""Fill-in: "Hello {name}", and a table that says the names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

# One pair of braces around a column's name. "{{x}}", "%s" and "${x}" mean nothing here.
FIELD = re.compile(r"(?<![{$])\{(?P<name>[^{}\n]{1,60})\}(?!\})")


def fields(template: str) -> list[str]:
    """The names in it, each once, in order."""
    return list(dict.fromkeys(match["name"].strip() for match in FIELD.finditer(template)))


def fill(template: str, row: Mapping[str, str]) -> str:
    """The template with this row's words; a name that the row does not have stays as it is.

    What is filled in is not looked at again, whatever braces it holds.
    """
    known = {same(name): words for name, words in row.items()}
    return FIELD.sub(lambda match: known.get(same(match["name"]), match[0]), template)


def missing(template: str, columns: Iterable[str]) -> list[str]:
    """The names in it that no column has."""
    known = {same(column) for column in columns}
    return [name for name in fields(template) if same(name) not in known]


def same(name: str) -> str:
    """Equal for names that differ by case and blanks alone."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
