"""What is on a page stays up to date: its fragment runs once when something of it has changed.

Numbers that only count on are drawn in the browser, without any run.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from lib.events import Numbers
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets.component import component

Seen = Mapping[str, int]

_draw = component("live", "live.css", "words.js", "live.js")


class Sound(NamedTuple):
    """The player of a clip of one part, from the moment when that part is stored.

    key: of the finished clip's player, which goes on with the sound that this one has loaded.
    """

    key: str
    address: str
    name: str


class Cost(NamedTuple):
    """What was spent before the numbers' `usd` began to count, and whether all of it is exact."""

    base_usd: Decimal | None
    exact: bool


def seen(*topics: str) -> Seen:
    """These topics as they are now. Read it before the data that is drawn.

    A change between the two is then drawn twice. In the other order it would never be drawn.
    """
    return services().events.versions(*topics)


def watch(
    key: str, drawn: Seen, *, gap_s: float = 0.0, poll: bool = False, untold: bool = False
) -> None:
    """Run the surrounding fragment, or else the page, when one of these topics changes.

    drawn: what `seen` gave before the data was read.
    gap_s: between two such runs at least, where much may change.
    poll: whether to run every few seconds while there is no stream, as where a proxy forbids it.
        For places where something is expected to happen.
    untold: whether to poll though there is a stream: another server sends no events to this one.
    """
    _show(key, drawn, gap_s=gap_s, poll=poll, untold=untold)


def progress(
    key: str,
    topic: str,
    numbers: Numbers,
    *words: str,
    shares: Mapping[str, float],
    age_s: float = 0,
    sound: Sound | None = None,
) -> None:
    """A bar and the words over it, which count on by themselves.

    words: by the numbers' `phase`, with the fields {done}, {total}, {joined}, {left} and {age}.
    shares: how much of the bar each number fills once it is as large as `total`.
    age_s: how long it has gone on.
    sound: it takes the place of both once the first part is done.
    """
    drawing = _drawing(topic, numbers, words, shares, age_s)
    drawing["sound"] = sound and sound._asdict()
    _show(key, {topic: None}, drawing=drawing)


def facts(key: str, topic: str, numbers: Numbers, words: str, cost: Cost) -> None:
    """A quiet line, as style.facts; {cost} in it becomes what was spent so far."""
    base_usd = None if cost.base_usd is None else float(cost.base_usd)
    drawing = _drawing(topic, numbers, [words], None, 0)
    drawing["cost"] = {"base_usd": base_usd, "exact": cost.exact}
    _show(key, {topic: None}, drawing=drawing)


def _drawing(
    topic: str,
    numbers: Numbers,
    words: Sequence[str],
    shares: Mapping[str, float] | None,
    age_s: float,
) -> dict[str, Any]:
    return {
        "topic": topic,
        "numbers": dict(numbers),
        "phases": list(words),
        "shares": shares and dict(shares),
        "age_s": age_s,
    }


def _show(
    key: str,
    drawn: Mapping[str, int | None],
    *,
    gap_s: float = 0.0,
    poll: bool = False,
    untold: bool = False,
    drawing: dict[str, Any] | None = None,
) -> None:
    browser, proofs = session.browser(), services().proofs
    _draw(
        key=key,
        data={
            "watch": {t: [version, proofs.of(t, browser)] for t, version in drawn.items()},
            "gap_ms": round(gap_s * 1000),
            "poll": poll,
            "untold": untold,
            "drawing": drawing,
        },
        on_changed_change=_nothing,
    )


def _nothing() -> None:
    """The run that follows is all that is needed."""
