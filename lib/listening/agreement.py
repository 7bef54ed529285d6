"""How far the listeners agree (Krippendorff's alpha)."""

import numpy as np

from lib.listening.stars import Array

LEVELS = np.arange(1, 6)
AGREE, PARTLY = 0.667, 0.4  # Krippendorff's bound for tentative conclusions, and a lower one of us


def agreement(stars: Array) -> float | None:
    """Krippendorff's alpha for ordinal data: 1 is full agreement, 0 is chance.

    None if no votes can be compared. Source: Krippendorff, Computing Krippendorff's
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
