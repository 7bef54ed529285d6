"""The sample of each voice: recorded once, then free for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from lib import money
from lib.catalogue import Voice
from lib.errors import InvalidRequestError
from lib.library.clip import Clip
from lib.library.recordings import Recording
from lib.orders.parts import Request
from lib.orders.plan import Plan
from lib.ui import session
from lib.ui.services import services
from lib.ui.widgets import buying, messages, progress
from lib.ui.widgets.buying import Order
from lib.ui.widgets.sample import ask

PLACE = "voices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample of one voice, recorded or not.

    clip: this browser's attempt that is in progress or failed. of_own_words: says typed words.
    """

    voice: Voice
    plan: Plan
    recording: Recording | None
    clip: Clip | None
    of_own_words: bool

    @property
    def key(self) -> str:
        return self.plan.first.key

    @property
    def works(self) -> bool:
        return self.recording is None and self.clip is not None and progress.works(self.clip)

    @property
    def failed(self) -> bool:
        return self.recording is None and self.clip is not None and self.clip.state == "failed"

    @property
    def missing(self) -> bool:
        """Whether it can be bought: not recorded or in progress, and no earlier charge is open."""
        is_open = self.clip is not None and self.clip.is_open
        return self.recording is None and not self.works and not is_open


def of(model: str, voices: Sequence[Voice], words: str) -> list[Sample]:
    """The samples of these voices: they say the words, or without any their usual texts.

    Raises InvalidRequestError if the words cannot be said or are too long.
    """
    the, own = services(), bool(words.strip())
    plans = services().orders.plans(
        [
            Request(
                script=words if own else the.catalogue.sample_text(model, voice.id),
                model=model,
                voice=voice.id,
                format="mp3",
            )
            for voice in voices
        ]
    )
    if any(len(plan.pieces) > 1 for plan in plans):
        raise InvalidRequestError(
            "This is long for a first try. One or two sentences tell most about a voice; longer "
            "texts belong in Studio."
        )
    recorded = the.library.recordings.many([plan.first.key for plan in plans])
    newest_last = reversed(unfinished())
    attempts = {clip.fingerprint: clip for clip in newest_last}
    return [
        Sample(
            voice=voice,
            plan=plan,
            recording=recorded.get(plan.first.key),
            clip=attempts.get(plan.fingerprint),
            of_own_words=own,
        )
        for voice, plan in zip(voices, plans, strict=True)
    ]


def unfinished() -> list[Clip]:
    """This browser's samples that are in progress or failed, newest first."""
    return services().library.listing.unfinished(session.browser(), "sample")


def place_of(voice: Voice) -> str:
    """The place of messages about this voice: its own card."""
    return f"{PLACE}_{voice.id}"


def hear(voice: Voice) -> None:
    """Record the sample of this voice, and play it when it is ready."""
    messages.clear()
    what = f"{voice.label}, one sample"
    buying.spend(partial(_order, *_asked([voice]), what), place=place_of(voice))


def record_all(voices: Sequence[Voice]) -> None:
    """Record all missing samples of these voices."""
    messages.clear()
    buying.spend(partial(_order, *_asked(voices), ""))


def _asked(voices: Sequence[Voice]) -> tuple[str, Sequence[Voice], str]:
    """The page's model and words at the click. A button only knows those of the run before."""
    model = st.session_state["voices_model"]
    known = services().catalogue.voices(model)
    return model, [voice for voice in voices if voice in known], st.session_state["voices_line"]


def _order(model: str, voices: Sequence[Voice], words: str, what: str) -> Order | None:
    found = of(model, voices, words)
    if what and found:
        ask(PLACE, found[0].key)  # it plays when it is ready
    wanted = [sample for sample in found if sample.missing]
    if not wanted:
        return None
    return buying.order_of(
        [each.plan for each in wanted],
        what or f"{money.count(len(wanted), 'sample')} to record",
        kind="sample",
        titles=[_title(each) for each in wanted],
        then=partial(_follow, wanted),
    )


def _follow(samples: Sequence[Sample], clips: Sequence[Clip]) -> None:
    """clips: begun for these samples, in place of those that were tried before."""
    services().library.clips.delete([each.clip.id for each in samples if each.clip])
    if len(clips) > 1:
        progress.begin(PLACE, clips)


def _title(sample: Sample) -> str:
    label = sample.voice.label
    return f"Trying “{sample.plan.text}”" if sample.of_own_words else f"Sample of {label}"
