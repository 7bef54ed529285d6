"""Convert the votes of a test into an array of numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CONFIDENCE = 0.95


def stars_of(
    ballots: Sequence[Mapping[int, Mapping[str, int]]], question: str, voices: int
) -> Array:
    """The stars for one question, shape (ballots, voices), without ballots that do not answer."""
    stars = np.full((len(ballots), voices), np.nan)
    for number, ballot in enumerate(ballots):
        for voice, answers in ballot.items():
            if 0 <= voice < voices and question in answers:
                stars[number, voice] = answers[question]
    answered = ~np.isnan(stars).all(axis=1)
    return np.asarray(stars[answered])
