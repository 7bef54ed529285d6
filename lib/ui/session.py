"""The current visitor: browser, key and defaults."""

import secrets
import threading
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

import streamlit as st

from lib.engines import OFFLINE
from lib.library.clip import Clip, Intent, Kind
from lib.library.entry import Entry
from lib.library.listing import Wanted
from lib.orders import plan as planning
from lib.orders.offer import Offer
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.script import title_of
from lib.speech import Utterance
from lib.ui.services import services
from lib.web.browsers import browser_of

OWNER = "local"  # until there are logins

_submitting = threading.Lock()  # two clicks of one person run in two threads


def browser() -> str:
    """The random id of this browser; a visitor without cookies gets one for the session."""
    known = browser_of(st.context.cookies)
    return known or str(st.session_state.setdefault("_browser", secrets.token_urlsafe(16)))


def visitor() -> str:
    """The id that clicks are counted by: the browser's, or the network address without cookies.

    Without cookies every connection looks like another browser, so no limit would apply.
    """
    place = st.context.ip_address  # None for this machine itself
    nameless = f"at {place}" if isinstance(place, str) else "here"
    return browser_of(st.context.cookies) or nameless


def key() -> str | None:
    """The key for this browser: its own if it has one, else the installation's."""
    return services().keys.get(browser()) or services().settings.key


def confirm_above_usd() -> Decimal:
    """A click that costs more than this asks once more."""
    chosen = services().library.preferences.get().confirm_above_usd
    return Decimal(str(services().settings.confirm_above_usd if chosen is None else chosen))


def has_clips() -> bool:
    """Whether this browser has made any clip yet."""
    wanted = Wanted(owner=OWNER, browser=browser(), rows=1)
    return bool(services().library.listing.page(wanted).clips)


def default_model() -> str:
    """The preferred model, where there is a key for it; else the offline voice."""
    if key() is None:
        return OFFLINE
    wanted = services().library.preferences.get().model
    models = [model.id for model in services().catalogue.models]
    return wanted if wanted in models else models[0]


def default_voice(model: str) -> str:
    voices = [voice.id for voice in services().catalogue.voices(model)]
    wanted = services().library.preferences.get().voice
    return wanted if wanted in voices else services().catalogue.default_voice(model)


def plan(request: Request) -> Plan:
    """What the request comes to. Raises InvalidRequestError, with the sentence for the screen."""
    the = services()
    return planning.plan(
        request,
        library=the.library,
        settings=the.settings,
        usd_per_million=the.prices.usd_per_million(request.model),
    )


def plans(requests: Sequence[Request]) -> list[Plan]:
    """As `plan` for each, at once."""
    the = services()
    models = {request.model for request in requests}
    return planning.plans(
        requests,
        library=the.library,
        settings=the.settings,
        usd_per_million={model: the.prices.usd_per_million(model) for model in models},
    )


def offer(said: Iterable[Utterance]) -> Offer:
    """What buying these would come to, at the prices of now."""
    prices = services().prices
    return Offer.of(said, prices.usd_per_million, prices.dearest_usd_per_million())


def count_order() -> None:
    """One more order of this visitor, before anything is begun. Raises TooManyOrdersError."""
    jobs = services().jobs.of(browser())
    in_the_making = sum(job.batch is None for job in jobs)
    services().rate.count(visitor(), in_the_making=in_the_making)


def submit(wanted: Plan, *, kind: Kind = "clip", title: str | None = None) -> Clip:
    """Hand the plan over to be made; the second half of a double click gets the first's clip.

    Raises: KeyMissingError, InvalidRequestError for a voice no longer offered,
        TooManyOrdersError, StorageError.
    """
    (clip,) = submit_all([wanted], kind=kind, titles=[title] if title else None)
    return clip


def submit_all(
    wanted: Sequence[Plan], *, kind: Kind = "clip", titles: Sequence[str] | None = None
) -> list[Clip]:
    """As `submit` for each, all or none: nothing starts if one of them cannot be made."""
    the = services()
    for each in wanted:
        the.catalogue.check(each.request.model, each.request.voice)
    # One engine each: cancelling a clip stops its engine.
    engines = [the.engines.speaker(each.request.model, key()) for each in wanted]
    with _submitting:
        clips = _begun(wanted, kind, titles or [title_of(each.text) for each in wanted])
        for clip, engine, each in zip(clips, engines, wanted, strict=True):
            new = {utterance.key for utterance in each.new}
            the.jobs.submit(
                clip,
                engine,
                estimates_usd=estimates(each.new, each.request.model),
                parts=each.pieces,
                known={part.utterance.key for part in each.pieces} - new,
            )
    return clips


def _begun(wanted: Sequence[Plan], kind: Kind, titles: Sequence[str]) -> list[Clip]:
    """The clips that are to be made, or their twins of a moment ago."""
    the = services()
    twins = [the.jobs.twin(browser(), each.fingerprint, each.request.take, kind) for each in wanted]
    intents = [
        Intent(
            pieces=each.pieces,
            script=each.text,
            title=title,
            owner=OWNER,
            browser=browser(),
            kind=kind,
        )
        for each, twin, title in zip(wanted, twins, titles, strict=True)
        if twin is None
    ]
    if intents:
        count_order()
    begun = iter(the.library.clips.begin_all(intents))
    return [twin.clip if twin else next(begun) for twin in twins]


def resubmit(clip: Clip, missing: Sequence[Utterance], given_up: Collection[str] = ()) -> None:
    """Make a clip that was not made: get what is `missing`, and nothing else.

    given_up: ids of charges, unclear or without their sound, that the person accepts to pay again:
        those of the card they saw, not what was bought for the same words since.
    Raises as `submit`.
    """
    the = services()
    the.catalogue.check(clip.model, clip.voice)
    engine = the.engines.speaker(clip.model, key())
    with _submitting:
        if (job := the.jobs.get(clip.id)) and job.active:
            return  # the button was pressed twice, and what it bought is on its way
        parts = the.library.clips.parts(clip)
        said = {part.utterance.key for part in parts}
        count_order()
        if given_up:
            the.library.ledger.write_off(given_up)
        the.jobs.submit(
            clip,
            engine,
            estimates_usd=estimates(missing, clip.model),
            parts=parts,
            known=said - {utterance.key for utterance in missing},
        )


def price_of(characters: int, model: str) -> Decimal | None:
    """Dollars for so many characters, None where the price is not known."""
    usd_per_million = services().prices.usd_per_million(model)
    return None if usd_per_million is None else characters * usd_per_million / planning.MILLION


def missing_of(clip: Clip) -> list[Utterance]:
    """The parts of this clip that are not recorded, each once."""
    the = services()
    said = {part.utterance.key: part.utterance for part in the.library.clips.parts(clip)}
    known = the.library.recordings.known(list(said))
    return [utterance for key, utterance in said.items() if key not in known]


def unclear(clip: Clip) -> list[Entry]:
    """Charges for this clip's words, perhaps made for another clip, of which nobody knows."""
    return _for_words_of(clip, services().library.ledger.unclear())


def owed(clip: Clip) -> list[Entry]:
    """As `unclear`, those that are paid for and whose sound has not come."""
    return _for_words_of(clip, services().library.ledger.owed())


def _for_words_of(clip: Clip, entries: Sequence[Entry]) -> list[Entry]:
    if not entries:
        return []
    said = {part.utterance.key for part in services().library.clips.parts(clip)}
    return [entry for entry in entries if entry.key in said]


def rest_offer(missing: Sequence[Utterance], given_up: Collection[str] = ()) -> Offer:
    """What of the missing parts would have to be bought: those that are not paid for yet.

    given_up: as in `resubmit`.
    """
    owed = services().library.ledger.owed()
    paid = {entry.key for entry in owed if entry.id not in given_up}
    return offer(each for each in missing if each.key not in paid)


def rest_usd(clip: Clip, given_up: Collection[str] = ()) -> Decimal | None:
    return rest_offer(missing_of(clip), given_up).usd


def estimates(said: Sequence[Utterance], model: str) -> dict[str, Decimal | None]:
    usd_per_million = services().prices.usd_per_million(model)
    return {each.key: planning.price([each], usd_per_million) for each in said}
