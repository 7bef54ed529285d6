"""The visitor who places an order."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The facts about the person at the screen that an order needs.

    owner: the owner of the clips. browser: the random id of the browser.
    key: the key for the voice service; None without one.
    counted_as: whose orders are counted together by `Rate`. It differs from the browser if a
        visitor refuses cookies and so has another id at each connection.
    """

    owner: str
    browser: str
    counted_as: str
    key: str | None = field(repr=False)
