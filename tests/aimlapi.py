"""Helpers that the tests of the online service share."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from lib.aimlapi import AimlApi, Pace
from lib.settings import Settings
from lib.speech import Audio, Utterance
from tests.service import StandIn

HELLO = Utterance(model="inworld/tts-1-max", voice="Timothy", text="Hello.")


def client(
    service: StandIn | str, *, key: str = "stand-in-key", pace: Pace | None = None, **settings: Any
) -> AimlApi:
    """A client of the stand-in whose waits are short, unless `settings` say otherwise."""
    quick: dict[str, Any] = {"retry_base_s": 0.02, "retry_cap_s": 0.05, "download_span_s": 0.3}
    base_url = service if isinstance(service, str) else service.url
    return AimlApi(key, base_url, settings=Settings(**(quick | settings)), pace=pace)


def at_once(api: AimlApi, calls: int) -> list[Audio]:
    """Make `calls` calls at once, each in its own thread."""
    with ThreadPoolExecutor(calls) as pool:
        return list(pool.map(api.synthesize, [HELLO] * calls))
