"""The values of a clip: its parts, its state, its finished sound."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.library.problem import Problem, may_be_charged
from lib.speech import FORMATS, Format, Utterance

# "sample": to hear a voice before it is chosen. "audition": one of several voices in Compare. Both
# are in the lists only after a person keeps them. "line": a clip of a script.
Kind = Literal["clip", "sample", "audition", "line"]
State = Literal["making", "ready", "failed", "cancelled", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One utterance of a clip, in order. start_s: known after the clip is joined.

    at_s: when it shall begin: silence comes before it, and it is late if the others took longer.
    shown: the typed text; None if it is equal to the spoken text.
    wording: (word, how it is said) of the lexicon's entries that changed the text.
    """

    utterance: Utterance
    gap_after_s: float = 0.0
    start_s: float | None = None
    shown: str | None = None
    wording: tuple[tuple[str, str], ...] = ()
    at_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A clip that shall be made: its parts in order, the typed text, and its owner.

    fingerprint: None for the default; for a clip of a script, the `asked` of its plan.
    script_id, unit: for a clip of a script: the script, and the row or chapter, or the whole.
    """

    pieces: Sequence[Part]
    script: str
    title: str
    owner: str
    browser: str
    fingerprint: str | None = None
    kind: Kind = "clip"
    script_id: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip without its text, which may be long: `Clips.script` reads it.

    problem: why it was not made; None for a clip that is ready or in work.
    voice, voices: the first, and all in the order in which they begin.
    usd: its cost: 0 if all recordings were reused, None if unknown; an estimate if not
        `usd_is_exact`.
    """

    id: int
    owner: str
    browser: str
    kind: Kind
    state: State
    process: str
    title: str
    excerpt: str
    model: str
    voice: str
    format: Format
    take: int
    characters: int
    fingerprint: str
    problem: Problem | None
    file: str | None
    media_type: str | None
    size_bytes: int | None
    length_s: float | None
    rate_hz: int | None
    peaks: bytes | None
    usd: Decimal | None
    usd_is_exact: bool | None
    star: bool
    note: str
    made_at_s: float
    deleted_at_s: float | None
    voices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Replace an invalid format, which older versions stored, so that pages can show it."""
        if self.format not in FORMATS:
            object.__setattr__(self, "format", FORMATS[0])

    @property
    def is_open(self) -> bool:
        """Whether it was not made and may have been charged: somebody must decide what to do."""
        return self.state == "failed" and may_be_charged(self.problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The finished file of a clip, and the start of each part in seconds."""

    file: str
    media_type: str
    size_bytes: int
    length_s: float
    rate_hz: int
    peaks: bytes
    starts_s: tuple[float, ...]


def fingerprint(script: str, model: str, voice: str, format: Format) -> str:
    """A hash that is equal for the same text, model, voice and format, with any take."""
    canonical = json.dumps([script, model, voice, format], ensure_ascii=False)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()
