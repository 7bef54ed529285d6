"""Fill a template such as "Hello {name}" from the rows of a table."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

# One pair of braces around a column's name. "{{x}}", "%s" and "${x}" are not fields.
FIELD = re.compile(r"(?<![{$])\{(?P<name>[^{}\n]{1,60})\}(?!\})")


def fields(template: str) -> list[str]:
    """The names of the fields, each once, in order."""
    return list(dict.fromkeys(match["name"].strip() for match in FIELD.finditer(template)))


def fill(template: str, row: Mapping[str, str]) -> str:
    """The template filled from this row; a field that the row does not have stays as it is.

    Braces inside a filled-in value are not filled again.
    """
    known = {same(name): words for name, words in row.items()}
    return FIELD.sub(lambda match: known.get(same(match["name"]), match[0]), template)


def missing(template: str, columns: Iterable[str]) -> list[str]:
    """The names of fields without a column."""
    known = {same(column) for column in columns}
    return [name for name in fields(template) if same(name) not in known]


def same(name: str) -> str:
    """A key that is equal for names that differ only in case and blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
