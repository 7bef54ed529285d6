"""The letters that stand for voices while their names are hidden."""

from string import ascii_uppercase


def letter(place: int) -> str:
    """The letter of a position: 0 is A, 25 is Z, 26 is AA."""
    more, rest = divmod(place, 26)
    return (letter(more - 1) if more else "") + ascii_uppercase[rest]
