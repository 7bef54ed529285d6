"""Prices, balance and records: free requests, each sent once and never retried."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from lib.aimlapi import problems, refusals, transport
from lib.aimlapi.answers import usd_of
from lib.aimlapi.deadline import Deadline
from lib.aimlapi.transport import NoReply, Reply
from lib.amounts import CREDITS_MAX, amount, credits, price, signed
from lib.errors import ServiceBusyError, ServiceUnreachableError
from lib.settings import Settings
from lib.speech import Answer, Charge

ANSWER_MAX_BYTES = 4_000_000
LOG_PAGE = 100
LOG_PAGES = 150  # the service answers 200 of these a minute
ETAG = re.compile(r'(W/)?"[!#-~]{0,200}"')  # one that is safe to send back unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A model's price now. usd_per_million: for a million characters; None if not readable.

    etag: names this version of the service's catalogue; with it, an unchanged price is not sent
        again. None without a price, so that the next request gets the full answer.
    """

    usd_per_million: Decimal | None
    etag: str | None = None


class Account:
    """Requests about an account and the service's catalogue."""

    def __init__(self, base_url: str, key: str, settings: Settings) -> None:
        self._base_url = base_url
        self._key = key
        self._settings = settings

    def price(self, model: str, known: Price | None) -> Price | None:
        """The price of a model; None if the service does not list its id or an alias of it.

        Source: the vendor's API reference, "GET /v1/models", no key needed, 2026-08-21.
        """
        etag = known.etag if known and known.usd_per_million is not None else None
        headers = {"If-None-Match": etag} if etag else {}
        reply = self._ask("/v1/models", {"id": model, "include": "pricing"}, headers)
        if known and etag and reply.status == 304:
            return known
        for entry in _list(_answer(reply).get("data")):
            aliases = entry.get("aliases")
            if model == entry.get("id") or (isinstance(aliases, list) and model in aliases):
                usd_per_million = _usd_per_million(problems.members(entry.get("pricing")))
                mark = reply.headers.get("ETag", "")
                keeps = usd_per_million is not None and ETAG.fullmatch(mark)
                return Price(usd_per_million=usd_per_million, etag=mark if keeps else None)
        return None

    def balance(self) -> Decimal:
        """Dollars left. Source: the vendor's API reference, "GET /v2/billing", 2026-08-21."""
        said = _answer(self._ask("/v2/billing", {}, self._keyed)).get("current_balance")
        # Unlike a price, a balance may be negative, and larger than the cost of any call.
        balance = signed(said, CREDITS_MAX)
        if balance is None or isinstance(said, str):
            raise _unreadable()
        return balance

    def charge(self, client_id: str, period: str) -> Answer | None:
        """The charge of the call with this id; None if the records have none.

        Source: the vendor's API reference, "GET /v2/logs", 2026-08-21.
        """
        for entry in self._log(period):
            if entry.get("client_request_id") == client_id:
                cost = problems.members(entry.get("cost"))
                usd, used = amount(cost.get("usd")), credits(cost.get("credits"))
                if used and not usd:
                    usd = usd_of(used)
                charge = Charge(usd=usd, credits=used, source="logs")
                named = entry.get("inference_id")
                reference = problems.plain(named) if isinstance(named, str) else ""
                return Answer(charge=charge, reference=reference or None)
        return None

    def _log(self, period: str) -> Iterator[dict[str, Any]]:
        for page in range(LOG_PAGES):
            query = {"period": period, "limit": LOG_PAGE, "offset": page * LOG_PAGE}
            answer = _answer(self._ask("/v2/logs", query, self._keyed))
            entries = _list(answer.get("data"))
            yield from entries
            if not entries or not problems.members(answer.get("pagination")).get("has_more"):
                return
        raise ServiceBusyError("The service's records are too long to look through.")

    @property
    def _keyed(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"}

    def _ask(self, path: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Reply:
        address = f"{self._base_url}{path}" + (f"?{urlencode(query)}" if query else "")
        with Deadline(self._settings.account_s) as deadline:
            reply = transport.call(
                "GET",
                address,
                headers=headers,
                deadline=deadline,
                connect_s=self._settings.connect_s,
                limit_bytes=ANSWER_MAX_BYTES,
                ca_file=self._settings.ca_file,
            )
        if isinstance(reply, NoReply):
            raise ServiceUnreachableError("Soundcheck cannot reach the service.")
        if reply.status >= 400:
            problem = problems.read(reply, secret=self._key)
            raise refusals.refusal(reply.status, problem)
        return reply


def _answer(reply: Reply) -> dict[str, Any]:
    answer = problems.parsed(reply.body)
    if reply.status != 200 or not isinstance(answer, dict):
        raise _unreadable()
    return answer


def _unreadable() -> ServiceBusyError:
    return ServiceBusyError("The service gave an answer that Soundcheck cannot read.")


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _usd_per_million(pricing: Mapping[str, Any]) -> Decimal | None:
    """The price, converted from any unit that counts characters; the highest of several prices.

    None if it cannot be a price: zero, or more than anybody would pay.
    """
    units = _list(pricing.get("units")) + _list(pricing.get("variants"))
    prices = []
    for unit in units:
        said = (unit.get(name) for name in ("name", "measure", "unit"))
        named = " ".join(each for each in said if isinstance(each, str)).lower()
        asked, per = amount(unit.get("price")), amount(unit.get("per", 1), CREDITS_MAX)
        if "char" in named and asked is not None and per:
            prices.append(asked * 1_000_000 / per)
    return price(max(prices, default=None))
