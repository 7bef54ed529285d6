"""What a character costs: the service's catalogue, else what Settings says, else our own guess."""

import logging
import threading
import time
from decimal import Decimal
from typing import Any

from lib.aimlapi import Price
from lib.catalogue import Catalogue
from lib.engines import OFFLINE, Engines
from lib.errors import SpeechError
from lib.library import Library

log = logging.getLogger("soundcheck.prices")

DAY_S = 86_400.0
AGAIN_S = 600.0  # after a question that got no answer
KEPT_AS = "prices"


class Prices:
    """Asks the service at most once a day, in a thread of its own; nobody waits for it."""

    def __init__(self, library: Library, engines: Engines, catalogue: Catalogue) -> None:
        self._library = library
        self._engines = engines
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._asking = False
        kept = library.preferences.recall(KEPT_AS) or {}
        self._asked_at_s = float(kept.get("asked_at_s", 0))
        self._found = {
            model: Price(
                usd_per_million=None if row["usd"] is None else Decimal(row["usd"]),
                etag=row["etag"],
            )
            for model, row in kept.get("models", {}).items()
        }

    def usd_per_million(self, model: str) -> Decimal | None:
        """Dollars for a million characters; 0 for the offline voice, None where nobody knows."""
        if model == OFFLINE:
            return Decimal(0)
        self._refresh()
        found = self._found.get(model)
        if found and found.usd_per_million is not None:
            return found.usd_per_million
        return self.assumed_usd_per_million(model)

    def assumed_usd_per_million(self, model: str) -> Decimal | None:
        """What estimates go by while the service does not say."""
        chosen = self._library.preferences.get().usd_per_million
        if chosen:
            return Decimal(str(chosen))
        known = self._catalogue.model(model)
        return known.usd_per_million if known else None

    def _refresh(self) -> None:
        """Ask the service anew if the last answer is a day old. Returns at once."""
        with self._lock:
            if self._asking or time.time() - self._asked_at_s < DAY_S:
                return
            self._asking = True
        threading.Thread(target=self._ask, name="prices", daemon=True).start()

    def _ask(self) -> None:
        try:
            models = [model.id for model in self._catalogue.models]
            self._found = self._engines.client().prices(models, self._found)
            self._asked_at_s = time.time()
            self._library.preferences.remember({KEPT_AS: self._as_json()})
        except SpeechError as error:
            log.info("prices not known yet: %s", error)
            self._asked_at_s = time.time() - DAY_S + AGAIN_S
        finally:
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
