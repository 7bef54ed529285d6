"""Make the engine (offline voice or online client) for a model and a key."""

import threading
import time

from lib.aimlapi import AimlApi, Pace, RetryQuota
from lib.errors import KeyMissingError
from lib.offline import MODEL as OFFLINE
from lib.offline import OfflineVoices
from lib.settings import Settings
from lib.speech import Engine

__all__ = ["OFFLINE", "Engines"]


class Engines:
    """The offline voice, and clients of the service; all share one pace and one retry quota."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.pace = Pace(settings.pace)
        self._quota = RetryQuota(settings.retry_quota)
        self._offline = OfflineVoices()
        self._warming: threading.Thread | None = None

    def warm(self) -> None:
        """Start to load the offline voice, once, so that its first clip does not wait for it."""
        if self._warming is None:
            self._warming = self._offline.warm()

    def join(self, until_s: float) -> None:
        """Wait for a voice that is being loaded, up to this time on the monotonic clock."""
        if self._warming:
            self._warming.join(max(0.0, until_s - time.monotonic()))

    def speaker(self, model: str, key: str | None) -> Engine:
        """An engine for one job. Raises KeyMissingError for a cloud model without a key."""
        if model == OFFLINE:
            return self._offline
        if not key:
            raise KeyMissingError("This voice needs a key, and there is none.")
        return self.client(key)

    def client(self, key: str | None = None) -> AimlApi:
        """A client of the service. Without a key it can read prices and fetch paid sounds."""
        return AimlApi(
            key,
            self._settings.base_url,
            settings=self._settings,
            pace=self.pace,
            quota=self._quota,
        )
