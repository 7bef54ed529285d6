"""Turn the reply to a paid POST into an outcome. No other module decides this."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

from lib.aimlapi import problems, refusals, sounds
from lib.aimlapi.addresses import web_address
from lib.aimlapi.transport import NoReply, Reply
from lib.amounts import amount, credits
from lib.errors import ChargeUnknownError, ServiceUnreachableError, SpeechError
from lib.speech import UNKNOWN_CHARGE, Answer, Charge

CREDITS_PER_USD = 2_000_000
JSON_MAX_BYTES = 1_000_000
SHORTER = "Press Check before you try again: it may already be paid. A shorter text may help."
SECONDS = re.compile(r"[0-9]{1,9}")
WAIT_MAX_S = 100 * 365 * 86_400.0  # later dates may not exist in Python


class Outcome(StrEnum):
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """result: the answer if the outcome is PAID, else the error to raise after the last try.

    retry: the same call may be sent again without a risk of paying twice.
    crowded: there were too many calls at once.
    retry_after_s: how long the service asks us to wait; None if it does not say.
    reference: the service's id of this call.
    """

    outcome: Outcome
    result: Answer | SpeechError
    retry: bool = False
    crowded: bool = False
    retry_after_s: float | None = None
    reference: str | None = None

    @property
    def usd(self) -> Decimal | None:
        """The cost of the call in dollars; None if unknown."""
        if isinstance(self.result, Answer):
            return self.result.charge.usd
        return None if self.outcome is Outcome.UNKNOWN else Decimal(0)


def judge(reply: Reply | NoReply, *, secret: str) -> Verdict:
    """The outcome of one POST. `secret`: the key, which no error may contain.

    A JSON object with a message is from the service itself. Another 5xx is from a gateway: the
    call may have been carried out, so its outcome is UNKNOWN; so it is for 408, 409 and 504.

    Source: the vendor's API reference, "POST /v1/tts" and "Errors", 2026-08-21.
    """
    if isinstance(reply, NoReply):
        return _unanswered(reply)
    if 200 <= reply.status < 300:
        return _success(reply, secret)
    problem = problems.read(reply, secret=secret)
    refused_4xx = 400 <= reply.status < 500 and reply.status not in (408, 409)
    if refused_4xx or (problem.is_json and reply.status in (500, 502, 503)):
        return Verdict(
            outcome=Outcome.REFUSED,
            result=refusals.refusal(reply.status, problem),
            retry=refusals.is_passing(reply.status, problem),
            crowded=reply.status == 429,
            retry_after_s=retry_after_s(reply.headers.get("Retry-After", "")),
            reference=problem.reference,
        )
    if reply.status in (408, 504):
        return _unknown("The service took too long and gave no sound.", reply, secret, SHORTER)
    if 300 <= reply.status < 400:
        return _unknown("The service pointed elsewhere instead of answering.", reply, secret)
    return _unknown(f"The service failed on the way ({reply.status}).", reply, secret)


def _unanswered(reply: NoReply) -> Verdict:
    match reply.reason:
        case "late":
            error: SpeechError = ChargeUnknownError("No answer came in time.")
        case "broken":
            error = ChargeUnknownError("The connection broke before the answer came.")
        case "certificate":
            error = ServiceUnreachableError(
                "The service cannot be trusted: its certificate is not valid.",
                hint="Ask whoever runs Soundcheck to look at it. The built-in voices still work.",
            )
        case _:
            error = ServiceUnreachableError("Soundcheck cannot reach the service.")
    if error.charged is None:
        return Verdict(outcome=Outcome.UNKNOWN, result=error)
    return Verdict(outcome=Outcome.NOT_SENT, result=error, retry=reply.reason == "unreachable")


def _success(reply: Reply, secret: str) -> Verdict:
    """A 2xx: the sound itself or JSON with its address, told by the bytes and not the headers."""
    if sounds.media_type(reply.body):
        return _paid(reply, {}, sound=reply.body)
    if reply.is_too_large or len(reply.body) > JSON_MAX_BYTES:
        return _unknown("The service's answer could not be read.", reply, secret)
    answer = problems.members(problems.parsed(reply.body))
    audio = answer.get("audio")
    address = web_address(problems.members(audio).get("url", audio))
    if answer.get("error") or not address:
        return _unknown("The service answered without any sound.", reply, secret)
    return _paid(reply, answer, address=address)


def _paid(
    reply: Reply, answer: dict[str, Any], *, address: str | None = None, sound: bytes | None = None
) -> Verdict:
    reference = _inference_id(reply) or problems.reference(reply, answer)
    return Verdict(
        outcome=Outcome.PAID,
        result=Answer(
            charge=_charge(reply, answer), address=address, sound=sound, reference=reference
        ),
        reference=reference,
    )


def _unknown(sentence: str, reply: Reply, secret: str, hint: str | None = None) -> Verdict:
    problem = problems.read(reply, secret=secret)
    said = problem.message if problem.is_json and problem.message else None
    # Of several ids, this is the one in the service's records, where the charge would be.
    reference = _inference_id(reply) or problem.reference
    error = ChargeUnknownError(
        sentence, hint=hint, reference=reference, said=said, detail=problem.detail
    )
    return Verdict(outcome=Outcome.UNKNOWN, result=error, reference=reference)


def _inference_id(reply: Reply) -> str | None:
    return problems.plain(reply.headers.get("x-inference-id", "")) or None


def _charge(reply: Reply, answer: dict[str, Any]) -> Charge:
    """The charge from the best source: dollars in the answer, dollars in the header, credits.

    Credits above 0 are preferred to dollars of 0.
    """
    usage = problems.members(problems.members(answer.get("meta")).get("usage"))
    used = credits(usage.get("credits_used"))
    if used is None:
        used = credits(reply.headers.get("x-aimlapi-credits-used"))
    if (usd := amount(usage.get("usd_spent"))) or (usd is not None and not used):
        return Charge(usd=usd, credits=used, source="usage")
    if (usd := amount(reply.headers.get("x-aimlapi-usd-spent"))) or (usd is not None and not used):
        return Charge(usd=usd, credits=used, source="header")
    if (usd := usd_of(used)) is not None:
        return Charge(usd=usd, credits=used, source="credits")
    return UNKNOWN_CHARGE


def usd_of(used: int | None) -> Decimal | None:
    """Convert credits to dollars; None for None."""
    return None if used is None else amount(Decimal(used) / CREDITS_PER_USD)


def retry_after_s(header: str) -> float | None:
    """Seconds to wait, at most a century, from a number or a date; None if unreadable."""
    if SECONDS.fullmatch(header):
        return min(float(header), WAIT_MAX_S)
    try:
        when = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    try:
        wait_s = (when - datetime.now(UTC)).total_seconds()
    except OverflowError:
        return None
    return min(max(0.0, wait_s), WAIT_MAX_S)
