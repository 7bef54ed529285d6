"""Find web and e-mail addresses."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found, found

LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ENDINGS = (
    "com|org|net|edu|gov|io|ai|app|dev|info|biz|example|test|shop|online|site|tech|blog|de|fr|nl|eu|"
    "ch|ca|uk|au|nz|ie|jp|br|es|pl|se|dk|fi|tv"
)
MAIL = re.compile(
    rf"(?<![\w.%+-])(?:mailto:)?(?P<name>[\w.%+-]{{1,64}})@(?P<host>{LABEL}(?:\.{LABEL}){{1,4}})"
    r"(?![\w@-])"
)
REST = r"(?P<rest>[/?#][^\s<>\"“”()\[\]]{0,500})?"
WEB = re.compile(
    rf"(?<![\w.@/-])(?:(?:https?|ftp)://(?P<full>{LABEL}(?:\.{LABEL}){{1,5}}(?::[0-9]{{1,5}})?)"
    rf"|(?P<www>[Ww]{{3}}(?:\.{LABEL}){{1,5}})"
    rf"|(?P<bare>{LABEL}(?:\.{LABEL}){{0,3}}\.(?:{ENDINGS})(?![\w-]|\.\w)))"
    rf"{REST}",
    re.ASCII,
)
LONG_CHARS = 40
LONG_PARTS = 3
AFTER_ADDRESS = ".,;:!?'’*_"
SAYABLE = re.compile(r"[A-Za-z0-9./_-]+")
SIGNS = {".": "dot", "/": "slash", "-": "dash", "_": "underscore", "+": "plus"}
SIGN = re.compile(r"[./_+-]")


def find_addresses(text: str) -> Iterator[Found]:
    for match in MAIL.finditer(text):
        name, host = match["name"], match["host"]
        if not name.startswith(".") and "%" not in name and name.isascii():
            mend = f"{_spoken(name)} at {_spoken(host)}"
            yield found(match, "address", "An e-mail address may be misread.", mend)
    for match in WEB.finditer(text):
        rest = (match["rest"] or "").rstrip(AFTER_ADDRESS)
        end = match.end() - len(match["rest"] or "") + len(rest)
        yield _web(match, end, rest.removesuffix("/"))


def _web(match: re.Match[str], end: int, rest: str) -> Found:
    host = match["full"] or match["www"] or match["bare"]
    long = len(host + rest) > LONG_CHARS or rest.count("/") > LONG_PARTS
    sayable = SAYABLE.fullmatch(host + rest) and not long
    message = "This web address is long to hear." if long else "A web address may be misread."
    # Nobody says "https", and a link works without it.
    return Found(match.start(), end, "address", message, _spoken(host + rest) if sayable else None)


def _spoken(address: str) -> str:
    words = SIGN.sub(lambda sign: f" {SIGNS[sign[0]]} ", address)
    return " ".join("W W W" if word.lower() == "www" else word for word in words.split())
