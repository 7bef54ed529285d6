"""Find slashes: between words, and around words that would be read as phonetics."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found

# The same spans as those that the splitter never cuts.
SPAN = re.compile(r"(?<![\w/:<])/(?!\s)(?P<inside>[^/\n]{1,100})(?<!\s)/(?![\w/>])")
PHONETIC = re.compile(r"[ɐ-ʯˈˌːˑθðŋæœøχβ\u0361]")

COMMON = {
    "and/or": "and or",
    "24/7": "twenty-four seven",
    "he/she": "he or she",
    "she/he": "she or he",
    "s/he": "she or he",
    "him/her": "him or her",
    "his/her": "his or her",
    "his/hers": "his or hers",
    "himself/herself": "himself or herself",
    "yes/no": "yes or no",
    "true/false": "true or false",
    "either/or": "either or",
    "n/a": "not applicable",
    "mr/mrs": "Mister or Missus",
    "i/o": "I O",
    "tcp/ip": "T C P I P",
    "w/": "with",
}
SHORT = re.compile(
    r"(?<![\w/.])(?:24/7|[snS]/(?:he|a)|N/A|I/O|(?:w/(?=[ \u00a0])))(?![\w/])", re.ASCII
)
DATE_BEFORE = re.compile(r"\b(?:on|by|until|till|since|before|after|from)[ \u00a0]$", re.I)
BETWEEN = re.compile(
    r"(?<![\w/.@:<-])(?P<first>[^\W\d_]{2,30})(?P<gap>[ ]?)/(?P=gap)(?P<second>[^\W\d_]{2,30})"
    r"(?![\w/@>]|\.\w|-)"
)


def phonetics(text: str) -> list[tuple[int, int]]:
    """Spans of real phonetics, in which nothing is reported."""
    return [match.span() for match in SPAN.finditer(text) if PHONETIC.search(match["inside"])]


def find_slashes(text: str) -> Iterator[Found]:
    """Slashes between words, and around words that are not phonetics."""
    for match in SPAN.finditer(text):
        inside = match["inside"]
        message = "Words between two slashes may be read as phonetics."
        # A single word may be phonetics.
        mend = inside if " " in inside else None
        yield Found(*match.span(), "phonetics", message, mend, inside=mend)
    for match in SHORT.finditer(text):
        may_be_date = match[0] == "24/7" and DATE_BEFORE.search(
            text, max(0, match.start() - 8), match.start()
        )
        mend = None if may_be_date else COMMON[match[0].lower()]
        yield found(match, "slash", "A slash may not be said.", mend)
    for match in BETWEEN.finditer(text):
        first, second = match["first"], match["second"]
        pair = f"{first}/{second}".lower()
        # Only the writer knows how to say other pairs: "client or server", "client slash server".
        mend = None if first.isupper() or second.isupper() else COMMON.get(pair)
        if mend and first[0].isupper():
            mend = mend[0].upper() + mend[1:]
        yield found(match, "slash", "A slash may not be said.", mend)
