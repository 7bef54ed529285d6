"""Statistics of the votes in a listening test: means, ranking, agreement, and their certainty.

Stars are arrays of shape (ballots, voices), 1 to 5; NaN means no vote. The independent units are
the listeners, so intervals of the ranking come from random weights of the listeners.
"""

from lib.listening.agreement import agreement, agreement_words
from lib.listening.means import Mean, mean_words, means, t_quantile
from lib.listening.ranking import Standing, bradley_terry, duels_of, rank_words, ranking
from lib.listening.stars import stars_of
from lib.listening.verdict import verdict

__all__ = [
    "Mean",
    "Standing",
    "agreement",
    "agreement_words",
    "bradley_terry",
    "duels_of",
    "mean_words",
    "means",
    "rank_words",
    "ranking",
    "stars_of",
    "t_quantile",
    "verdict",
]
