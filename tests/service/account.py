"""The stand-in's money: what was sold, what is left, and its records."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tests.service.catalogue import CREDITS_PER_USD


@dataclass(frozen=True, kw_only=True)
class Sale:
    """One charge and what was bought."""

    model: str
    voice: str
    text: str
    format: str
    credits: int
    client_id: str | None
    inference_id: str = field(default_factory=lambda: uuid.uuid4().hex[:21])
    sold_at: float = field(default_factory=time.time)

    @property
    def usd(self) -> Decimal:
        return Decimal(self.credits) / CREDITS_PER_USD


class Account:
    """Sales are on record at once; the balance falls only after the answer has gone out."""

    def __init__(self, balance_usd: Decimal) -> None:
        self.sales: list[Sale] = []
        self._settled = 0
        self.credits = int(balance_usd * CREDITS_PER_USD)

    def settle(self) -> None:
        while self._settled < len(self.sales):
            self.credits -= self.sales[self._settled].credits
            self._settled += 1

    def billing(self) -> dict[str, object]:
        return {"current_balance": self.credits / CREDITS_PER_USD, "currency": "USD"}

    def log(self, query: Mapping[str, str]) -> dict[str, object]:
        limit, offset = int(query.get("limit", 20)), int(query.get("offset", 0))
        newest_first = self.sales[::-1]
        page = newest_first[offset : offset + limit]
        total = len(newest_first)
        return {
            "data": [_entry(sale) for sale in page],
            "pagination": {
                "limit": limit,
                "offset": offset,
                "total": total,
                "has_more": offset + limit < total,
            },
        }


def _entry(sale: Sale) -> dict[str, object]:
    return {
        "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(sale.sold_at)),
        "status": "succeeded",
        "origin": "api",
        "model": sale.model,
        "cost": {"usd": float(sale.usd), "credits": sale.credits},
        "tokens": None,
        "request_id": f"req-{sale.inference_id}",
        "inference_id": sale.inference_id,
        "client_request_id": sale.client_id,
    }
