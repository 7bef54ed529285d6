"""The results of a listening test: a sentence, a chart and a table."""

from collections.abc import Mapping, Sequence

import streamlit as st

from lib import listening
from lib.library.ballot import Ballot, ListeningTest
from lib.listening import Standing
from lib.ui.widgets import style

MAIN = "Overall"
ROW_PX, AXIS_PX = 34, 76
INTERVAL = "#8c8c8c"  # visible on white and on black


def show(test: ListeningTest, names: Mapping[int, str], ballots: Sequence[Ballot]) -> None:
    """Draw the results. names: the name of each voice, by its position."""
    ratings = [ballot.ratings for ballot in ballots]
    asked = {
        question: listening.stars_of(ratings, question, len(names)) for question in test.questions
    }
    main = MAIN if MAIN in asked else test.questions[0]
    standings = listening.ranking(asked[main])
    alike = listening.agreement_words(listening.agreement(asked[main]))
    style.notice("info", listening.verdict(asked[main], standings, names), alike)
    if standings:
        _chart(standings, names)
    means = {question: listening.means(stars) for question, stars in asked.items()}
    order = [each.voice for each in standings] or list(names)
    ranks = {each.voice: listening.rank_words(each) for each in standings}
    style.table(
        ["Voice", "Rank", *test.questions],
        [
            [
                names[voice],
                ranks.get(voice, ""),
                *(listening.mean_words(means[question][voice]) for question in test.questions),
            ]
            for voice in order
        ],
    )
    style.facts("Stars are means, in brackets where the true mean lies with 95 % certainty")


def _chart(standings: Sequence[Standing], names: Mapping[int, str]) -> None:
    """A chart of how likely each voice is preferred to an average one, with intervals."""
    import altair as alt  # imported late, so that the first page loads faster
    import pandas as pd

    ordered = [names[each.voice] for each in standings]
    frame = pd.DataFrame(
        {
            "Voice": ordered,
            "chance": [each.chance for each in standings],
            "low": [each.low for each in standings],
            "high": [each.high for each in standings],
        }
    )
    across = alt.X(
        "low:Q",
        title=["Preferred to an average", "one of these voices"],  # two lines fit on a phone
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    # The order is given here: a chart that gets new data would keep its first order.
    down = alt.Y("Voice:N", sort=ordered, title=None, axis=alt.Axis(labelLimit=220))
    hints = [
        alt.Tooltip("Voice:N"),
        alt.Tooltip("chance:Q", format=".0%", title="preferred"),
        alt.Tooltip("low:Q", format=".0%", title="at least"),
        alt.Tooltip("high:Q", format=".0%", title="at most"),
    ]
    base = alt.Chart(frame).encode(y=down, tooltip=hints)
    bars = base.mark_rule(strokeWidth=3, color=INTERVAL).encode(x=across, x2="high:Q")
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(x="chance:Q")
    chart = (bars + dots).properties(height=ROW_PX * len(standings) + AXIS_PX)
    st.altair_chart(chart.configure(background="transparent"))
