"""The cards that a board sends to a browser, and the marks that come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from lib.library.limits import REMARK_MAX_CHARS


class Row(TypedDict):
    """A question and its stars, 1 to 5. `label` is empty if there is only one question."""

    id: str
    label: str
    stars: int | None


class Action(TypedDict):
    """spoken: the whole name of the button, for screen readers."""

    name: str
    label: str
    spoken: str


class Card(TypedDict, total=False):
    """Everything shown of one voice.

    spoken: its name in "Play …". removable: the name of the button that takes it away.
    """

    id: str
    name: str
    spoken: str
    about: str
    number: int
    address: str
    length_s: float
    peaks: list[int]
    gain_db: float
    facts: str
    download: str
    rows: list[Row]
    remark: str
    state: dict[str, str]
    actions: list[Action]
    removable: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What one browser marked since its page was opened, by the ids of the cards.

    stars: by the ids of the rows, 1 to 5, or None if they were removed.
    """

    stars: dict[str, dict[str, int | None]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def read_marks(given: object, cards: Sequence[Card], *, remarks: bool) -> Marks:
    """The valid marks in the data from a browser, which may send anything.

    Unknown cards and rows and invalid stars are left out; long remarks are cut.
    """
    marks = Marks()
    for card in cards:
        mine = given.get(card["id"]) if isinstance(given, Mapping) else None
        if not isinstance(mine, Mapping):
            continue
        rows = [row["id"] for row in card["rows"] if row["id"] in mine]
        marks.stars[card["id"]] = {row: mine[row] for row in rows if _is_stars(mine[row])}
        if remarks and isinstance(remark := mine.get("remark"), str):
            marks.remarks[card["id"]] = remark[:REMARK_MAX_CHARS]
    return marks


def _is_stars(value: object) -> bool:
    """Whether it is a valid number of stars; True is not, although it equals 1."""
    return value is None or (type(value) is int and 1 <= value <= 5)
