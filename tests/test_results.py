"""The results of a listening test, as its owner sees them."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def page(stars: list[list[int]]) -> None:
    """stars: for each ballot, the stars of each voice."""
    from lib.library.ballot import Ballot, ListeningTest
    from lib.ui.compare import results

    test = ListeningTest(
        id=1,
        token="t",
        owner="local",
        audition_id=1,
        title="Which voice?",
        script="Hello.",
        questions=("Overall",),
        passcode=None,
        ends_at_s=None,
        closed_at_s=None,
        revealed=False,
        made_at_s=0.0,
    )
    ballots = [
        Ballot(
            listener=str(number),
            comment="",
            ratings={voice: {"Overall": given} for voice, given in enumerate(each)},
            changed_at_s=0.0,
            came_from=None,
        )
        for number, each in enumerate(stars)
    ]
    names = {voice: f"Voice {voice + 1}" for voice in range(len(stars[0]))}
    results.show(test, names, ballots)


@pytest.mark.parametrize("stars", [[1, 3, 5], [5, 3, 1], [3, 5, 1]])
def test_the_chart_states_the_order_of_the_table(stars: list[int]) -> None:
    """Otherwise it would keep the order of the first votes."""
    app = AppTest.from_function(page, args=([stars] * 4,)).run()
    assert not app.exception
    chart = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    ordered = [f"Voice {stars.index(given) + 1}" for given in (5, 3, 1)]
    assert [layer["encoding"]["y"]["sort"] for layer in chart["layer"]] == [ordered, ordered]
    table = next(each.proto.body for each in app.get("html") if "<table>" in each.proto.body)
    assert sorted(ordered, key=table.index) == ordered
