"""The mean stars of each voice, with a 95 % confidence interval."""

from dataclasses import dataclass
from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

import numpy as np

from lib.listening.stars import CONFIDENCE, Array

T_DEGREES_MAX = 300  # above it the normal distribution is exact enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """low, high: the 95 % interval in stars; None for fewer than two votes."""

    count: int
    mean: float | None
    low: float | None
    high: float | None


def means(stars: Array) -> list[Mean]:
    """One for each voice. The interval is Student's t, limited to the scale of 1 to 5."""
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
    """The quantile of Student's t for a two-sided interval.

    Source: Abramowitz and Stegun, 26.7.3 and 26.7.4, inverted by bisection.
    """
    if degrees > T_DEGREES_MAX:
        return NormalDist().inv_cdf(0.5 + confidence / 2)
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees) < confidence else (low, middle)
    return low


def _within(t: float, degrees: int) -> float:
    """The probability that |T| is below t."""
    angle = atan(t / sqrt(degrees))
    odd = degrees % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for factor in range(2 + odd, degrees + 1, 2):
        total += term
        term *= (factor - 1) / factor * cos(angle) ** 2
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def mean_words(mean: Mean) -> str:
    """Such as "4.2 (3.8–4.6)"."""
    if mean.mean is None:
        return "–"
    if mean.low is None or mean.high is None or mean.low == mean.high:
        return f"{mean.mean:.1f}"
    return f"{mean.mean:.1f} ({mean.low:.1f}–{mean.high:.1f})"
