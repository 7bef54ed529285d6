"""Find telephone and card numbers."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found
from lib.checkup.spelling import BLANK, digits

GAP = r"[ \u00a0.-]"
PHONE = re.compile(
    rf"(?<![\w+.,/-])(?:"
    rf"\+[0-9]{{1,3}}(?:{GAP}?\(0\))?(?:{GAP}?\(?[0-9]{{1,5}}\)?){{2,6}}"
    rf"|(?:1{GAP})?\([0-9]{{3}}\){GAP}?[0-9]{{3}}{GAP}[0-9]{{4}}"
    rf"|(?:1{GAP})?[0-9]{{3}}(?P<gap>[.-])[0-9]{{3}}(?P=gap)[0-9]{{4}}"
    rf"|0[0-9]{{2,4}}[ -][0-9]{{3,8}}(?:[ -][0-9]{{3,4}})?"
    rf"|[0-9]{{4}}(?P<card>[ -])(?:[0-9]{{4}}(?P=card)){{2}}[0-9]{{4}}"
    rf"|555-[0-9]{{4}}"
    rf")(?![\w/]|[.,:-][0-9]|[ \u00a0][0-9])"
)
PHONE_MIN_DIGITS = 7
# What is dialled in the country alone: "+44 (0)20" is said without it.
TRUNK = re.compile(r"\(0\)")
# "+20 000 000 euros" is a number; "+44 (020)" says the zero that is not dialled, or not.
NO_PHONE = re.compile(r"\+[0-9]{1,3}(?:[ \u00a0.][0-9]{3}){1,4}$|\(0[0-9]")
COUNTED_THING = re.compile(rf"{BLANK}?(?:[€$£%°]|[a-z]|[A-Z]{{3}}\b)")
GROUP = re.compile(r"[0-9]+")


def find_phones(text: str) -> Iterator[Found]:
    """Telephone and card numbers, which are said digit by digit, with a comma between groups."""
    for match in PHONE.finditer(text):
        groups = GROUP.findall(TRUNK.sub(" ", match[0]))
        if sum(map(len, groups)) < PHONE_MIN_DIGITS:
            continue
        plus = "plus " if match[0].startswith("+") else ""
        unclear = NO_PHONE.search(match[0])
        if unclear and plus and COUNTED_THING.match(text, match.end()):
            continue
        certain = not unclear or (plus and "(" not in match[0] and "000" not in match[0])
        mend = plus + ", ".join(map(digits, groups)) if certain else None
        yield found(match, "phone", "This is better said digit by digit.", mend)
