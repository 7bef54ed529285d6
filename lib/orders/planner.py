"""Plan and price an order before anything is bought, and decide whether a person must confirm."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from lib.errors import SpeechError
from lib.library import Library
from lib.library.clip import Clip
from lib.orders.offer import Offer
from lib.orders.parts import Limits, Request
from lib.orders.plan import Plan, attempts, price, price_of
from lib.orders.prices import Prices
from lib.orders.rest import Rest
from lib.settings import Settings
from lib.speech import Utterance


class Planner:
    """Makes plans and prices. It spends and stores nothing."""

    def __init__(self, *, library: Library, prices: Prices, settings: Settings) -> None:
        self._library = library
        self._prices = prices
        self._limits = Limits.of(settings)
        self._confirm_above_usd = settings.confirm_above_usd

    def attempts(self, requests: Sequence[Request]) -> list[Plan | SpeechError]:
        """The plan of each request, or the error of one that cannot be spoken."""
        return attempts(
            requests,
            library=self._library,
            limits=self._limits,
            usd_per_million=self._prices.usd_per_million,
        )

    def plans(self, requests: Sequence[Request]) -> list[Plan]:
        """The plans of all requests. Raises the first error, such as InvalidRequestError."""
        found = []
        for each in self.attempts(requests):
            if isinstance(each, SpeechError):
                raise each
            found.append(each)
        return found

    def plan(self, request: Request) -> Plan:
        """The plan of one request. Raises as `plans`."""
        (found,) = self.plans([request])
        return found

    def offer(self, plans: Iterable[Plan]) -> Offer:
        """The offer for these plans at current prices."""
        return self._offer_of(said for plan in plans for said in plan.new)

    def price_of(self, characters: int, model: str) -> Decimal | None:
        """Dollars for so many characters; None if the price is unknown."""
        return price_of(characters, self._prices.usd_per_million(model))

    @property
    def confirm_above_usd(self) -> Decimal:
        """A person must confirm an order that costs more than this."""
        chosen = self._library.preferences.get().confirm_above_usd
        return Decimal(str(self._confirm_above_usd if chosen is None else chosen))

    def must_be_asked(self, offer: Offer, agreed: Offer | None = None) -> bool:
        """Whether a person must confirm first. agreed: the offer that they confirmed."""
        return offer.must_be_asked(above_usd=self.confirm_above_usd, agreed=agreed)

    def rest(self, clip: Clip, given_up: Collection[str] = ()) -> Rest:
        """The rest of a clip that is still to be made. given_up: as in `Rest`."""
        said = {part.utterance.key: part.utterance for part in self._library.clips.parts(clip)}
        known = self._library.recordings.known(list(said))
        missing = tuple(each for key, each in said.items() if key not in known)
        owed = self._library.ledger.owed()
        paid = {entry.key for entry in owed if entry.id not in given_up}
        return Rest(
            clip=clip,
            missing=missing,
            given_up=frozenset(given_up),
            offer=self._offer_of(each for each in missing if each.key not in paid),
        )

    def rest_now(self, clip: Clip, given_up: Collection[str] = ()) -> Rest | None:
        """The same as `rest`, for the current state of the clip.

        None if nothing is left to do: another click, perhaps in another tab, was faster.
        """
        now = self._library.clips.get(clip.id)
        if now is None or now.deleted_at_s is not None or now.state in ("making", "ready"):
            return None
        return self.rest(now, given_up)

    def _offer_of(self, said: Iterable[Utterance]) -> Offer:
        dearest = self._prices.dearest_usd_per_million()
        return Offer.of(said, self._prices.usd_per_million, dearest)

    def _estimates(self, said: Sequence[Utterance]) -> dict[str, Decimal | None]:
        """The price of each utterance, by key."""
        models = {each.model for each in said}
        prices = {model: self._prices.usd_per_million(model) for model in models}
        return {each.key: price([each], prices[each.model]) for each in said}
