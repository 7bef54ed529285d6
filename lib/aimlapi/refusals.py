"""Turn the service's errors into sentences for the person who pressed the button."""

import re

from lib.aimlapi.problems import Problem
from lib.errors import (
    InvalidRequestError,
    KeyForbiddenError,
    KeyRejectedError,
    ModelUnavailableError,
    OutOfCreditError,
    ServiceBusyError,
    SpeechError,
)

CREDIT = re.compile(r"credit|funds|balance|top.?up|resource limit", re.IGNORECASE)
MAINTENANCE = re.compile("maintenance", re.IGNORECASE)
FREE_LIMIT = re.compile(r"free[- ](tier )?limit", re.IGNORECASE)
PROVIDER = re.compile("something wrong with the server", re.IGNORECASE)
# Checked in this order, since a message about a voice may also name other parts.
PARTS = ("voice", "format", "model", "text")

KEYS_PAGE = "https://aimlapi.com/app/keys"
BILLING_PAGE = "https://aimlapi.com/app/billing"


def refusal(status: int, problem: Problem) -> SpeechError:
    """The error to raise for a 4xx or 5xx: it says what to do. Nothing was bought.

    Source: the vendor's API reference, "Errors 4xx" and "Errors 5xx", 2026-08-21.
    """
    kind, sentence, hint = _meaning(status, problem)
    return kind(
        sentence,
        hint=hint,
        reference=problem.reference,
        said=problem.message or None,
        detail=problem.detail,
    )


def is_passing(status: int, problem: Problem) -> bool:
    """Whether the same call may succeed soon."""
    if status == 429:
        return not FREE_LIMIT.search(problem.message)
    if status == 500:
        return not MAINTENANCE.search(problem.message)
    return status in (502, 503)


def _meaning(status: int, problem: Problem) -> tuple[type[SpeechError], str, str | None]:
    """(class of error, message, hint); the hint is None if the default of the class fits."""
    match status:
        case 401 | 407:
            return (
                KeyRejectedError,
                "The key is missing or not accepted.",
                f"Check the key in Settings. Keys are made at {KEYS_PAGE}.",
            )
        case 402:
            return _out_of_credit()
        case 403 if CREDIT.search(f"{problem.message} {problem.kind}"):
            return _out_of_credit()
        case 403:
            return (
                KeyForbiddenError,
                "This key may not do that.",
                f"Look at what the key is allowed to do at {KEYS_PAGE}, or use another one.",
            )
        case 404:
            return (ModelUnavailableError, "The service does not offer this model now.", None)
        case 429 if FREE_LIMIT.search(problem.message):
            return (
                OutOfCreditError,
                "The free allowance is used up for now.",
                f"Wait an hour, or have credit added at {BILLING_PAGE}.",
            )
        case 429:
            return (ServiceBusyError, "The service is busy: too many requests at once.", None)
        case 500 if MAINTENANCE.search(problem.message):
            return (
                ModelUnavailableError,
                "This model is under maintenance.",
                "Try later, or choose another model.",
            )
        case 500 if PROVIDER.search(problem.message):
            return (ServiceBusyError, "The voice provider failed.", None)
        case 500:
            return (ServiceBusyError, "The service has a fault.", None)
        case _ if status >= 500:
            return (ServiceBusyError, "The service or its voice provider is away for now.", None)
        case _:
            return _not_accepted(problem)


def _out_of_credit() -> tuple[type[SpeechError], str, str | None]:
    return (
        OutOfCreditError,
        "The credit is used up.",
        f"Ask whoever looks after the account to add credit at {BILLING_PAGE}, then try again.",
    )


def _not_accepted(problem: Problem) -> tuple[type[SpeechError], str, str | None]:
    """A 400 or similar, by the part of the request that the service names."""
    part = next((p for p in PARTS if re.search(rf"\b{p}\b", problem.message, re.IGNORECASE)), None)
    if part == "model":
        return (ModelUnavailableError, "The service did not accept the model.", None)
    return (InvalidRequestError, f"The service did not accept the {part or 'request'}.", None)
