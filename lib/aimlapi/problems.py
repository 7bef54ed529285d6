"""The bodies of the service's error answers, read leniently: their printed shapes disagree."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from lib.aimlapi.transport import Reply

SHOWN_CHARACTERS = 300
KEPT_CHARACTERS = 2_000
READ_BYTES = 64_000
MEMBER = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)')
TAG = re.compile(r"<[a-zA-Z!/?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """message: the service's words, safe to show; "" where there are none.

    kind: its own name for the failure, such as "err_insufficent_credits".
    is_json: whether the service itself wrote it, and not some gateway before it.
    detail: the raw body for the record.
    """

    message: str
    kind: str
    reference: str | None
    is_json: bool
    detail: str


def read(reply: Reply, *, secret: str) -> Problem:
    """`secret`: the key, which an answer may repeat and nothing may show.

    Source: the vendor's API reference, "Errors"; legacy and problem+json shapes, 2026-08-21.
    """
    text = reply.body[:READ_BYTES].decode("utf-8-sig", "replace")
    if secret:
        text = text.replace(secret, "[key]")
    answer = members(parsed(text)) or _broken_members(text)
    error = answer.get("error")
    inner = members(error)
    written = answer.get("message") or inner.get("message") or (error if not inner else None)
    message = _plain(_words(written)) or ("" if answer else _plain(text)) or _phrase(reply.status)
    return Problem(
        message=message,
        kind=str(members(inner.get("data")).get("kind") or inner.get("name") or ""),
        reference=reference(reply, answer),
        is_json="message" in answer or "error" in answer,
        detail=text[:KEPT_CHARACTERS],
    )


def reference(reply: Reply, answer: dict[str, Any]) -> str | None:
    """The service's id of a failed call."""
    named = answer.get("requestId")
    if isinstance(named, str) and named:
        return _plain(named)
    return reply.headers.get("x-request-id") or reply.headers.get("x-inference-id")


def parsed(text: str | bytes) -> Any:
    """JSON with exact decimals, or None for what is not JSON."""
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def members(value: object) -> dict[str, Any]:
    """The members of a JSON object; nothing else has any."""
    return value if isinstance(value, dict) else {}


def _broken_members(text: str) -> dict[str, Any]:
    """The printed legacy example has no commas between its members."""
    if not text.lstrip().startswith("{"):
        return {}
    return {name: parsed(value) for name, value in MEMBER.findall(text)}


def _words(value: object) -> str:
    """A message may be a sentence, a list of them, or JSON within a string."""
    match value:
        case str():
            nested = parsed(value) if value.lstrip()[:1] in ("[", "{") else None
            return value if nested is None else _words(nested)
        case list():
            return "; ".join(filter(None, map(_words, value)))
        case dict():
            path = value.get("path")
            place = ".".join(map(str, path)) if isinstance(path, list) else ""
            return ": ".join(filter(None, (place, _words(value.get("message")))))
        case _:
            return ""


def _plain(text: str) -> str:
    """One line of printable words, cut; "" for a web page."""
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
