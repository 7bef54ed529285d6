"""The ballots of a listening test, as a table and in words."""

from collections import Counter
from collections.abc import Mapping, Sequence

from lib import export, money
from lib.library.ballot import Ballot, ListeningTest


def address_words(ballots: Sequence[Ballot]) -> str:
    """A neutral sentence about ballots that came from one address; "" if there are none."""
    known = Counter(ballot.came_from for ballot in ballots if ballot.came_from)
    most = max(known.values(), default=0)
    if most < 2:
        return ""
    words = f"{most} of {money.count(len(ballots), 'ballot')} came from one address"
    if len(known) == 1:
        return f"{words}: that of an office, of a proxy in front of Soundcheck, or of one person"
    return f"{words}, all together from {len(known)}: perhaps one person, perhaps one office"


def csv_of(test: ListeningTest, names: Mapping[int, str], ballots: Sequence[Ballot]) -> bytes:
    """A table of the votes: one row for each listener and voice.

    names: the name of each voice, by its position. Listeners and their addresses get numbers, in
    the order of their ballots.
    """
    header = ("Listener", "Voice", *test.questions, "Comment", "Address")
    known = dict.fromkeys(ballot.came_from for ballot in ballots if ballot.came_from)
    numbers = {address: number for number, address in enumerate(known, 1)}
    rows = [
        (
            number,
            names[position],
            *(ballot.ratings.get(position, {}).get(question, "") for question in test.questions),
            ballot.comment,
            numbers.get(ballot.came_from or ""),
        )
        for number, ballot in enumerate(ballots, 1)
        for position in sorted(names)
    ]
    return export.csv_bytes(header, rows)
