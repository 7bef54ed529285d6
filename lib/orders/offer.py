"""The offer behind a click: what it would buy, and whether a person has agreed to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from lib.orders import plan
from lib.speech import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """keys: those of the utterances to buy. usd: their price; None if any price is unknown.

    most_usd: the price with the highest known price for unknown ones; None if none is known.
    """

    keys: frozenset[str]
    usd: Decimal | None
    most_usd: Decimal | None

    @classmethod
    def of(
        cls,
        said: Iterable[Utterance],
        usd_per_million: Callable[[str], Decimal | None],
        dearest_usd_per_million: Decimal | None,
    ) -> Self:
        """said: the utterances to buy. usd_per_million: returns the price of a model."""
        new = {each.key: each for each in said}
        priced = {model: usd_per_million(model) for model in {each.model for each in new.values()}}
        costs = {key: plan.price([each], priced[each.model]) for key, each in new.items()}
        at_most = {
            key: plan.price([new[key]], dearest_usd_per_million) if usd is None else usd
            for key, usd in costs.items()
        }
        return cls(keys=frozenset(new), usd=_sum(costs), most_usd=_sum(at_most))

    @classmethod
    def priced(cls, costs: Mapping[str, Decimal | None]) -> Self:
        """An offer of utterances with known prices. costs: dollars by key."""
        return cls(keys=frozenset(costs), usd=_sum(costs), most_usd=_sum(costs))

    @classmethod
    def together(cls, offers: Sequence["Offer"]) -> Self:
        """What one click buys for several clips; words that two of them share are counted twice."""
        return cls(
            keys=frozenset().union(*(offer.keys for offer in offers)),
            usd=_sum(dict(enumerate(offer.usd for offer in offers))),
            most_usd=_sum(dict(enumerate(offer.most_usd for offer in offers))),
        )

    def covers(self, other: "Offer") -> bool:
        """Whether agreement to this offer covers the other: no more keys, no higher price."""
        if not other.keys <= self.keys:
            return False
        if other.usd is None and self.usd is not None:
            return False
        if self.most_usd is None:
            return other.usd is None
        return other.most_usd is not None and other.most_usd <= self.most_usd

    def must_be_asked(self, *, above_usd: Decimal, agreed: "Offer | None" = None) -> bool:
        """Whether a person must confirm first. An unknown price is never treated as small."""
        if not self.keys or (agreed and agreed.covers(self)):
            return False
        return self.usd is None or self.usd > above_usd


def _sum(costs: Mapping[Any, Decimal | None]) -> Decimal | None:
    known = [usd for usd in costs.values() if usd is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None
