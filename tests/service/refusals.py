"""The service's error answers, each in both of its body shapes."""

import json
import time
import uuid
from dataclasses import dataclass
from typing import Literal

from tests.service.replies import Reply

Shape = Literal["legacy", "problem"]
BILLING = "https://aimlapi.com/app/billing/"


@dataclass(frozen=True)
class Row:
    status: int
    message: str
    name: str = "HttpException"
    kind: str | None = None


ROWS = {
    "bad request": Row(
        400,
        "Body validation error: voice: Invalid enum value. Expected 'Alex' | 'Ashley', "
        "received 'Bob'",
        "BadRequestException",
    ),
    "bad key": Row(
        401,
        "This request requires a valid API key. You can create a new API key on the Billing "
        "page: https://aimlapi.com/app/keys",
        "UnauthorizedException",
    ),
    "no credit": Row(
        403,
        "You've run out of credits. Please top up your balance or update your payment method "
        f"to continue: {BILLING}",
        "ForbiddenException",
        "err_insufficent_credits",
    ),
    "no funds": Row(403, "You've run out of funds.", "OutOfFundsException"),
    "plan used up": Row(
        403,
        "You have exhausted the available [plan.rule:api_token] resource limit. Update your "
        f"payment method: {BILLING}",
        "ForbiddenException",
    ),
    "not allowed": Row(403, "Forbidden resource", "ForbiddenException"),
    "no such model": Row(404, "Not Found", "NotFoundException"),
    "too many": Row(429, "Too Many Requests", "ThrottlerException"),
    "free limit": Row(
        429, "Free-tier limit: You've reached your free limit for the hour. Please, wait."
    ),
    "fault": Row(500, "Internal server error", "InternalServerErrorException"),
    "provider": Row(500, "Something wrong with the server. Please, try again later."),
    "maintenance": Row(
        500, "The model is under maintenance, please contact us at help@aimlapi.com."
    ),
    "bad gateway": Row(502, "Bad Gateway", "BadGatewayException"),
    "unavailable": Row(503, "Service unavailable", "ServiceUnavailableException"),
    "too slow": Row(504, "Generation timeout", "GatewayTimeoutException"),
    "gateway too slow": Row(524, "A timeout occurred"),
    "too large": Row(413, "request entity too large", "PayloadTooLargeException"),
}


def answer(row: Row, *, path: str = "/v1/tts", shape: Shape = "problem") -> Reply:
    """`row` as the service would send it, with a request id of its own."""
    reference = f"req-{uuid.uuid4().hex[:12]}"
    timestamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    body: dict[str, object] = {
        "message": row.message,
        "requestId": reference,
        "timestamp": timestamp,
    }
    if shape == "legacy":
        body |= {"path": path, "statusCode": row.status}
        media_type = "application/json"
    else:
        error = {"name": row.name, "message": row.message, "data": {"kind": row.kind}}
        body |= {"title": row.name, "status": row.status, "instance": path, "error": error}
        media_type = "application/problem+json"
    headers = {"Content-Type": media_type, "x-request-id": reference}
    return Reply(row.status, json.dumps(body).encode(), headers)
