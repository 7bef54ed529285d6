"""Find the marks that Markdown puts around words: emphasis, code, links, pictures, footnotes."""

import re
from collections.abc import Iterator

from lib.checkup.finding import Found
from lib.script.blocks import without_code

EMPHASIS = re.compile(
    r"(?<![\w*\\])(?P<mark>\*{2,3})(?=[^\s*])(?P<inside>(?:[^*\n]|(?<!\*)\*(?!\*)){1,300}?)"
    r"(?<=[^\s*])(?P=mark)(?![\w*])"
    r"|(?<![\w_\\])_{2,3}(?=[^\s_])(?P<low>[^_\n]{1,300})(?<=\S)_{2,3}(?![\w_])"
    r"|(?<![\w=])==(?=[^\s=])(?P<marked>[^=\n]{1,300})(?<=\S)==(?![\w=])"
    r"|(?<![\w_\\])_(?=[^\s_])(?P<slanted>[^_\n]{1,300})(?<=\S)_(?![\w_])"
    r"|(?<![\w`\\])(?P<ticks>`{1,2})(?=[^\s`])(?P<code>[^`\n]{1,300})(?<=\S)(?P=ticks)(?![\w`])"
)
WORDS = ("inside", "low", "marked", "slanted", "code")
STRUCK = re.compile(r"(?<![\w~])~~(?=[^\s~])[^~\n]{1,300}(?<=\S)~~(?![\w~])")

INSIDE = r"(?P<picture>!)?(?<!\\)\[(?P<inside>(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,300}+)\]"
# Words in brackets are an address only if they look like one: "[sic](and/or)" has two words.
ADDRESS = (
    r"(?:(?:(?:https?|ftp)://|mailto:|tel:|www\.|\.{0,2}/\w)[^\s<>()]{1,500}"
    r"|[\w./%-]{1,200}\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp|txt|docx?|mp3|mp4|wav)(?:#[\w-]{0,99})?)"
)
TITLE = r"(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\))"
LINK = re.compile(
    rf"{INSIDE}\([ ]?(?:<?{ADDRESS}(?:\([^()\s]{{0,100}}\)[^()\s<>]{{0,300}})?>?|\#[\w-]{{0,99}})?"
    rf"(?:[ \t]{{1,9}}{TITLE})?[ ]?\)"
)
PERHAPS_LINK = re.compile(r"(?<![\w\\])!?\[[^\[\]\n]{1,300}\]\([^()\n]{1,300}\)")
REFERENCE = re.compile(rf"{INSIDE}\[(?P<label>[^\[\]\n]{{0,100}})\]")
SHORTCUT = re.compile(r"(?<![\w\]\\!])\[(?P<inside>[^\[\]\n^]{1,100})\](?![\w(\[:])")
DEFINITION = re.compile(
    rf"^[ ]{{0,3}}\[(?P<label>[^\[\]\n^][^\[\]\n]{{0,100}})\]:[ \t]{{1,9}}<?{ADDRESS}>?"
    rf"(?:[ \t]{{1,9}}{TITLE})?[ \t]{{0,9}}$",
    re.MULTILINE,
)
# A link that leads nowhere and is not shown, such as "[//]: # (to do)".
REMARK = re.compile(
    r"^[ ]{0,3}\[[^\[\]\n]{1,100}\]:[ \t]{1,9}(?:#|<>)[ \t]{1,9}"
    rf"{TITLE}[ \t]{{0,9}}$",
    re.MULTILINE,
)
AUTOLINK = re.compile(
    r"<(?P<inside>(?:https?://|mailto:)[^\s<>]{1,500}|[^\s<>@:/]{1,200}@[^\s<>]{1,300})>"
)
NOTE_MARK = re.compile(r"\[\^[^\[\]\s]{1,50}\](?!:)")
NOTE = re.compile(
    r"^[ ]{0,3}\[\^[^\[\]\s]{1,50}\]:(?:[ \t]{0,9}(?P<word>\w\S{0,40}))?", re.MULTILINE
)
ESCAPED = re.compile(r"(?<![\\A-Za-z:])\\(?P<sign>[!-/:-@\[-`{-~])|(?<=\w)\\(?P<within>_)(?=\w)")
HARD_BREAK = re.compile(r"(?P<word>(?<!\S)[^\s\\]{1,40})\\$", re.MULTILINE)
# Without its "\" any other sign could become a mark itself.
PLAIN = frozenset(".,;:!?'\"%&/(){}$@+^")

SIGNS = "The voice may read these marks aloud."
ALOUD = "The voice may read this aloud."


def find_inline(text: str) -> Iterator[Found]:
    """Marks within a line. What is offered keeps the words, and removes marks and addresses."""
    text = without_code(text)
    if "[" in text:
        yield from _find_links(text)
    for match in AUTOLINK.finditer(text):
        yield _kept(match, "The voice may read these brackets aloud.", match["inside"])
    for match in STRUCK.finditer(text):
        message = "These words are struck out, and would be said. Take out what is not to be said."
        yield Found(*match.span(), "markdown", message)
    for match in EMPHASIS.finditer(text):
        yield _kept(match, SIGNS, next(filter(None, map(match.group, WORDS))))
    if "\\" in text:
        yield from _find_escaped(text)


def _find_links(text: str) -> Iterator[Found]:
    for match in NOTE.finditer(text):
        message = "The words of a footnote are said here, where they stand."
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Found(start, match.end(), "markdown", message, match["word"])
    for match in NOTE_MARK.finditer(text):
        message = "The mark of a footnote may be read aloud."
        yield Found(*match.span(), "markdown", message, "")
    for match in REMARK.finditer(text):
        yield Found(*match.span(), "markdown", "This is a comment: nobody says it.", "")
    labels = set()
    for match in DEFINITION.finditer(text):
        labels.add(_label(match["label"]))
        yield Found(*match.span(), "markdown", "This is the address of a link: nobody says it.", "")
    for match in LINK.finditer(text):
        message = "The voice may read the address of this link."
        if match["picture"]:
            message = "This is a picture. Only its description can be said."
        yield _kept(match, message, match["inside"])
    for match in REFERENCE.finditer(text):
        label = _label(match["label"])
        message = "The voice may read the label of this link."
        if not label or label.isdecimal() or label in labels:
            yield _kept(match, message, match["inside"])
        else:
            yield Found(*match.span(), "brackets", "What is in brackets may be read aloud.")
    for match in PERHAPS_LINK.finditer(text):
        yield Found(*match.span(), "brackets", "What is in brackets may be read aloud.")
    for match in SHORTCUT.finditer(text) if labels else ():
        if _label(match["inside"]) in labels:
            yield _kept(match, "The voice may read these brackets aloud.", match["inside"])


def _find_escaped(text: str) -> Iterator[Found]:
    for match in HARD_BREAK.finditer(text):
        yield Found(*match.span(), "markdown", ALOUD, match["word"])
    for match in ESCAPED.finditer(text):
        sign = match["sign"] or match["within"]
        sure = sign in PLAIN or match["within"]
        message = f"The “\\” before “{sign}” may be read aloud."
        yield Found(*match.span(), "markdown", message, sign if sure else None)


def _kept(match: re.Match[str], message: str, inside: str) -> Found:
    inside = inside.strip()
    return Found(*match.span(), "markdown", message, inside, inside=inside)


def _label(words: str) -> str:
    return " ".join(words.split()).casefold()
