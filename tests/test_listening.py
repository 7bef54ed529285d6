"""The statistics of votes: published examples, and properties that always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import listening

NONE = np.nan

# Agresti, Categorical Data Analysis (2nd ed.), table 10.10: the American League of 1987, wins of
# the row over the column; and the log-abilities that the R package BradleyTerry2 prints for them.
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WINS = np.array(
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ],
    dtype=float,
)
ABILITIES = (1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0.0)

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E: four observers,
# twelve units; ordinal alpha is .815.
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)


def verdict(stars: np.ndarray, names: dict[int, str]) -> str:
    return listening.verdict(stars, listening.ranking(stars), names)


def test_the_ranking_agrees_with_agresti_s_baseball_teams() -> None:
    strengths = listening.bradley_terry(WINS)
    assert strengths - strengths[-1] == pytest.approx(ABILITIES, abs=5e-4)


def test_agreement_is_krippendorff_s_ordinal_alpha() -> None:
    assert listening.agreement(OBSERVERS) == pytest.approx(0.815, abs=5e-4)


@pytest.mark.parametrize(
    ("degrees", "t"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (10, 2.228),
     (29, 2.045), (30, 2.042), (60, 2.000), (120, 1.980), (10_000, 1.960)],
)  # fmt: skip
def test_t_is_that_of_the_printed_tables(degrees: int, t: float) -> None:
    assert listening.t_quantile(degrees) == pytest.approx(t, abs=6e-4)


def test_a_mean_has_the_interval_of_the_textbook() -> None:
    """NIST/SEMATECH e-Handbook, 1.3.5.2, formula: mean ± t(n-1) s/√n, worked here by hand:
    3, 4, 4, 5 have mean 4, s = 0.8165, and 3.182 × 0.8165 / 2 = 1.299."""
    (mean,) = listening.means(np.array([[3.0], [4.0], [4.0], [5.0]]))
    assert (mean.count, mean.mean) == (4, 4.0)
    assert mean.low == pytest.approx(2.701, abs=1e-3)
    assert mean.high == 5.0  # 5.299, cut to the scale


def test_one_vote_has_no_interval_and_none_has_no_mean() -> None:
    one, none = listening.means(np.array([[3.0, NONE]]))
    assert (one.count, one.mean, one.low, one.high) == (1, 3.0, None, None)
    assert (none.count, none.mean) == (0, None)


def test_ballots_become_stars_and_empty_ones_are_left_out() -> None:
    ballots = [{0: {"Overall": 5}, 2: {"Overall": 1, "Brand": 4}}, {1: {"Brand": 2}}, {}]
    assert np.array_equal(
        listening.stars_of(ballots, "Overall", 3), np.array([[5, NONE, 1]]), equal_nan=True
    )
    assert listening.stars_of(ballots, "Brand", 3).shape == (2, 3)


def test_the_preferred_voice_comes_first_and_its_lead_is_clear() -> None:
    stars = np.array([[2.0, 5.0, 3.0]] * 12)
    standings = listening.ranking(stars)
    assert [each.voice for each in standings] == [1, 2, 0]
    assert [(each.best, each.worst) for each in standings] == [(1, 1), (2, 2), (3, 3)]
    assert standings[0].low <= standings[0].chance <= standings[0].high < 1
    words = verdict(stars, {0: "A", 1: "B", 2: "C"})
    assert words.startswith("B leads clearly: ")
    assert "9 in 10 listeners prefer it" in words


def test_votes_that_do_not_separate_the_voices_are_said_to() -> None:
    names = {0: "A", 1: "B", 2: "C"}
    split = np.array([[5.0, 4.0, 1.0], [4.0, 5.0, 1.0]] * 5)
    words = "Too close to call yet: A and B cannot be told apart after 10 ballots."
    assert verdict(split, names) == words
    early = verdict(split[:3], names)
    assert early == "Too early to tell: it takes at least 3 more ballots."
    alone = np.array([[4.0, NONE, NONE]])
    assert verdict(alone, names) == "Nobody has compared two voices yet."
    assert verdict(np.empty((0, 3)), names) == "No votes yet."


def test_more_of_the_same_votes_make_the_intervals_narrower() -> None:
    few = np.array([[4.0, 3.0], [3.0, 4.0], [5.0, 2.0], [4.0, 4.0]])
    many = np.tile(few, (10, 1))
    for one, ten in zip(listening.means(few), listening.means(many), strict=True):
        assert ten.high - ten.low < one.high - one.low  # type: ignore[operator]
    one, ten = listening.ranking(few)[0], listening.ranking(many)[0]
    assert ten.high - ten.low < one.high - one.low


def test_agreement_has_words() -> None:
    alike = np.array([[1.0, 3.0, 5.0]] * 4)
    assert listening.agreement(alike) == pytest.approx(1)
    assert listening.agreement_words(1.0) == "Listeners largely agree."
    assert listening.agreement_words(0.5) == "Listeners agree in part."
    assert listening.agreement_words(0.0) == "Opinions differ a lot."
    assert listening.agreement(np.full((4, 3), 4.0)) is None
    assert listening.agreement_words(None) == ""


boards = st.integers(2, 5).flatmap(
    lambda voices: st.lists(
        st.lists(
            st.sampled_from([NONE, 1.0, 2.0, 3.0, 4.0, 5.0]), min_size=voices, max_size=voices
        ),
        min_size=0,
        max_size=8,
    ).map(lambda rows: np.array(rows, dtype=float).reshape(len(rows), voices))
)


@settings(deadline=None, max_examples=60)
@given(stars=boards, seed=st.integers(0, 9))
def test_whatever_was_voted_makes_sense(stars: np.ndarray, seed: int) -> None:
    standings = listening.ranking(stars)
    for each in standings:
        assert 0 < each.low <= each.high < 1
        assert 0 < each.chance < 1
        assert 1 <= each.best <= each.worst <= stars.shape[1]
    alpha = listening.agreement(stars)
    assert alpha is None or alpha <= 1 + 1e-9
    assert verdict(stars, dict(enumerate("ABCDE")))
    for mean in listening.means(stars):
        assert mean.low is None or 1 <= mean.low <= mean.mean <= mean.high <= 5  # type: ignore[operator]

    shuffled = np.random.default_rng(seed).permutation(len(stars))
    strengths = listening.bradley_terry(listening.duels_of(stars).sum(axis=0), tie_weight=0.1)
    again = listening.bradley_terry(listening.duels_of(stars[shuffled]).sum(axis=0), tie_weight=0.1)
    assert again == pytest.approx(strengths, abs=1e-5)
    turned = listening.bradley_terry(listening.duels_of(stars[:, ::-1]).sum(axis=0), tie_weight=0.1)
    assert turned[::-1] == pytest.approx(strengths, abs=1e-5)


def test_a_few_of_one_mind_do_not_look_certain() -> None:
    stars = np.array([[2.0, 5.0]] * 2)
    (leader, _) = listening.ranking(stars)
    assert (leader.voice, leader.best, leader.worst) == (1, 1, 2)
    assert leader.rivals == {0}


def test_listeners_of_one_mind_about_many_voices_give_finite_strengths() -> None:
    standings = listening.ranking(np.tile(np.arange(1.0, 6.0), (200, 1)))
    assert [each.voice for each in standings] == [4, 3, 2, 1, 0]
    assert all(0 < each.low <= each.chance <= each.high < 1 for each in standings)


def test_a_tie_is_half_a_win_for_both_and_an_unrated_voice_is_in_no_duel() -> None:
    (duels,) = listening.duels_of(np.array([[4.0, 4.0, 2.0, NONE]]))
    assert duels.tolist() == [[0, 0.5, 1, 0], [0.5, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_the_order_in_which_ballots_came_changes_no_figure() -> None:
    stars = np.array([[5.0, 4.0, 2.0], [2.0, 4.0, NONE], [3.0, 1.0, 4.0], [4.0, 4.0, 1.0]])
    assert listening.ranking(stars[[2, 0, 3, 1]]) == listening.ranking(stars)


def test_a_voice_has_the_same_place_wherever_it_stands_on_the_ballot() -> None:
    stars = np.array([[5.0, 3.0, 2.0], [4.0, 5.0, 2.0], [5.0, 4.0, 3.0]] * 3)
    places = [2, 0, 1]
    moved = {places[each.voice]: each for each in listening.ranking(stars[:, places])}
    for each in listening.ranking(stars):
        again = moved[each.voice]
        assert again.chance == pytest.approx(each.chance)
        # The same draws fall on other voices, so that the ends agree as far as 400 draws tell.
        assert (again.low, again.high) == pytest.approx((each.low, each.high), abs=0.06)


def test_ballots_that_compare_nothing_do_not_make_a_lead_look_clear() -> None:
    stars = np.array([[5.0, 1.0, NONE]] * 3 + [[NONE, NONE, 4.0]] * 10)
    words = verdict(stars, {0: "A", 1: "B", 2: "C"})
    assert words == "Too early to tell: it takes at least 3 more ballots."


def test_a_voice_that_nobody_compared_may_have_any_rank() -> None:
    standings = {each.voice: each for each in listening.ranking(np.array([[5.0, 1.0, NONE]] * 9))}
    assert (standings[2].best, standings[2].worst) == (1, 3)


def test_equal_votes_leave_every_rank_open() -> None:
    stars = np.full((10, 5), 4.0)
    assert {(each.best, each.worst) for each in listening.ranking(stars)} == {(1, 5)}
    words = "Too close to call yet: A, B and 3 others cannot be told apart after 10 ballots."
    assert verdict(stars, dict(enumerate("ABCDE"))) == words


AGREEING = listening.duels_of(np.tile(np.arange(22.0), (500, 1))).sum(axis=0)
# Full steps of Newton's method run away from these.
UNEVEN = np.array(
    [
        [0, 864, 1, 1441, 0],
        [0, 0, 1670, 0, 9],
        [0, 9, 0, 0, 60],
        [0, 0, 0, 0, 0],
        [0, 0, 0, 3, 0],
    ],
    dtype=float,
)


@pytest.mark.parametrize("wins", [AGREEING, UNEVEN], ids=["of one mind", "uneven"])
def test_each_voice_is_expected_to_win_as_often_as_it_won(wins: np.ndarray) -> None:
    """The condition of maximum likelihood (Hunter, 2004): the slope is zero."""
    strengths = listening.bradley_terry(wins, tie_weight=0.1)
    counted = wins + 0.05 * (1 - np.eye(len(wins)))
    chance = 1 / (1 + np.exp(strengths[None, :] - strengths[:, None]))
    expected = ((counted + counted.T) * chance).sum(axis=1)
    assert expected == pytest.approx(counted.sum(axis=1), abs=1e-3)
