"""What the votes of a listening test say, and how sure one can be of it.

Stars are arrays of shape (ballots, voices), 1 to 5, not-a-number where nothing was given. The
listeners are the independent units, so intervals of the ranking come from weighing them anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95
LEVELS = np.arange(1, 6)
DRAWS, SEED = 400, 20260823  # always the same draws: the same votes give the same figures
ROUNDS, STEP_MAX, NEAR_ENOUGH = 100, 2.0, 1e-6  # of Newton's method; most ends after five
PRIOR_TIE = 1.0  # one tie in each pair: for two voices the prior of Jeffreys
DRAWN_TIE = 0.1  # enough to keep a draw finite in which one voice always wins
LISTENERS_MIN = 6  # of five who all agree nothing follows: 2 x 0.5^5 is more than 0.05
T_DEGREES_MAX = 300  # above it the normal distribution is as good

AGREE, PARTLY = 0.667, 0.4  # Krippendorff's own bound for tentative conclusions, and half the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """low, high: the 95 % interval, None for fewer than two votes."""

    count: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One voice in the ranking, all figures with their 95 % intervals.

    chance: that a listener prefers it to an average one of these voices, 0 to 1.
    best, worst: the ranks it may have, 1 for the first.
    rivals: the voices that the votes do not clearly put below it; worst is one more than these.
    """

    voice: int
    chance: float
    low: float
    high: float
    best: int
    worst: int
    rivals: frozenset[int]


def stars_of(
    ballots: Sequence[Mapping[int, Mapping[str, int]]], question: str, voices: int
) -> Array:
    """The stars given for one question; ballots that do not answer it are left out."""
    stars = np.full((len(ballots), voices), np.nan)
    for number, ballot in enumerate(ballots):
        for voice, answers in ballot.items():
            if 0 <= voice < voices and question in answers:
                stars[number, voice] = answers[question]
    answered = ~np.isnan(stars).all(axis=1)
    return np.asarray(stars[answered])


# ---- Means ----


def means(stars: Array) -> list[Mean]:
    """One for each voice, by Student's t, never beyond the scale."""
    return [_mean(column[~np.isnan(column)]) for column in stars.T]


def _mean(given: Array) -> Mean:
    count = len(given)
    if not count:
        return Mean(count=0, mean=None, low=None, high=None)
    mean = float(given.mean())
    if count < 2:
        return Mean(count=count, mean=mean, low=None, high=None)
    half = t_quantile(count - 1) * float(given.std(ddof=1)) / sqrt(count)
    low, high = max(mean - half, 1.0), min(mean + half, 5.0)
    return Mean(count=count, mean=mean, low=low, high=high)


@cache
def t_quantile(degrees: int, confidence: float = CONFIDENCE) -> float:
    """Student's t for a two-sided interval.

    Source: Abramowitz and Stegun, 26.7.3 and 26.7.4, turned round by bisection.
    """
    if degrees > T_DEGREES_MAX:
        return NormalDist().inv_cdf(0.5 + confidence / 2)
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < confidence else (low, middle)
    return low


def _within(t: float, degrees: int) -> float:
    """The chance that |T| is below t."""
    angle = atan(t / sqrt(degrees))
    odd = degrees % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for factor in range(2 + odd, degrees + 1, 2):
        total += term
        term *= (factor - 1) / factor * cos(angle) ** 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


# ---- Ranking ----


def ranking(stars: Array) -> list[Standing]:
    """The voices, the preferred first; empty before anybody has compared two.

    In each ballot every pair is a duel, won by more stars and shared at a tie; the strengths are
    those of Bradley and Terry. One voice is clearly above another when it is so in 97.5 % of the
    draws; the ranks follow from that, so that they never say more than the pairs do.
    """
    duels = _duels(_comparing(stars))
    if not len(duels):
        return []
    strengths = bradley_terry(duels.sum(axis=0), tie_weight=PRIOR_TIE)
    drawn = _drawn(duels)
    edge = (1 - CONFIDENCE) / 2
    low, high = np.quantile(_chance(drawn), [edge, 1 - edge], axis=0)
    above = (drawn[:, :, None] > drawn[:, None, :]).mean(axis=0) >= 1 - edge
    return [
        Standing(
            voice=int(voice),
            chance=float(_chance(strengths)[voice]),
            low=float(low[voice]),
            high=float(high[voice]),
            best=1 + int(above[:, voice].sum()),
            worst=len(strengths) - int(above[voice].sum()),
            rivals=frozenset(np.flatnonzero(~above[voice]).tolist()) - {int(voice)},
        )
        for voice in (-strengths.round(6)).argsort(kind="stable")
    ]


def bradley_terry(wins: Array, *, tie_weight: float = 0.0) -> Array:
    """Log-strengths of maximum likelihood, mean 0, from how often each (row) beat each (column).

    wins: shape (..., voices, voices); a tie is half a win for both.
    tie_weight: so much of a tie is added to each pair; without any, who never loses has no end.
    """
    # Newton's method: the usual MM of Hunter (2004) is far from its end after hundreds of rounds
    # when listeners are of one mind about many voices.
    one = np.eye(wins.shape[-1])
    wins = wins + tie_weight / 2 * (1 - one)
    met = wins + np.swapaxes(wins, -1, -2)
    strengths = np.zeros(wins.shape[:-1])
    for _ in range(ROUNDS):
        expected = _chance(strengths[..., :, None] - strengths[..., None, :])
        slope = (wins - met * expected).sum(axis=-1)
        shared = met * expected * (1 - expected)
        # Only differences matter: the constant added to each cell holds the mean at 0.
        bend = shared.sum(axis=-1)[..., None] * one - shared + 1 / len(one)
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        step /= np.maximum(1, np.abs(step).max(axis=-1, keepdims=True) / STEP_MAX)
        strengths = strengths + step
        if np.abs(step).max() < NEAR_ENOUGH:
            break
    return np.asarray(strengths)


def _comparing(stars: Array) -> Array:
    """The ballots that rate two voices or more, by content: when they came changes no figure."""
    several = stars[(~np.isnan(stars)).sum(axis=1) > 1]
    return np.asarray(several[np.lexsort(np.nan_to_num(several).T)])


def _duels(stars: Array) -> Array:
    """Shape (ballots, voices, voices): 1 where the row was preferred to the column."""
    ahead, behind = stars[:, :, None], stars[:, None, :]
    met = ~np.isnan(ahead) & ~np.isnan(behind) & ~np.eye(stars.shape[1], dtype=bool)
    return np.asarray(met * ((ahead > behind) + 0.5 * (ahead == behind)))


def _drawn(duels: Array) -> Array:
    """Log-strengths as the votes leave them open, shape (DRAWS, voices).

    In each draw every listener has a weight of chance (Rubin, The Bayesian Bootstrap, Annals of
    Statistics 9, 1981), and so has one more, unasked, who likes the voices in any order
    (Ferguson's prior, Annals of Statistics 1, 1973): few of one mind do not look certain.
    """
    random = np.random.default_rng(SEED)
    unasked = _duels(random.random((DRAWS, duels.shape[-1])))
    wins = unasked * random.standard_exponential((DRAWS, 1, 1))
    weights = random.standard_exponential((DRAWS, len(duels)))
    return bradley_terry(wins + np.tensordot(weights, duels, axes=1), tie_weight=DRAWN_TIE)


def _chance(strengths: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-strengths)))


# ---- Agreement ----


def agreement(stars: Array) -> float | None:
    """Krippendorff's alpha for ordered stars: 1 is full agreement, 0 is chance.

    None where there is nothing to compare. Source: Krippendorff, Computing Krippendorff's
    Alpha-Reliability, 2011.
    """
    coincidences = np.zeros((len(LEVELS), len(LEVELS)))
    for column in stars.T:
        counts = np.array([(column == level).sum() for level in LEVELS], dtype=float)
        if (given := counts.sum()) > 1:
            coincidences += (np.outer(counts, counts) - np.diag(counts)) / (given - 1)
    totals = coincidences.sum(axis=0)
    count = totals.sum()
    upto = totals.cumsum()
    between = np.abs(upto[:, None] - upto[None, :] - totals[:, None] / 2 + totals[None, :] / 2)
    apart = between**2
    expected = (np.outer(totals, totals) - np.diag(totals)) * apart
    if not expected.sum():
        return None
    return float(1 - (count - 1) * (coincidences * apart).sum() / expected.sum())


def agreement_words(alpha: float | None) -> str:
    if alpha is None:
        return ""
    if alpha >= AGREE:
        return "Listeners largely agree."
    return "Listeners agree in part." if alpha >= PARTLY else "Opinions differ a lot."


# ---- Verdict ----


def verdict(stars: Array, names: Mapping[int, str]) -> str:
    """One sentence for who has to decide; it says so while the votes separate nothing."""
    standings = ranking(stars)
    if not standings:
        return "Nobody has compared two voices yet." if len(stars) else "No votes yet."
    leader, count = standings[0], len(_comparing(stars))
    if count < LISTENERS_MIN:
        missing = LISTENERS_MIN - count
        more = "one more ballot" if missing == 1 else f"{missing} more ballots"
        return f"Too early to tell: it takes at least {more}."
    if leader.rivals:
        close = [names[each.voice] for each in standings if each.voice in leader.rivals]
        together = _listed([names[leader.voice], *close])
        return f"Too close to call yet: {together} cannot be told apart after {count} ballots."
    many = "more than 9" if leader.chance > 0.95 else f"about {round(10 * leader.chance)}"
    return (
        f"{names[leader.voice]} leads clearly: {many} in 10 listeners prefer it to an average "
        "one of these voices."
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} others"
    return f"{', '.join(names[:-1])} and {names[-1]}"
