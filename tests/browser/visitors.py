"""Browsers that have seen Soundcheck before: each test gets them without what another has left.

Such a browser has the page's scripts. One blank page of it stays open for ever, so that its process
stays as well: a new page in a running process takes two thirds of the processor's time.
"""

from playwright.sync_api import Browser, BrowserContext, Page


class Visitors:
    """The browsers of one test after another; the first visitor of each has the same one."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._used = 0

    def context(self, place: int = 0) -> BrowserContext:
        """That of the first visitor, of the second..."""
        while len(self._contexts) <= place:
            context = self._browser.new_context(reduced_motion="reduce")
            context.new_page()  # the blank one
            self._contexts.append(context)
        return self._contexts[place]

    def new_page(self) -> Page:
        """In the last visitor's browser if all its pages are closed, else in another's."""
        if not self._used or pages_of(self.context(self._used - 1)):
            self._used += 1
        return self.context(self._used - 1).new_page()

    def forget(self) -> None:
        for context in self._contexts[: max(1, self._used)]:
            forget(context)
        self._used = 0

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def pages_of(context: BrowserContext) -> list[Page]:
    """All pages but the blank one."""
    return context.pages[1:]


def forget(context: BrowserContext) -> None:
    """Close its pages, and delete what they have stored in it and what was allowed to them."""
    context.set_offline(False)
    context.clear_permissions()
    blank = context.pages[0]
    for page in pages_of(context):
        page.close()
    context.clear_cookies()
    session = context.new_cdp_session(blank)
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    session.detach()
