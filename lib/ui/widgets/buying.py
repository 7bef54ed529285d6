"""What costs money: looked at, asked about where it is much or not known, and then begun."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial

from lib import money
from lib.errors import SpeechError
from lib.jobs import DOUBLE_CLICK_S
from lib.library.clip import Clip
from lib.orders.offer import Offer
from lib.orders.parts import Request
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import messages, studio_draft
from lib.ui.widgets.messages import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a click comes to as things stand. words: what it is for.

    begin: makes it, and buys nothing that is not in the offer. May raise SpeechError.
    """

    offer: Offer
    words: str
    begin: Callable[[], object]


# Looks at things anew; None where nothing is left to do, of which the look itself has told.
Look = Callable[[], Order | None]


def spend(
    look: Look,
    *,
    agreed: Offer | None = None,
    turn: AbstractContextManager[object] = nullcontext(),  # noqa: B008 - holds nothing
    place: str = "",
) -> None:
    """The one way to money: look what a click comes to now, then begin it or ask about it first.

    A yes is to what was asked and no more. So things are looked at again when it comes, and where
    there is more to buy by now, or it is dearer, the question is put anew.

    agreed: what a person has said yes to. turn: held from the look until it has begun, where two
    clicks must not do the same thing twice. place: where an error is said, as in `say`.
    """
    try:
        with turn:
            order = look()
            if order is None:
                return
            above_usd = session.confirm_above_usd()
            if not order.offer.must_be_asked(above_usd=above_usd, agreed=agreed):
                order.begin()
                return
    except SpeechError as error:
        messages.say(error, place)
        return
    messages.ask(
        Question(
            title=_asks(order.offer, has_grown=agreed is not None),
            facts=[order.words, *_beside(order.offer, has_grown=agreed is not None)],
            yes=f"Go ahead, {money.price_before(order.offer.usd)}",
            agree=partial(spend, look, agreed=order.offer, turn=turn, place=place),
        )
    )


def _asks(offer: Offer, *, has_grown: bool) -> str:
    """has_grown: whether it is more than the person was asked before."""
    if offer.usd is None:
        return "The price is not known."
    now = "now " if has_grown else ""
    return f"This will {now}cost {money.price_before(offer.usd)}."


def _beside(offer: Offer, *, has_grown: bool) -> list[str]:
    """What else helps to decide."""
    words = ["it is more than you were asked before"] if has_grown else []
    if offer.usd is not None:
        return [*words, "the limit for asking is set in Settings"]
    if offer.most_usd is not None:
        words.append(f"at the dearest known price {money.price_before(offer.most_usd)}")
    return [*words, "a price to go by can be set in Settings"]


# ---- What buttons that may buy do ----


def clip_of(request: Request, words: Callable[[str], str]) -> Order:
    """The order for one clip. words: say what it is for, given the text."""
    wanted = session.plan(request)
    return Order(
        offer=session.offer(wanted.new),
        words=words(wanted.text),
        begin=partial(session.submit, wanted),
    )


def new_take(clip: Clip) -> None:
    """The same words once more, spoken anew."""
    messages.clear()
    studio_draft.go_to_studio()
    script = services().library.clips.script(clip.id)
    take = services().library.clips.next_take(script, clip.model, clip.voice, clip.format)
    last = services().jobs.twin(session.browser(), clip.fingerprint, take - 1)
    if last and last.clip.take > clip.take and last.age_s < DOUBLE_CLICK_S:
        return
    try:
        request = Request(
            script=script,
            model=clip.model,
            voice=clip.voice,
            format=clip.format,
            take=take,
            wording=services().library.lexicon.entries(),
        )
    except SpeechError as error:
        messages.say(error)
        return
    spend(partial(clip_of, request, lambda _: f"take {take} of “{clip.title}”"))


def again(clip: Clip, *, given_up: Collection[str] = ()) -> None:
    """Try a clip again that was not made; what is recorded already is free.

    given_up: as in `session.resubmit`.
    """
    messages.clear()
    spend(partial(_rest_of, clip, given_up))


def _rest_of(clip: Clip, given_up: Collection[str]) -> Order | None:
    now = services().library.clips.get(clip.id)
    if now is None or now.deleted_at_s is not None or now.state in ("making", "ready"):
        return None  # somebody, perhaps in another tab, was quicker
    missing = session.missing_of(now)
    return Order(
        offer=session.rest_offer(missing, given_up),
        words=f"the rest of “{clip.title}”",
        begin=partial(session.resubmit, now, missing, given_up),
    )
