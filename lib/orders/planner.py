"""What an order would come to before anything is bought, and whether it is asked about first."""

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
    """Plans and prices. Spends and stores nothing."""

    def __init__(self, *, library: Library, prices: Prices, settings: Settings) -> None:
        self._library = library
        self._prices = prices
        self._limits = Limits.of(settings)
        self._confirm_above_usd = settings.confirm_above_usd

    def attempts(self, requests: Sequence[Request]) -> list[Plan | SpeechError]:
        """What each request comes to, or the error of one that cannot be said."""
        return attempts(
            requests,
            library=self._library,
            limits=self._limits,
            usd_per_million=self._prices.usd_per_million,
        )

    def plans(self, requests: Sequence[Request]) -> list[Plan]:
        """As `attempts`. Raises the first error, InvalidRequestError for what cannot be said."""
        found = []
        for each in self.attempts(requests):
            if isinstance(each, SpeechError):
                raise each
            found.append(each)
        return found

    def plan(self, request: Request) -> Plan:
        """As `plans`, of one."""
        (found,) = self.plans([request])
        return found

    def offer(self, plans: Iterable[Plan]) -> Offer:
        """What buying these would come to, at the prices of now."""
        return self._offer_of(said for plan in plans for said in plan.new)

    def price_of(self, characters: int, model: str) -> Decimal | None:
        """Dollars for so many characters, None where the price is not known."""
        return price_of(characters, self._prices.usd_per_million(model))

    @property
    def confirm_above_usd(self) -> Decimal:
        """An order that costs more is asked about first."""
        chosen = self._library.preferences.get().confirm_above_usd
        return Decimal(str(self._confirm_above_usd if chosen is None else chosen))

    def must_be_asked(self, offer: Offer, agreed: Offer | None = None) -> bool:
        """Whether a person has to say yes first. agreed: what they have said yes to."""
        return offer.must_be_asked(above_usd=self.confirm_above_usd, agreed=agreed)

    def rest(self, clip: Clip, given_up: Collection[str] = ()) -> Rest:
        """What is left to make of it. given_up: as in `Rest`."""
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
        """As `rest`, of the clip as it is now.

        None where nothing is left to do: somebody, perhaps in another tab, was quicker.
        """
        now = self._library.clips.get(clip.id)
        if now is None or now.deleted_at_s is not None or now.state in ("making", "ready"):
            return None
        return self.rest(now, given_up)

    def _offer_of(self, said: Iterable[Utterance]) -> Offer:
        dearest = self._prices.dearest_usd_per_million()
        return Offer.of(said, self._prices.usd_per_million, dearest)

    def _estimates(self, said: Sequence[Utterance]) -> dict[str, Decimal | None]:
        """The price of each, by key."""
        models = {each.model for each in said}
        prices = {model: self._prices.usd_per_million(model) for model in models}
        return {each.key: price([each], prices[each.model]) for each in said}
