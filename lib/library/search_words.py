"""What was typed into a search box, in the words of the database's index."""

import unicodedata


def match(words: str) -> str | None:
    """The words in the query language of the index: quoted, so that none is an operator."""
    terms = [word for word in words.split() if any(sign.isalnum() for sign in word)]
    return " ".join('"' + term.replace('"', '""') + '"*' for term in terms) or None


def runs_on(sign: str) -> bool:
    """Whether it is a letter of a script without blanks between words."""
    return unicodedata.category(sign) == "Lo" and unicodedata.east_asian_width(sign) in "WF"
