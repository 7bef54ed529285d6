"""What each address of the stand-in answers in good health."""

import json as json_module
import re
import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.service import refusals, replies, sound
from tests.service.account import Sale
from tests.service.catalogue import (
    FIELDS,
    FORMATS,
    MODELS,
    PROVIDER_MAX_CHARS,
    TEXT_MAX_CHARS,
    VOICES,
)
from tests.service.refusals import ROWS, Row
from tests.service.replies import Reply
from tests.service.seen import Seen

if TYPE_CHECKING:
    from tests.service.server import StandIn

CLIENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
CATALOGUE_ETAG = 'W/"catalogue-1"'


def answer(service: "StandIn", seen: Seen) -> Reply:
    parts = urlsplit(seen.path)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    match seen.method, parts.path.strip("/").split("/"):
        case "GET", ["generations", *_]:
            return _sound(service, parts.path, parts.query)
        case "GET", ["v1", "models"]:
            return _models(seen, query)
        case "GET", ["v1", "models", "deprecations"]:
            return replies.json({"data": [_deprecation()]})
        case "GET", ["model", *name]:
            return _model("/".join(name), query)
        case "GET", ["stand-in", "counters"]:
            return replies.json(service.counters())
    if seen.headers.get("Authorization") != f"Bearer {service.key}":
        return refusals.answer(ROWS["bad key"], path=parts.path)
    match seen.method, parts.path.strip("/").split("/"):
        case "POST", ["v1", "tts"]:
            return _tts(service, seen)
        case "GET", ["v2", "billing"]:
            return replies.json(service.account.billing())
        case "GET", ["v2", "logs"]:
            return replies.json(service.account.log(query))
        case "POST", ["v1", "stt", "create"]:
            return _listen(service, seen)
        case "GET", ["v1", "stt", name]:
            return _heard(service, name)
    return refusals.answer(ROWS["no such model"], path=parts.path)


def _tts(service: "StandIn", seen: Seen) -> Reply:
    request = _parsed(seen.body)
    if problem := _problem(service, request):
        return refusals.answer(problem)
    model = MODELS[request["model"]]
    text = request["text"]
    if service.long_text == "truncate":
        text = text[:PROVIDER_MAX_CHARS]
    sale = Sale(
        model=model.id,
        voice=request.get("voice", "Alex"),
        text=text,
        format=request.get("format", service.default_format),
        credits=len(request["text"]) * model.credits_per_character,
        client_id=_valid(seen.headers.get("X-Client-Request-Id")),
    )
    if sale.credits > service.account.credits:
        return refusals.answer(ROWS["no credit"])
    service.sell(sale)
    return _sold(service, sale)


def _problem(service: "StandIn", request: dict[str, Any]) -> Row | None:
    model, text = request.get("model"), request.get("text")
    if not isinstance(model, str):
        return _invalid("model: Required")
    if model not in MODELS:
        return ROWS["no such model"]
    if unknown := [name for name in request if name not in FIELDS]:
        return _invalid(f"Unrecognized key(s) in object: {unknown}")
    if not isinstance(text, str) or not text:
        return _invalid("text: String must contain at least 1 character(s)")
    longest = PROVIDER_MAX_CHARS if service.long_text == "refuse" else TEXT_MAX_CHARS
    if len(text) > longest:
        return _invalid(f"text: String must contain at most {longest} character(s)")
    if request.get("stream", False) is not False:
        return _invalid("stream: Invalid literal value, expected false")
    for name, allowed in (("voice", VOICES), ("format", FORMATS)):
        value = request.get(name, allowed[0])
        if value not in allowed:
            expected = " | ".join(f"'{option}'" for option in allowed)
            hint = f"Invalid enum value. Expected {expected}, received '{value}'"
            return _invalid(f"{name}: {hint}")
    return None


def _invalid(hint: str) -> Row:
    return Row(400, f"Body validation error: {hint}", "BadRequestException")


def _sold(service: "StandIn", sale: Sale) -> Reply:
    """The sale's answer in the shape that is set."""
    headers = {"x-inference-id": sale.inference_id, "x-request-id": uuid.uuid4().hex}
    if sale.client_id:
        headers["x-client-request-id"] = sale.client_id
    if service.shape == "S3":
        headers["Content-Type"] = service.audio_type or f"audio/{sale.format}"
        return Reply(service.success_status, spoken(service, sale), headers)
    headers["x-aimlapi-credits-used"] = str(sale.credits)
    headers["x-aimlapi-usd-spent"] = f"{sale.usd:.9f}"
    usage: dict[str, object] = {"credits_used": sale.credits}
    if service.usd_spent:
        usage["usd_spent"] = float(sale.usd)
    body = _SHAPES[service.shape](service.link(sale), sale, {"usage": usage})
    return replies.json(body, service.success_status, headers)


_SHAPES: dict[str, Any] = {
    "S1": lambda link, sale, meta: {"audio": {"url": link}, "meta": meta},
    "S2": lambda link, sale, meta: {"audio": link, "meta": meta},
    "S4": lambda link, sale, meta: {
        "audio": {"url": link, "file_name": f"speech.{sale.format}"},
        "duration": len(sale.text) / 15,
        "sample_rate": 48_000,
        "meta": meta,
    },
    "S5": lambda link, sale, meta: {
        "audio": {"url": link},
        "usage": {"characters": len(sale.text)},
    },
    "S6": lambda link, sale, meta: {"metadata": {"transaction_key": "t-1", "duration": 1.5}},
}


def spoken(service: "StandIn", sale: Sale) -> bytes:
    return sound.speak(
        sale.text,
        model=sale.model,
        voice=sale.voice,
        format=sale.format,
        max_s=service.audio_max_s,
    )


def _sound(service: "StandIn", path: str, query: str) -> Reply:
    sale = service.sale_at(path)
    if sale is None:
        return Reply(404, b"<Error><Code>NoSuchKey</Code></Error>", {"Content-Type": "text/xml"})
    if not service.is_link_alive(path, query):
        return Reply(403, b"<Error><Code>AccessDenied</Code></Error>", {"Content-Type": "text/xml"})
    media_type = {"mp3": "audio/mpeg", "wav": "audio/wav"}[sale.format]
    return Reply(200, spoken(service, sale), {"Content-Type": service.audio_type or media_type})


def _models(seen: Seen, query: dict[str, str]) -> Reply:
    if seen.headers.get("If-None-Match") == CATALOGUE_ETAG:
        return Reply(304, b"", {"ETag": CATALOGUE_ETAG})
    wanted = query.get("id")
    listed = [m for m in MODELS.values() if wanted is None or wanted in (m.id, *m.aliases)]
    data = [model.listing(priced=_is_priced(query)) for model in listed]
    return replies.json({"object": "list", "data": data}, headers={"ETag": CATALOGUE_ETAG})


def _model(name: str, query: dict[str, str]) -> Reply:
    model = next((m for m in MODELS.values() if name in (m.id, *m.aliases)), None)
    if model is None:
        return refusals.answer(ROWS["no such model"], path=f"/model/{name}")
    return replies.json(model.listing(priced=_is_priced(query)))


def _is_priced(query: dict[str, str]) -> bool:
    return bool({"pricing", "all"} & set(query.get("include", "").split(",")))


def _deprecation() -> dict[str, object]:
    return {
        "id": "inworld/tts-1-max",
        "aliases": ["tts-1-max"],
        "status": "deprecated",
        "deprecated_at": "2026-06-01",
        "shutdown_at": None,
        "replaced_by": "inworld/tts-1-5-max",
        "reason": "Superseded by a newer generation.",
    }


def _listen(service: "StandIn", seen: Seen) -> Reply:
    """Speech to text: a link of our own is heard exactly, an upload as a fixed sentence."""
    link = _parsed(seen.body).get("url")
    sale = service.sale_at(urlsplit(link).path) if isinstance(link, str) else None
    return replies.json({"generation_id": service.hear(sale), "status": "queued"})


def _heard(service: "StandIn", name: str) -> Reply:
    """Still at work when first asked, done from then on."""
    text = service.heard(name)
    if text is None:
        return replies.json({"id": name, "status": "generating"})
    return replies.json({"id": name, "status": "completed", "result": {"text": text}})


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        value = json_module.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _valid(client_id: str | None) -> str | None:
    return client_id if client_id and CLIENT_ID.fullmatch(client_id) else None
