"""Summarize the votes in one sentence for the person who decides."""

from collections.abc import Mapping, Sequence

from lib.listening.ranking import Standing, comparing
from lib.listening.stars import Array

LISTENERS_MIN = 6  # five who all agree are no proof: 2 x 0.5^5 is more than 0.05


def verdict(stars: Array, standings: Sequence[Standing], names: Mapping[int, str]) -> str:
    """One sentence for the person who decides, also if the votes do not separate the voices.

    standings: the `ranking` of these stars.
    """
    if not standings:
        return "Nobody has compared two voices yet." if len(stars) else "No votes yet."
    leader, count = standings[0], len(comparing(stars))
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
