"""What the votes of a listening test say, and how sure one can be of it.

Stars are arrays of shape (ballots, voices), 1 to 5, not-a-number where nothing was given. The
listeners are the independent units, so intervals of the ranking come from weighing them anew.
"""

from lib.listening.agreement import agreement, agreement_words
from lib.listening.means import Mean, means, t_quantile
from lib.listening.ranking import Standing, bradley_terry, duels_of, ranking
from lib.listening.stars import stars_of
from lib.listening.verdict import verdict

__all__ = [
    "Mean",
    "Standing",
    "agreement",
    "agreement_words",
    "bradley_terry",
    "duels_of",
    "means",
    "ranking",
    "stars_of",
    "t_quantile",
    "verdict",
]
