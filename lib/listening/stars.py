"""The votes of a test as numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95


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
