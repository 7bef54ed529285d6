"""Which voice is preferred, and how sure one can be of it."""

from dataclasses import dataclass

import numpy as np

from lib.listening.stars import CONFIDENCE, Array

DRAWS, SEED = 400, 20260823  # always the same draws: the same votes give the same figures
ROUNDS = 100  # of the iteration; most end after five
NEAR_ENOUGH = 1e-7
STEP_MAX = 2.0  # of one round: a first step may aim far beyond the end
# Of a ballot, added to each pair as a tie, so that who always wins stays finite.
PRIOR_TIE, DRAWN_TIE = 1.0, 0.01  # the draws have a prior of their own


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


def ranking(stars: Array) -> list[Standing]:
    """The voices, the preferred first; empty before anybody has compared two.

    In each ballot every pair is a duel, won by more stars and shared at a tie; the strengths are
    those of Bradley and Terry. One voice is clearly above another when it is so in 97.5 % of the
    draws; the ranks follow from that, so that they never say more than the pairs do.
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


def comparing(stars: Array) -> Array:
    """The ballots that rate two voices or more, by content: when they came changes no figure."""
    several = stars[(~np.isnan(stars)).sum(axis=1) > 1]
    return np.asarray(several[np.lexsort(np.nan_to_num(several).T)])


def duels_of(stars: Array) -> Array:
    """Shape (ballots, voices, voices): 1 where the row was preferred to the column."""
    ahead, behind = stars[:, :, None], stars[:, None, :]
    met = ~np.isnan(ahead) & ~np.isnan(behind) & ~np.eye(stars.shape[1], dtype=bool)
    return np.asarray(met * ((ahead > behind) + 0.5 * (ahead == behind)))


def drawn_from(duels: Array) -> Array:
    """Log-strengths as the votes leave them open, shape (DRAWS, voices).

    In each draw every listener has a weight of chance (Rubin, The Bayesian Bootstrap, Annals of
    Statistics 9, 1981), and so has one more, unasked, who likes the voices in any order
    (Ferguson's prior, Annals of Statistics 1, 1973): few of one mind do not look certain.
    """
    random = np.random.default_rng(SEED)
    unasked = duels_of(random.random((DRAWS, duels.shape[-1])))
    wins = unasked * random.standard_exponential((DRAWS, 1, 1))
    weights = random.standard_exponential((DRAWS, len(duels)))
    return bradley_terry(wins + np.tensordot(weights, duels, axes=1), tie_weight=DRAWN_TIE)


def _chance(strengths: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-strengths)))
