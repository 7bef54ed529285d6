"""The marks of a board: a browser can send any value."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.library.limits import REMARK_MAX_CHARS
from lib.library.scripts import Row
from lib.scripting.cells import edited
from lib.web.marks import Card, Marks, read_marks

QUESTIONS = ("Overall", "Fits our brand")
CARDS: list[Card] = [
    {"id": letter, "rows": [{"id": each, "label": each, "stars": None} for each in QUESTIONS]}
    for letter in "AB"
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["A", "B", "C", "remark", *QUESTIONS]), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_k6_marks_of_this_board_are_read_and_nothing_else() -> None:
    sent = {
        "A": {"Overall": 5, "Fits our brand": None, "Other": 3, "remark": "x" * 9_000},
        "B": {"Overall": True, "Fits our brand": 6},
        "C": {"Overall": 5},
    }
    assert read_marks(sent, CARDS, remarks=True) == Marks(
        stars={"A": {"Overall": 5, "Fits our brand": None}, "B": {}},
        remarks={"A": "x" * REMARK_MAX_CHARS},
    )
    assert read_marks(sent, CARDS, remarks=False).remarks == {}


@given(ANYTHING)
def test_k6_whatever_is_sent_for_marks_only_stars_and_remarks_come_of_it(sent: Any) -> None:
    marks = read_marks(sent, CARDS, remarks=True)
    assert set(marks.stars) | set(marks.remarks) <= {"A", "B"}
    for given_stars in marks.stars.values():
        assert set(given_stars) <= set(QUESTIONS)
        assert {type(each) for each in given_stars.values()} <= {int, type(None)}
        assert all(each is None or 1 <= each <= 5 for each in given_stars.values())
    assert all(type(each) is str for each in marks.remarks.values())


NOT_A_NUMBER = float("nan")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(2, 2.0), (0.5, 0.5), (None, None), ("9", None), (True, None), (61, None), (-1, None),
     (NOT_A_NUMBER, None), (10**400, None), ([1], None)],
)  # fmt: skip
def test_a_pause_in_the_grid_is_a_number_of_seconds_or_none(sent: Any, kept: float | None) -> None:
    row = edited(Row(position=0, text="Hello."), {"Pause, s": sent})
    assert (row.text, row.pause_after_s) == ("Hello.", kept)
