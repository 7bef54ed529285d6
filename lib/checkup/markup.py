"""Find markup and signs that nobody says: tags, entities, brackets, emoji."""

import html
import re
from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # emoji

from lib.checkup.finding import Found, found
from lib.checkup.lists import TAG_NAMES
from lib.script.blocks import without_code
from lib.script.measuring import BREAK, MOOD, SOUND
from lib.script.pauses import MARK

TAG = re.compile(r"</?(?P<name>[A-Za-z][\w:-]{0,20})(?:\s[^<>\n]{0,300})?/?>")
COMMENT_START = re.compile("<!--")
ENTITY = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5}|[A-Za-z]{2,10});")
WORD_END = re.compile(r"[\w&;#.]{0,40}(?<=[\w;])")
WORD_START = re.compile(r"\w{1,40}$")

BRACKETS = re.compile(r"(?<!\w)\[(?P<inside>[^\[\]\n]{1,200})\](?![\w(])")
SOURCE = re.compile(r"[0-9]{1,3}(?:[ ]?[,;–-][ ]?[0-9]{1,3}){0,9}")
NEARLY_A_PAUSE = re.compile(r"\s*(?:long |short )?(?:pause|silence|break|wait)\b", re.IGNORECASE)
TO_FILL_IN = re.compile(
    r"[A-Z][A-Z _-]{2,60}$|(?i:insert|your|enter|add|name|date|time|company|product|city|email|"
    r"phone|amount|number|address|title|link|url|first|last|customer|client)\b"
)

EMOJI = regex.compile(
    r"(?:\p{Regional_Indicator}{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    r"|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u2600-\u27bf\U0001f000-\U0001faff])"
    r"(?:[\ufe0f\p{Emoji_Modifier}]|\u200d\p{Extended_Pictographic}){0,16})"
)
NO_EMOJI = frozenset("✓✔✕✖✗✘")
# What a sign says in "I ♥ New York" and "Rated ★★★☆☆" is lost without it.
HEARTS, STARS = frozenset("♥❤💙💚💛🧡💜🖤"), frozenset("★☆⭐🌟")
LOVER = re.compile(r"\b(?:I|we|you|they|who)[ \u00a0]$", re.IGNORECASE)
EMOTICON = re.compile(r"(?<!\S)(?:[:;]-?[()DPp|/]|:'\(|<3|xD|XD)(?![^\s.,!?])")

READ_ALOUD = "The voice may read this aloud."
NO_COMMENT = "Here a comment begins that has no end. Take out what is not to be said."


def reserved(text: str) -> list[tuple[int, int]]:
    """Spans that Soundcheck removes itself, so no rule may report anything in them."""
    return [match.span() for match in MARK.finditer(text)]


def find_tags(text: str) -> Iterator[Found]:
    for match in BREAK.finditer(text):
        message = "The voice may read this tag aloud. Use a pause instead."
        yield found(match, "tag", message)
    for marks in (MOOD, SOUND):
        for match in marks.finditer(text):
            message = "The voice may read this aloud: listen to it before you record many."
            yield found(match, "tag", message, "")
    for match in COMMENT_START.finditer(text):
        yield found(match, "markup", NO_COMMENT)
    for match in TAG.finditer(text):
        if match["name"].casefold() in TAG_NAMES:
            yield found(match, "markup", READ_ALOUD, "")
    for match in ENTITY.finditer(text):
        yield from _entity(text, match)


def find_brackets(text: str) -> Iterator[Found]:
    for match in BRACKETS.finditer(without_code(text)):
        inside = match["inside"]
        if NEARLY_A_PAUSE.match(inside):
            message = "This is not a pause yet. Write it as [pause 0.5 s]."
            yield found(match, "brackets", message)
        elif TO_FILL_IN.match(inside):
            yield found(match, "placeholder", "This looks as if it is still to be filled in.")
        else:
            # Only a number that points to a source is surely not said; words may be meant to be.
            sure = "" if SOURCE.fullmatch(inside) else None
            yield found(match, "brackets", "What is in brackets may be read aloud.", sure)


def find_emoji(text: str) -> Iterator[Found]:
    message = "An emoji may be read aloud by its name."
    if not text.isascii():
        for match in EMOJI.finditer(text):
            if match[0] not in NO_EMOJI:
                yield found(match, "emoji", message, None if _is_word(text, match) else "")
    for match in EMOTICON.finditer(text):
        # "In <3 days" means less than three.
        mend = None if match[0] == "<3" else ""
        yield found(match, "emoji", "This may be read aloud sign by sign.", mend)


def _is_word(text: str, match: "regex.Match[str]") -> bool:
    """Whether the sign stands for words that would be missed."""
    sign = match[0][0]
    if sign in HEARTS:
        return bool(LOVER.search(text, max(0, match.start() - 6), match.start()))
    return sign in STARS


def _entity(text: str, match: re.Match[str]) -> Iterator[Found]:
    """The entity with the word around it, as in "caf&eacute;"."""
    before = WORD_START.search(text, max(0, match.start() - 40), match.start())
    after = WORD_END.match(text, match.end())
    start, end = before.start() if before else match.start(), after.end() if after else match.end()
    said = text[start:end]
    meant = html.unescape(said)
    if meant == said:
        return
    sayable = not set(meant) & set("<>") and not ENTITY.search(meant)
    yield Found(start, end, "markup", READ_ALOUD, meant if sayable else None)
