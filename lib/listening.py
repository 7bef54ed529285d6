"""What the votes of a listening test say, and how sure one can be of it.

Stars are arrays of shape (ballots, voices), 1 to 5, not-a-number where nothing was given. The
listeners are the independent units, so intervals of the ranking come from drawing them anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95
LEVELS = np.arange(1, 6)
DRAWS, SEED = 400, 20260823  # always the same draws: the same votes give the same figures
ROUNDS = 300  # of the ranking's iteration; most end far sooner
NEAR_ENOUGH = 1e-7
TIE_WEIGHT = 0.1  # of a ballot, added to each pair as a tie: who always wins stays finite
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
    """

    voice: int
    chance: float
    low: float
    high: float
    best: int
    worst: int


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

    In each ballot every pair is a duel, won by more stars and shared at a tie. The strengths are
    those of Bradley and Terry by Hunter's MM algorithm (Annals of Statistics 32, 2004).
    """
    duels = _duels(stars)
    if not duels.any():
        return []
    strengths = bradley_terry(duels.sum(axis=0), tie_weight=TIE_WEIGHT)
    drawn = _drawn(duels)
    ranks = (-drawn).argsort(axis=1).argsort(axis=1) + 1
    edge = (1 - CONFIDENCE) / 2
    low, high = np.quantile(_chance(drawn), [edge, 1 - edge], axis=0)
    best, worst = np.quantile(ranks, [edge, 1 - edge], axis=0, method="nearest")
    return [
        Standing(
            voice=int(voice),
            chance=float(_chance(strengths)[voice]),
            low=float(low[voice]),
            high=float(high[voice]),
            best=int(best[voice]),
            worst=int(worst[voice]),
        )
        for voice in (-strengths).argsort(kind="stable")
    ]


def bradley_terry(wins: Array, *, tie_weight: float = 0.0) -> Array:
    """Log-strengths with mean 0, from how often each (row) won against each (column).

    wins: shape (..., voices, voices); a tie is half a win for both.
    tie_weight: so much of a tie is added to each pair; without any, who never loses has no end.
    """
    voices = wins.shape[-1]
    wins = wins + tie_weight / 2 * (1 - np.eye(voices))
    met = wins + np.swapaxes(wins, -1, -2)
    won = wins.sum(axis=-1)
    strength = np.ones_like(won)
    for _ in range(ROUNDS):
        before = strength
        together = strength[..., :, None] + strength[..., None, :]
        strength = won / (met / together).sum(axis=-1)
        strength = strength / np.exp(np.log(strength).mean(axis=-1, keepdims=True))
        if np.abs(np.log(strength / before)).max() < NEAR_ENOUGH:
            break
    return np.asarray(np.log(strength))


def _duels(stars: Array) -> Array:
    """Shape (ballots, voices, voices): 1 where the row was preferred to the column."""
    ahead, behind = stars[:, :, None], stars[:, None, :]
    met = ~np.isnan(ahead) & ~np.isnan(behind) & ~np.eye(stars.shape[1], dtype=bool)
    return np.asarray(met * ((ahead > behind) + 0.5 * (ahead == behind)))


def _drawn(duels: Array) -> Array:
    """Log-strengths of DRAWS other sets of as many listeners, drawn from these with return."""
    count = len(duels)
    times = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=DRAWS)
    return bradley_terry(np.tensordot(times, duels, axes=1), tie_weight=TIE_WEIGHT)


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
        return "No votes yet."
    leader = standings[0]
    close = _not_separated(stars, leader.voice)
    if len(stars) < LISTENERS_MIN:
        missing = LISTENERS_MIN - len(stars)
        more = "one more ballot" if missing == 1 else f"{missing} more ballots"
        return (
            f"Too early to tell: it takes at least {more}. {names[leader.voice]} is ahead so far."
        )
    if close:
        with_it = _listed([names[each.voice] for each in standings[1:] if each.voice in close])
        return (
            f"Too close to call: {names[leader.voice]} is ahead, but cannot be told apart from "
            f"{with_it} yet."
        )
    in_ten = round(10 * leader.chance)
    return (
        f"{names[leader.voice]} leads clearly: about {in_ten} in 10 listeners prefer it to an "
        "average one of these voices."
    )


def _not_separated(stars: Array, leader: int) -> set[int]:
    """The voices that were ahead of the leader, or level, in too many of the draws."""
    drawn = _drawn(_duels(stars))
    behind = (drawn < drawn[:, [leader]]).mean(axis=0)
    near = behind < 1 - (1 - CONFIDENCE) / 2
    return {int(voice) for voice in np.flatnonzero(near) if voice != leader}


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
