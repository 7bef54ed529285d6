"""How long a person waits on a phone's line, with nothing of Soundcheck in the browser yet.

    python -m tests.bench.phone [studio|listen]      one of the two; both without it

studio: from the address to a text box that can be typed in.
listen: from the link of a listening test to a voice that can be played.
Beside the seconds are the bytes that the browser has fetched by then, those of messages before
they were compressed.
"""

import base64
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession

from tests.bench.measuring import Figure, load, main, say
from tests.bench.page import chromium, environment_of
from tests.browser.conftest import PHONE
from tests.browser.prepared import Prepared
from tests.browser.running import running
from tests.browser.visitors import Visitors
from tests.service import StandIn

TIMES = 3
# Lighthouse's "slow 4G", which is nearer to what a busy cell gives than what is advertised.
DOWN_BYTES_A_S, UP_BYTES_A_S, ROUND_TRIP_MS = 1_600_000 / 8, 750_000 / 8, 150
STUDIO_MAX_S, LISTEN_MAX_S = 7.0, 8.0

CAN_BE_TYPED_IN = """() => {
  const box = document.querySelector("textarea[aria-label=Text]");
  return box?.checkVisibility() && !box.disabled;
}"""
CAN_BE_PLAYED = """() => {
  const audio = document.querySelector(".soundcheck-board audio");
  return audio?.closest("section").checkVisibility();
}"""


@dataclass
class Fetched:
    """What a page has fetched, in bytes."""

    files: int = 0
    messages: int = 0

    def count(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.dataReceived", self._file)
        session.on("Network.webSocketFrameReceived", self._message)

    def _file(self, event: dict[str, Any]) -> None:
        self.files += int(event["encodedDataLength"])

    def _message(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        is_text = frame["opcode"] == 1
        self.messages += len(
            frame["payloadData"] if is_text else base64.b64decode(frame["payloadData"])
        )


def studio() -> list[Figure]:
    return _opened("Studio", STUDIO_MAX_S, CAN_BE_TYPED_IN, lambda prepared: prepared.address)


def listen() -> list[Figure]:
    def link(prepared: Prepared) -> str:
        return prepared.listening_test("Ashley", "Craig", "Timothy", question="Which fits?")

    return _opened("Listening test", LISTEN_MAX_S, CAN_BE_PLAYED, link)


def _opened(
    name: str, most_s: float, is_usable: str, address_of: Callable[[Prepared], str]
) -> list[Figure]:
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        service = stack.enter_context(StandIn())
        folder = stack.enter_context(tempfile.TemporaryDirectory())

        def start() -> str:
            environment = environment_of(folder, service.url, service.key)
            return stack.enter_context(running(**environment))

        visitors = Visitors(browser)
        address = address_of(
            Prepared(service, Path(folder), start, lambda _: visitors.new_page(), visitors)
        )
        seen = [_first_visit(browser, address, is_usable) for _ in range(TIMES + 1)][1:]
    seconds, fetched = zip(*seen, strict=True)
    files, messages = (
        median(getattr(each, of) for each in fetched) for of in ("files", "messages")
    )
    say(f"\n{name} on a phone's line   (load of this machine {load():.1f})")
    say(f"  {', '.join(f'{each:.1f} s' for each in seconds)}")
    return [
        Figure(name=f"{name} on a phone's line", value=median(seconds), goal=most_s, unit="s"),
        Figure(
            name=f"{name}, fetched by then",
            value=(files + messages) / 1000,
            unit="kB",
            detail=f"files {files / 1000:,.0f}, messages {messages / 1000:,.0f}",
        ),
    ]


def _first_visit(browser: Browser, address: str, is_usable: str) -> tuple[float, Fetched]:
    """Seconds until a new browser's page `is_usable`, and what it has fetched until then."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        line = context.new_cdp_session(page)
        fetched = Fetched()
        fetched.count(line)
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": ROUND_TRIP_MS,
                "downloadThroughput": DOWN_BYTES_A_S,
                "uploadThroughput": UP_BYTES_A_S,
            },
        )
        start_s = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_function(is_usable, timeout=180_000)
        return time.perf_counter() - start_s, fetched
    finally:
        context.close()


PARTS = (studio, listen)

if __name__ == "__main__":
    main("phone", PARTS)
