"""An audition and its listening test as a person leaves them, without the clicks that make them.

The clicks are tested once: in `test_compare` and at the beginning of `test_listen`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lib.library.clip import Clip
from lib.listening import blind
from lib.orders.parts import Request
from lib.orders.visitor import Visitor
from lib.ui import services
from lib.web.browsers import COOKIE
from tests.browser.shared import data_in
from tests.browser.visitors import Visitors
from tests.service import StandIn
from tests.test_jobs import wait_for

SCRIPT = "Welcome to our store. For opening hours, press one."
QUESTIONS = ("Overall", "Fits our brand")
OWNER = "local"
BROWSER = "a-browser-of-the-owner"  # 22 characters, as in the cookie


class Prepared:
    """Puts an audition into the data of a test before its server starts."""

    def __init__(
        self,
        service: StandIn,
        folder: Path,
        start: Callable[..., str],
        visit: Callable[..., Page],
        visitors: Visitors,
    ) -> None:
        self._service, self._folder = service, folder
        self._start, self._visit, self._visitors = start, visit, visitors
        self._address: str | None = None

    def audition(self, *voices: str) -> None:
        """Record these voices in this order, and put them on BROWSER's page Compare."""
        with self._services() as the:
            self._record(the, voices)

    def listening_test(self, *voices: str, question: str) -> str:
        """As `audition`, and a listening test of them; returns its link."""
        with self._services() as the:
            audition_id, clips = self._record(the, voices)
            test = the.library.listening.begin(
                blind.contenders(clips, the.library),
                owner=OWNER,
                audition_id=audition_id,
                title=question,
                script=SCRIPT,
                questions=QUESTIONS,
            )
        return f"{self.address}/listen?test={test.token}"

    @property
    def address(self) -> str:
        self._address = self._address or self._start()
        return self._address

    def compare(self) -> Page:
        """The page Compare of BROWSER, who has to be the first visitor of the test."""
        self._visitors.context().add_cookies(
            [{"name": COOKIE, "value": BROWSER, "url": self.address}]
        )
        page = self._visit(f"{self.address}/compare")
        expect(page.locator(".soundcheck-board section").first).to_be_visible()
        return page

    @contextmanager
    def _services(self) -> Iterator[services.Services]:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("AIMLAPI_KEY", self._service.key)
            environment.setenv("AIMLAPI_BASE_URL", self._service.url)
            for name, value in data_in(self._folder).items():
                environment.setenv(name, value)
            services.close()
            try:
                yield services.services()
            finally:
                services.close()

    def _record(self, the: services.Services, voices: Sequence[str]) -> tuple[int, list[Clip]]:
        model = the.catalogue.models[0].id
        plans = the.orders.plans(
            [Request(script=SCRIPT, model=model, voice=voice, format="mp3") for voice in voices]
        )
        me = Visitor(owner=OWNER, browser=BROWSER, counted_as=BROWSER, key=self._service.key)
        begun = the.orders.place(plans, visitor=me, kind="audition")

        def clips() -> list[Clip]:
            return [clip for each in begun if (clip := the.library.clips.get(each.id))]

        wait_for(lambda: all(clip.state == "ready" for clip in clips()))
        audition_id = the.library.auditions.begin(
            SCRIPT, [clip.id for clip in begun], owner=OWNER, browser=BROWSER
        )
        on_page = {"script": SCRIPT, "voices": list(voices), "audition": audition_id}
        the.library.drafts.put(BROWSER, "compare", on_page, owner=OWNER)
        return audition_id, clips()
