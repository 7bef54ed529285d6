"""The price of a character: from the service's catalogue, else from Settings, else our guess."""

import logging
import math
import threading
import time
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lib import amounts
from lib.aimlapi import Price
from lib.catalogue import Catalogue
from lib.engines import OFFLINE, Engines
from lib.errors import SpeechError
from lib.library import Library
from lib.threads import Threads

log = logging.getLogger("soundcheck.prices")

DAY_S = 86_400.0
AGAIN_S = 600.0  # after a request without an answer, or with an answer that cannot be true
KEPT_AS = "prices"
NOT_KNOWN = Price(usd_per_million=None)


class Prices:
    """Asks the service at most once a day, in its own thread, so that nobody waits for it.

    After an answer without a valid price, the service is asked again soon.
    """

    def __init__(self, library: Library, engines: Engines, catalogue: Catalogue) -> None:
        self._library = library
        self._engines = engines
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._threads = Threads()
        self._asking = False
        self._found, self._asked_at_s = _kept(library.preferences.recall(KEPT_AS))
        self._is_settled = True  # whether the last answer had a price for every model

    def usd_per_million(self, model: str) -> Decimal | None:
        """Dollars for a million characters; 0 only for the offline voice, None if unknown."""
        if model == OFFLINE:
            return Decimal(0)
        self._refresh()
        found = self._found.get(model)
        if found and found.usd_per_million is not None:
            return found.usd_per_million
        return self.assumed_usd_per_million(model)

    def assumed_usd_per_million(self, model: str) -> Decimal | None:
        """The price for estimates if the service gives none: the one from Settings.

        Our guess is used only until the service has answered, even if it gave no price.
        """
        chosen = self._library.preferences.get().usd_per_million
        if chosen and (set_here := amounts.price(Decimal(str(chosen)))) is not None:
            return set_here
        found = self._found.get(model)
        return None if found and found.usd_per_million is None else self._guess(model)

    def dearest_usd_per_million(self) -> Decimal | None:
        """The price to assume for an unknown one: the highest known price of any model."""
        known = [price.usd_per_million for price in self._found.values()]
        known += [self._guess(model.id) for model in self._catalogue.models]
        return max((price for price in known if price is not None), default=None)

    def _guess(self, model: str) -> Decimal | None:
        known = self._catalogue.model(model)
        return amounts.price(known.usd_per_million) if known else None

    def _refresh(self) -> None:
        """Ask the service again if the last answer is too old. Returns at once."""
        with self._lock:
            pause_s = DAY_S if self._is_settled else AGAIN_S
            if self._asking or 0 <= time.time() - self._asked_at_s < pause_s:
                return
            self._asking = True
        self._threads.start("prices", self._ask)

    def join(self, until_s: float) -> None:
        """Wait for an open request until this time on the monotonic clock."""
        self._threads.join(until_s)

    def _ask(self) -> None:
        self._is_settled = False
        try:
            models = [model.id for model in self._catalogue.models]
            answered = self._engines.client().prices(models, self._found)
            self._found = {model: answered.get(model, NOT_KNOWN) for model in models}
            self._asked_at_s = time.time()
            self._library.preferences.remember({KEPT_AS: self._as_json()})
            self._is_settled = _all_known(self._found)
        except SpeechError as error:
            log.info("prices not known yet: %s", error)
        finally:
            self._asked_at_s = time.time()
            self._asking = False

    def _as_json(self) -> dict[str, Any]:
        return {
            "asked_at_s": self._asked_at_s,
            "models": {
                model: {
                    "usd": None if price.usd_per_million is None else str(price.usd_per_million),
                    "etag": price.etag,
                }
                for model, price in self._found.items()
            },
        }


def _kept(value: object) -> tuple[dict[str, Price], float]:
    """(the stored prices, when they were asked for; 0, to ask at once, if any is not valid).

    An older version may have stored prices that cannot be true.
    """
    kept = value if isinstance(value, Mapping) else {}
    rows = kept.get("models")
    found = {
        model: _price(row if isinstance(row, Mapping) else {})
        for model, row in (rows if isinstance(rows, Mapping) else {}).items()
    }
    asked_at_s = kept.get("asked_at_s")
    if isinstance(asked_at_s, float) and math.isfinite(asked_at_s) and _all_known(found):
        return found, asked_at_s
    return found, 0.0


def _all_known(found: Mapping[str, Price]) -> bool:
    return all(price.usd_per_million is not None for price in found.values())


def _price(row: Mapping[str, Any]) -> Price:
    try:
        usd = amounts.price(Decimal(str(row.get("usd"))))
    except InvalidOperation:
        return NOT_KNOWN
    etag = row.get("etag")
    return Price(usd_per_million=usd, etag=etag if usd and isinstance(etag, str) else None)
