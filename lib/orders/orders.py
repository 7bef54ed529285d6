"""The one gate to money: what is asked becomes a plan with its price, then clips and jobs."""

import threading
from collections.abc import Callable, Sequence

from lib import studio
from lib.catalogue import Catalogue
from lib.engines import OFFLINE, Engines
from lib.jobs import DOUBLE_CLICK_S, Batch, Jobs
from lib.library import Library
from lib.library.clip import Clip, Intent, Kind
from lib.orders import scripts
from lib.orders.charges import Charges
from lib.orders.offer import Offer
from lib.orders.parts import Request
from lib.orders.plan import Plan
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
    """Made once in the services; whoever asks hands over a `Visitor`. Safe in many threads.

    Where a method places something, all of it is begun or nothing. The second half of a double
    click finds what the first has begun, and buys nothing.
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
        """Begin a clip of each plan, and return them in their order; all or none.

        The second half of a double click gets the clips of the first. titles: else the first words.
        Raises: KeyMissingError, InvalidRequestError for a voice no longer offered,
            TooManyOrdersError, StorageError.
        """
        for each in plans:
            self._catalogue.check(each.request.model, each.request.voice)
        # One engine each: cancelling a clip stops its engine.
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
        """The clips that are to be made, or their twins of a moment ago."""
        twins = [
            self._jobs.twin(visitor.browser, each.fingerprint, each.request.take, kind)
            for each in plans
        ]
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

    def another_take(self, clip: Clip, *, visitor: Visitor) -> Request | None:
        """The same words once more; None where a double click asked for them a moment ago.

        Raises InvalidRequestError where they have been said too often.
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
        """Record what a built-in voice says, in the calling thread, which takes a moment.

        Raises SpeechError where the voice cannot speak here.
        """
        engine = self._engines.speaker(OFFLINE, None)
        studio.record(said, engine=engine, library=self._library, owner=owner, may_spend=False)

    # ---- A clip that was not made ----

    def again(self, rest: Rest, *, visitor: Visitor) -> None:
        """Make a clip that was not made: get what is missing, and nothing else.

        Raises as `place`.
        """
        clip = rest.clip
        self._catalogue.check(clip.model, clip.voice)
        engine = self._engines.speaker(clip.model, visitor.key)
        with self._placing:
            if (job := self._jobs.get(clip.id)) and job.active:
                return  # the button was pressed twice, and what it bought is on its way
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
        """Begin the clips of these units, all or none; returns how many there are.

        0 where another click has begun all of them already. Raises as `place`.
        """
        for voice in {said.voice for each in wanted for said in each.plan.new}:
            self._catalogue.check(model, voice)
        self._engines.speaker(model, visitor.key)  # says now that there is no key
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
        """What is left of a script at work; None where nothing of it is at work."""
        batch = self._jobs.batch(script_id)
        if batch is None:
            return None
        left = batch.left
        agreed = {said.key: batch.estimates_usd.get(said.key) for said in left}
        return ScriptRest(offer=self._offer_of(left), agreed=Offer.priced(agreed))

    def go_on(self, script_id: int, *, visitor: Visitor) -> None:
        """Go on with a script that is paused, with the visitor's key of now.

        The key it began with may be why it was paused. Raises KeyMissingError.
        """
        self._jobs.go_on(script_id, self._speakers(visitor))

    # ---- What these stand on ----

    def _count(self, visitor: Visitor) -> None:
        """One more order of this visitor. Raises TooManyOrdersError."""
        jobs = self._jobs.of(visitor.browser)
        in_the_making = sum(job.batch is None for job in jobs)
        self._rate.count(visitor.counted_as, in_the_making=in_the_making)

    def _speakers(self, visitor: Visitor) -> Callable[[str], Engine]:
        return lambda model: self._engines.speaker(model, visitor.key)


def _recorded(plans: Sequence[Plan]) -> set[str]:
    """The keys of all that these plans reuse."""
    new = {said.key for plan in plans for said in plan.new}
    return {part.utterance.key for plan in plans for part in plan.pieces} - new
