"""Who asks for something to be made."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person in front of a screen, as far as an order needs to know them.

    owner: whose clips these are. browser: the random name of the browser.
    key: what the voice service is asked with, None for somebody who has no key.
    counted_as: whose orders of a minute are counted together. It differs from the browser where a
        visitor refuses cookies and so comes with another name at every connection.
    """

    owner: str
    browser: str
    counted_as: str
    key: str | None = field(repr=False)
