"""The only class through which pages spend money: plan and price an order, then place it."""

import threading
from collections.abc import Callable, Sequence

from lib import studio
from lib.catalogue import Catalogue
from lib.engines import OFFLINE, Engines
from lib.jobs import DOUBLE_CLICK_S, Batch, Job, Jobs
from lib.library import Library
from lib.library.clip import Clip, Intent, Kind
from lib.orders import again, scripts
from lib.orders.charges import Charges
from lib.orders.offer import Offer
from lib.orders.parts import Request
from lib.orders.plan import Plan, heard
from lib.orders.planner import Planner
from lib.orders.prices import Prices
from lib.orders.rate import Rate
from lib.orders.rest import Rest, ScriptRest
from lib.orders.scripts import UnitOrder
from lib.orders.visitor import Visitor
from lib.script import title_of
from lib.settings import Settings
from lib.speech import Engine, Utterance


class Orders(Planner):
    """One object in the services; each caller passes a `Visitor`. Thread-safe.

    A method that places an order starts all of it or nothing. The second click of a double click
    finds what the first has started, and buys nothing.
    """

    def __init__(
        self,
        *,
        library: Library,
        catalogue: Catalogue,
        engines: Engines,
        jobs: Jobs,
        prices: Prices,
        rate: Rate,
        settings: Settings,
    ) -> None:
        super().__init__(library=library, prices=prices, settings=settings)
        self.charges = Charges(library, engines)
        self._catalogue = catalogue
        self._engines = engines
        self._jobs = jobs
        self._rate = rate
        self._placing = threading.Lock()  # two clicks of one person run in two threads

    # ---- Clips ----

    def place(
        self,
        plans: Sequence[Plan],
        *,
        visitor: Visitor,
        kind: Kind = "clip",
        titles: Sequence[str] = (),
    ) -> list[Clip]:
        """Start a clip for each plan, all or none; returns the clips in order.

        The second click of a double click gets the clips of the first. titles: default is the
        first words. Raises KeyMissingError, InvalidRequestError for a voice that is no longer
        offered, TooManyOrdersError and StorageError.
        """
        for each in plans:
            self._catalogue.check(each.request.model, each.request.voice)
        # One engine for each clip: cancelling a clip stops its engine.
        engines = [self._engines.speaker(each.request.model, visitor.key) for each in plans]
        with self._placing:
            clips = self._begun(plans, visitor, kind, titles or [title_of(p.text) for p in plans])
            for clip, engine, each in zip(clips, engines, plans, strict=True):
                self._jobs.submit(
                    clip,
                    engine,
                    estimates_usd=self._estimates(each.new),
                    parts=each.pieces,
                    known=_recorded([each]),
                )
        return clips

    def _begun(
        self, plans: Sequence[Plan], visitor: Visitor, kind: Kind, titles: Sequence[str]
    ) -> list[Clip]:
        """The new clips, or the same clips that a first click started a moment ago."""
        twins = [self._twin(each, visitor, kind) for each in plans]
        intents = [
            Intent(
                pieces=each.pieces,
                script=each.text,
                title=title,
                owner=visitor.owner,
                browser=visitor.browser,
                kind=kind,
            )
            for each, twin, title in zip(plans, twins, titles, strict=True)
            if twin is None
        ]
        if intents:
            self._count(visitor)
        begun = iter(self._library.clips.begin_all(intents))
        return [twin.clip if twin else next(begun) for twin in twins]

    def _twin(self, plan: Plan, visitor: Visitor, kind: Kind) -> Job | None:
        """The job of a first click on the same, unless the words are said otherwise since."""
        twin = self._jobs.twin(visitor.browser, plan.fingerprint, plan.request.take, kind)
        return twin if twin and heard(twin.parts) == heard(plan.pieces) else None

    def made_before(self, plan: Plan, *, visitor: Visitor) -> Clip | None:
        """The finished clip that this visitor has of this sound; None if it is to be made."""
        return again.found(plan, library=self._library, browser=visitor.browser)

    def another_take(self, clip: Clip, *, visitor: Visitor) -> Request | None:
        """The request for another take of a clip; None for the second click of a double click.

        Raises InvalidRequestError if the words have too many takes.
        """
        script = self._library.clips.script(clip.id)
        take = self._library.clips.next_take(script, clip.model, clip.voice, clip.format)
        last = self._jobs.twin(visitor.browser, clip.fingerprint, take - 1)
        if last and last.clip.take > clip.take and last.age_s < DOUBLE_CLICK_S:
            return None
        return Request(
            script=script,
            model=clip.model,
            voice=clip.voice,
            format=clip.format,
            take=take,
            wording=self._library.lexicon.entries(),
        )

    def record_free(self, said: Utterance, *, owner: str) -> None:
        """Record an utterance of an offline voice in the calling thread, which waits for it.

        Raises SpeechError if the voice cannot speak here.
        """
        engine = self._engines.speaker(OFFLINE, None)
        studio.record(said, engine=engine, library=self._library, owner=owner, may_spend=False)

    # ---- A clip that was not made ----

    def again(self, rest: Rest, *, visitor: Visitor) -> None:
        """Make a failed clip again: only its missing parts are fetched or bought.

        Raises the same errors as `place`.
        """
        clip = rest.clip
        self._catalogue.check(clip.model, clip.voice)
        engine = self._engines.speaker(clip.model, visitor.key)
        with self._placing:
            if (job := self._jobs.get(clip.id)) and job.active:
                return  # the button was pressed twice, and the first click does the work
            parts = self._library.clips.parts(clip)
            said = {part.utterance.key for part in parts}
            self._count(visitor)
            if rest.given_up:
                self._library.ledger.write_off(rest.given_up)
            self._jobs.submit(
                clip,
                engine,
                estimates_usd=self._estimates(rest.missing),
                parts=parts,
                known=said - {each.key for each in rest.missing},
            )

    # ---- Clips of a script ----

    def place_script(
        self, script_id: int, model: str, wanted: Sequence[UnitOrder], *, visitor: Visitor
    ) -> int:
        """Start the clips of these units, all or none; returns how many.

        0 if another click has started all of them. Raises the same errors as `place`.
        """
        for voice in {said.voice for each in wanted for said in each.plan.new}:
            self._catalogue.check(model, voice)
        self._engines.speaker(model, visitor.key)  # raises at once if there is no key
        with self._placing:
            wanted = scripts.still_wanted(script_id, wanted, self._library)
            if not wanted:
                return 0
            self._count(visitor)
            plans = [each.plan for each in wanted]
            batch = Batch(
                id=script_id,
                browser=visitor.browser,
                engine=self._speakers(visitor),
                estimates_usd=self._estimates([said for plan in plans for said in plan.new]),
                known=_recorded(plans),
            )
            batch.add(scripts.begin(script_id, wanted, visitor=visitor, library=self._library))
            self._jobs.run(batch)
        return len(wanted)

    def script_rest(self, script_id: int) -> ScriptRest | None:
        """The rest of a script that is being recorded; None if none of it is."""
        batch = self._jobs.batch(script_id)
        if batch is None:
            return None
        left = batch.left
        agreed = {said.key: batch.estimates_usd.get(said.key) for said in left}
        return ScriptRest(offer=self._offer_of(left), agreed=Offer.priced(agreed))

    def go_on(self, script_id: int, *, visitor: Visitor) -> None:
        """Resume a paused script with the visitor's current key.

        The old key may be the reason for the pause. Raises KeyMissingError.
        """
        self._jobs.go_on(script_id, self._speakers(visitor))

    # ---- Helpers ----

    def _count(self, visitor: Visitor) -> None:
        """Count an order of this visitor. Raises TooManyOrdersError."""
        jobs = self._jobs.of(visitor.browser)
        in_the_making = sum(job.batch is None for job in jobs)
        self._rate.count(visitor.counted_as, in_the_making=in_the_making)

    def _speakers(self, visitor: Visitor) -> Callable[[str], Engine]:
        return lambda model: self._engines.speaker(model, visitor.key)


def _recorded(plans: Sequence[Plan]) -> set[str]:
    """The keys of the recordings that these plans reuse."""
    new = {said.key for plan in plans for said in plan.new}
    return {part.utterance.key for plan in plans for part in plan.pieces} - new
