"""Read and write the W3C's Pronunciation Lexicon Specification (PLS) 1.0, for other programs.

Source: https://www.w3.org/TR/pronunciation-lexicon/, 14 October 2008.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import (
    Element,
    ParseError,
    SubElement,
    indent,
    register_namespace,
    tostring,
)

import defusedxml  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from lib.errors import InvalidRequestError
from lib.lexicon.entry import Entry
from lib.lexicon.reading import HINT, Read, check_size, collected

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ALPHABET = "ipa"
TAGS_MAX = 500_000  # 10,000 words with six each, a few more for words with several spellings
# Other programs ignore attributes of a foreign namespace, as the specification asks.
OWN = "urn:soundcheck:lexicon"
NOTE, MATCH_CASE, WHOLE_WORD, LEAVE_OUT = (
    f"{{{OWN}}}{name}" for name in ("note", "match-case", "whole-word", "leave-out")
)

PHONETIC = re.compile(r"/(?!\s)([^/]+)(?<!\s)/")
WRAPPED = re.compile(r"[ \t]*[\r\n]\s*")

register_namespace("", NAMESPACE)
register_namespace("soundcheck", OWN)


def pls_bytes(entries: Iterable[Entry], *, language: str = "en") -> bytes:
    """An XML file: "/…/" is written as IPA, the rest as an alias; `read_pls` restores all entries.

    entries: checked ones. language: of all words, "en" or "pt-BR"; the format requires it.
    """
    lexicon = Element(
        f"{{{NAMESPACE}}}lexicon", {"version": "1.0", "alphabet": ALPHABET, LANGUAGE: language}
    )
    for entry in entries:
        marks = {
            MATCH_CASE: "yes" if entry.match_case else "no",
            WHOLE_WORD: "yes" if entry.whole_word else "no",
        }
        if entry.note:
            marks[NOTE] = entry.note
        if not entry.say_as:
            marks[LEAVE_OUT] = "yes"
        lexeme = SubElement(lexicon, f"{{{NAMESPACE}}}lexeme", marks)
        SubElement(lexeme, f"{{{NAMESPACE}}}grapheme").text = entry.word
        if phonetic := PHONETIC.fullmatch(entry.say_as):
            SubElement(lexeme, f"{{{NAMESPACE}}}phoneme").text = phonetic[1]
        else:
            SubElement(lexeme, f"{{{NAMESPACE}}}alias").text = entry.say_as
    indent(lexicon)
    return bytes(tostring(lexicon, encoding="UTF-8", xml_declaration=True))


def read_pls(data: bytes) -> Read:
    """An entry for each spelling of each word, with its preferred or else first pronunciation.

    Words of other programs match case, as they do there. Raises InvalidRequestError for a file
    that is not PLS, that defines a DTD or entities, or that is over 20 MB or 10,000 words.
    """
    check_size(data)
    if data.count(b"<") > TAGS_MAX:
        raise InvalidRequestError("This file takes too much work to read.", hint=HINT)
    try:
        lexicon = fromstring(data, forbid_dtd=True)
    except defusedxml.DefusedXmlException:
        raise InvalidRequestError(
            "This file brings definitions of its own (a DTD), which Soundcheck does not open.",
            hint="Save it without them, or as a CSV table.",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise InvalidRequestError(
            f"This file is no well-formed XML: {error}.", hint="Save it again, or as a CSV table."
        ) from None
    if _name(lexicon) != "lexicon":
        raise InvalidRequestError(
            "This XML file is no pronunciation lexicon (PLS).", hint="Choose another file."
        )
    return collected(_rows(lexicon))


def _rows(lexicon: Element) -> Iterator[tuple[str, Entry | str | None]]:
    usual_alphabet = lexicon.get("alphabet", ALPHABET)
    for number, lexeme in enumerate(lexicon.iterfind("{*}lexeme"), start=1):
        say_as, problem = _say_as(lexeme, usual_alphabet)
        words = [_text(grapheme) for grapheme in lexeme.iterfind("{*}grapheme")]
        for word in words or [""]:
            place = f"Word {number}" + f", “{word[:40]}”" * bool(word)
            yield (
                place,
                problem
                or Entry(
                    word,
                    say_as,
                    lexeme.get(NOTE, ""),
                    lexeme.get(MATCH_CASE, "yes") == "yes",
                    lexeme.get(WHOLE_WORD, "yes") == "yes",
                ),
            )


def _say_as(lexeme: Element, usual_alphabet: str) -> tuple[str, str]:
    """(how the word is said, what is wrong): one of the two is empty."""
    said = [each for each in lexeme if _name(each) in ("alias", "phoneme")]
    said.sort(key=lambda each: each.get("prefer") != "true")
    problem = "the file does not tell how to say it."
    for each in said:
        text = _text(each)
        if _name(each) == "alias":
            if text or lexeme.get(LEAVE_OUT) == "yes":
                return text, ""
            continue
        alphabet = each.get("alphabet", usual_alphabet)
        spoken = f"/{text.strip('/')}/"
        if alphabet.casefold() != ALPHABET:
            problem = f"it is written in the alphabet “{alphabet[:40]}”; only IPA can be read."
        elif PHONETIC.fullmatch(spoken):
            return spoken, ""
        else:
            problem = "its phonetic spelling is empty or has a slash in it."
    return "", problem


def _name(element: Element) -> str:
    """The tag without its namespace: some programs write another one, or none. "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    """The text of an element on one line, without the blanks of the file's layout."""
    return WRAPPED.sub(" ", "".join(element.itertext()).strip(" \t\r\n"))
