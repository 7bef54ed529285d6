"""Rank the voices by preference (Bradley-Terry model), with 95 % intervals by bootstrap."""

from dataclasses import dataclass

import numpy as np

from lib.listening.stars import CONFIDENCE, Array

DRAWS, SEED = 400, 20260823  # the seed is fixed: the same votes give the same figures
ROUNDS = 100  # of Newton's method at most; it usually needs five
NEAR_ENOUGH = 1e-7
STEP_MAX = 2.0  # in one round: the first steps may be far too large
# This part of a ballot is added to each pair as a tie, so that all strengths are finite.
PRIOR_TIE, DRAWN_TIE = 1.0, 0.01  # the draws have another prior already


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One voice in the ranking.

    chance: probability, 0 to 1, that a listener prefers it to an average one of these voices.
    low, high: the 95 % interval of chance. best, worst: the ranks it may have, 1 is the first.
    rivals: the voices that are not clearly below it; `worst` is their number plus one.
    """

    voice: int
    chance: float
    low: float
    high: float
    best: int
    worst: int
    rivals: frozenset[int]


def ranking(stars: Array) -> list[Standing]:
    """The voices, the preferred one first; empty if nobody has compared two.

    In each ballot every pair of voices is a duel: more stars win, a tie is half a win for both.
    The strengths are those of the Bradley-Terry model. A voice is clearly above another if it is
    so in 97.5 % of the draws. The possible ranks follow from these pairs.
    """
    duels = duels_of(comparing(stars))
    if not len(duels):
        return []
    strengths = bradley_terry(duels.sum(axis=0), tie_weight=PRIOR_TIE)
    drawn = drawn_from(duels)
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
    """Maximum-likelihood log-strengths with mean 0.

    wins: shape (..., voices, voices): how often the row beat the column; a tie is half a win.
    tie_weight: this part of a tie is added to each pair; else who never loses is infinitely strong.
    """
    # Newton's method: the usual MM algorithm (Hunter, 2004) does not converge in hundreds of rounds
    # if listeners agree about many voices.
    one = np.eye(wins.shape[-1])
    wins = wins + tie_weight / 2 * (1 - one)
    met = wins + np.swapaxes(wins, -1, -2)
    strengths = np.zeros(wins.shape[:-1])
    for _ in range(ROUNDS):
        expected = _chance(strengths[..., :, None] - strengths[..., None, :])
        slope = (wins - met * expected).sum(axis=-1)
        shared = met * expected * (1 - expected)
        # Only differences matter: the constant added to each cell keeps the mean at 0.
        bend = shared.sum(axis=-1)[..., None] * one - shared + 1 / len(one)
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        step /= np.maximum(1, np.abs(step).max(axis=-1, keepdims=True) / STEP_MAX)
        strengths = strengths + step
        if np.abs(step).max() < NEAR_ENOUGH:
            break
    return np.asarray(strengths)


def comparing(stars: Array) -> Array:
    """The ballots that rate two or more voices, sorted, so that their order changes no figure."""
    several = stars[(~np.isnan(stars)).sum(axis=1) > 1]
    return np.asarray(several[np.lexsort(np.nan_to_num(several).T)])


def duels_of(stars: Array) -> Array:
    """Shape (ballots, voices, voices): 1 if the row won against the column, 0.5 for a tie."""
    ahead, behind = stars[:, :, None], stars[:, None, :]
    met = ~np.isnan(ahead) & ~np.isnan(behind) & ~np.eye(stars.shape[1], dtype=bool)
    return np.asarray(met * ((ahead > behind) + 0.5 * (ahead == behind)))


def drawn_from(duels: Array) -> Array:
    """Random log-strengths that fit the votes, shape (DRAWS, voices).

    In each draw every listener has a random weight (Rubin, The Bayesian Bootstrap, Annals of
    Statistics 9, 1981). One imaginary listener with a random order of the voices is added
    (Ferguson's prior, Annals of Statistics 1, 1973), so that few who agree do not look certain.
    """
    random = np.random.default_rng(SEED)
    unasked = duels_of(random.random((DRAWS, duels.shape[-1])))
    wins = unasked * random.standard_exponential((DRAWS, 1, 1))
    weights = random.standard_exponential((DRAWS, len(duels)))
    return bradley_terry(wins + np.tensordot(weights, duels, axes=1), tie_weight=DRAWN_TIE)


def _chance(strengths: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-strengths)))


def rank_words(standing: Standing) -> str:
    """Such as "1", or "1–3" where the votes leave that open."""
    if standing.best == standing.worst:
        return str(standing.best)
    return f"{standing.best}–{standing.worst}"
