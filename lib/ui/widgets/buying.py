"""Clicks that cost money: find the price, ask a person if it is high or unknown, then order."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

from lib import money
from lib.errors import SpeechError
from lib.library.clip import Clip, Kind
from lib.orders.offer import Offer
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import going, messages
from lib.ui.widgets.messages import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a click would buy now. words: what it is for.

    begin: orders it, and buys nothing that is not in the offer. May raise SpeechError.
    """

    offer: Offer
    words: str
    begin: Callable[[], object]


# Reads everything again; None if nothing is left to do. Then it has shown its own message.
Look = Callable[[], Order | None]


def spend(look: Look, *, agreed: Offer | None = None, place: str = "") -> None:
    """Look what a click would buy now, then order it or ask a person first.

    A person agrees only to the offer that they saw. So `look` is called again after the answer, and
    if there is more to buy now, or at a higher price, the question is asked again.

    agreed: the offer that a person has agreed to. place: of an error, as in `messages.say`.
    """
    try:
        order = look()
        if order is None:
            return
        if not services().orders.must_be_asked(order.offer, agreed):
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
            agree=partial(spend, look, agreed=order.offer, place=place),
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
    """The order for one clip. words: returns what it is for, given the text."""
    wanted = services().orders.plan(request)
    return order_of([wanted], words(wanted.text))


def order_of(
    plans: Sequence[Plan],
    words: str,
    *,
    kind: Kind = "clip",
    titles: Sequence[str] = (),
    then: Callable[[list[Clip]], None] = lambda _: None,
) -> Order:
    """The order for a clip of each plan, all or none. then: called with the clips when begun."""

    def begin() -> None:
        then(services().orders.place(plans, visitor=session.visitor(), kind=kind, titles=titles))

    return Order(offer=services().orders.offer(plans), words=words, begin=begin)


def new_take(clip: Clip) -> None:
    """Order another take of the same words."""
    going.go_to("studio")
    try:
        request = services().orders.another_take(clip, visitor=session.visitor())
    except SpeechError as error:
        messages.say(error)
        return
    if request:
        words = f"take {request.take} of “{clip.title}”"
        spend(partial(clip_of, request, lambda _: words))


def with_other(clips: Sequence[Clip], model: str) -> None:
    """Order failed clips' texts with another model in their place. The form stays as it is."""
    messages.clear()
    spend(partial(_with_other, clips, model))


def _with_other(clips: Sequence[Clip], model: str) -> Order:
    library = services().library
    return order_of(
        services().orders.plans([_request_of(clip, model) for clip in clips]),
        f"{_named(clips)} with another voice",
        then=lambda _: library.clips.delete([clip.id for clip in clips]),
    )


def _request_of(clip: Clip, model: str) -> Request:
    """What the clip says, in its own voice if the model has it."""
    library, voices = services().library, services().catalogue.voices(model)
    has_voice = clip.voice in [each.id for each in voices]
    return Request(
        script=library.clips.script(clip.id),
        model=model,
        voice=clip.voice if has_voice else session.default_voice(model),
        format=clip.format,
        wording=library.lexicon.entries(),
    )


def _named(clips: Sequence[Clip]) -> str:
    return f"“{clips[0].title}”" if len(clips) == 1 else money.count(len(clips), "clip")


def price_of(clips: Sequence[Clip], model: str) -> str:
    """What their texts would cost with this model, in words."""
    characters = sum(clip.characters for clip in clips)
    return money.price_before(services().orders.price_of(characters, model))


def again(clips: Sequence[Clip], *, given_up: Collection[str] = ()) -> None:
    """Make failed clips again, with one question for the price of all.

    Their recorded parts are free. given_up: ids of charges that are paid again, as in
    `lib.orders.rest.Rest`.
    """
    messages.clear()
    spend(partial(_rest_of, clips, given_up))


def _rest_of(clips: Sequence[Clip], given_up: Collection[str]) -> Order | None:
    found = (services().orders.rest_now(clip, given_up) for clip in clips)
    rests = [rest for rest in found if rest]
    if not rests:
        return None

    def begin() -> None:
        for rest in rests:
            services().orders.again(rest, visitor=session.visitor())

    return Order(
        offer=Offer.together([rest.offer for rest in rests]),
        words=f"the rest of {_named([rest.clip for rest in rests])}",
        begin=begin,
    )
