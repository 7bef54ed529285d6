"""What was typed into a search box, in the words of the database's index."""

import regex  # type: ignore[import-untyped]  # scripts by their names

NO_BLANKS = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]"
)


def index_query(words: str) -> str | None:
    """Texts with all these words, or longer ones that begin so; None if there is no word in them.

    Each is quoted, so that none is an operator of the index.
    """
    terms = [word for word in words.split() if any(sign.isalnum() for sign in word)]
    return " ".join('"' + term.replace('"', '""') + '"*' for term in terms) or None


def runs_on(words: str) -> bool:
    """Whether some are of a script with no blanks between words, so that the index has no words."""
    return NO_BLANKS.search(words) is not None
