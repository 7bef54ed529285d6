"""Read the bodies of the service's errors leniently: its documentation shows several forms."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from lib.aimlapi.transport import Reply

SHOWN_CHARACTERS = 300
KEPT_CHARACTERS = 2_000
DEEPEST = 8  # a message within a message within a list …
INTEGER_MAX_CHARS = 40
READ_BYTES = 64_000
MEMBER = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)')
REFERENCES = ("x-request-id", "x-inference-id")
TAG = re.compile(r"<[a-zA-Z!/?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """message: the service's message, safe to show; "" if there is none.

    kind: the service's name for the failure, such as "err_insufficent_credits".
    is_json: whether the service itself wrote it, and not a gateway before it.
    detail: the raw body, to be stored.
    """

    message: str
    kind: str
    reference: str | None
    is_json: bool
    detail: str


def read(reply: Reply, *, secret: str) -> Problem:
    """`secret`: the key, which an answer may repeat; it is removed.

    Source: the vendor's API reference, "Errors"; legacy and problem+json shapes, 2026-08-21.
    """
    # The text is stored later, and not every database accepts NUL characters.
    text = reply.body[:READ_BYTES].decode("utf-8-sig", "replace").replace("\0", "\ufffd")
    if secret:
        text = text.replace(secret, "[key]")
    answer = members(parsed(text)) or _broken_members(text)
    error = answer.get("error")
    inner = members(error)
    written = answer.get("message") or inner.get("message") or (error if not inner else None)
    kind = members(inner.get("data")).get("kind") or inner.get("name")
    message = plain(_words(written)) or ("" if answer else plain(text)) or _phrase(reply.status)
    return Problem(
        message=message,
        kind=kind if isinstance(kind, str) else "",
        reference=reference(reply, answer),
        is_json="message" in answer or "error" in answer,
        detail=text[:KEPT_CHARACTERS],
    )


def reference(reply: Reply, answer: dict[str, Any]) -> str | None:
    """The service's id of a failed call."""
    named = answer.get("requestId")
    given = (named if isinstance(named, str) else "", *map(reply.headers.get, REFERENCES))
    return next((words for each in given if each and (words := plain(each))), None)


def parsed(text: str | bytes) -> Any:
    """Parse JSON with exact decimals; None if it is not JSON.

    A too long integer becomes a Decimal: Python refuses to read it as an int, and the rest of an
    answer that is paid for would be lost.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_int=_integer)
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= INTEGER_MAX_CHARS else Decimal(digits)


def members(value: object) -> dict[str, Any]:
    """The members of a JSON object; {} for any other value."""
    return value if isinstance(value, dict) else {}


def _broken_members(text: str) -> dict[str, Any]:
    """The members of the documented legacy form, which has no commas between them."""
    if not text.lstrip().startswith("{"):
        return {}
    return {name: parsed(value) for name, value in MEMBER.findall(text)}


def _words(value: object, deep: int = 0) -> str:
    """The text of a message, which may be a sentence, a list of them, or JSON in a string."""
    if deep > DEEPEST:
        return ""
    match value:
        case str():
            nested = parsed(value) if value.lstrip()[:1] in ("[", "{") else None
            return value if nested is None else _words(nested, deep + 1)
        case list():
            return "; ".join(filter(None, (_words(each, deep + 1) for each in value)))
        case dict():
            path = value.get("path")
            steps = path if isinstance(path, list) else []
            place = ".".join(str(step) for step in steps if isinstance(step, str | int))
            return ": ".join(filter(None, (place, _words(value.get("message"), deep + 1))))
        case _:
            return ""


def plain(text: str) -> str:
    """The text on one line, printable and shortened; "" for a web page."""
    if TAG.search(text):
        return ""
    words = " ".join(text.split())
    shown = "".join(character for character in words if character.isprintable())
    return shown if len(shown) <= SHOWN_CHARACTERS else shown[:SHOWN_CHARACTERS].rstrip() + "…"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
