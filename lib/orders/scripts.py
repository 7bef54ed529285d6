"""Start the clips of a saved script that are not started yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.library import Library
from lib.library.clip import Clip, Intent, Part
from lib.library.problem import may_be_charged
from lib.library.scripts import Made
from lib.orders.plan import Plan
from lib.orders.visitor import Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOrder:
    """One clip of a script that is to be made. unit: the id of its row or chapter, or the whole.

    tried: the id of an earlier clip of it that failed, and is now made again.
    """

    unit: str
    title: str
    plan: Plan
    tried: int | None = None


def still_wanted(script_id: int, wanted: Sequence[UnitOrder], library: Library) -> list[UnitOrder]:
    """The units that no other click has started since the caller read the script."""
    newest = {made.fingerprint: made for made in library.scripts.made(script_id)}
    return [each for each in wanted if not _is_taken(newest.get(each.plan.asked))]


def _is_taken(made: Made | None) -> bool:
    if made is None:
        return False
    if made.state == "failed":
        return may_be_charged(made.problem)  # its card asks what to do
    return made.state in ("making", "ready")


def begin(
    script_id: int, wanted: Sequence[UnitOrder], *, visitor: Visitor, library: Library
) -> list[tuple[Clip, Sequence[Part]]]:
    """A clip for each unit, with its parts, all or none.

    A failed clip is used again, unless somebody has deleted it meanwhile.
    """
    with library.database.write():  # one commit for both
        tried = [each.tried for each in wanted if each.tried is not None]
        again = {clip.id: clip for clip in library.listing.many(tried)}
        library.clips.move_all(list(again), "making")
        fresh = [each for each in wanted if each.tried not in again]
        begun = library.clips.begin_all([_intent(script_id, each, visitor) for each in fresh])
    return [
        *((again[each.tried], each.plan.pieces) for each in wanted if each.tried in again),
        *((clip, each.plan.pieces) for clip, each in zip(begun, fresh, strict=True)),
    ]


def _intent(script_id: int, each: UnitOrder, visitor: Visitor) -> Intent:
    return Intent(
        pieces=each.plan.pieces,
        script=each.plan.text,
        title=each.title,
        owner=visitor.owner,
        browser=visitor.browser,
        fingerprint=each.plan.asked,
        kind="line",
        script_id=script_id,
        unit=each.unit,
    )
