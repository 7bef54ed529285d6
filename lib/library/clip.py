"""What a clip is: its parts, its state, its finished sound."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lib.library.problem import Problem
from lib.speech import FORMATS, Format, Utterance

# A sample is a voice heard before it is chosen, an audition's clip one of several voices side by
# side; neither is in the lists until somebody keeps it. A line is a clip of a script.
Kind = Literal["clip", "sample", "audition", "line"]
State = Literal["making", "ready", "failed", "cancelled", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One utterance of a clip, in its place. `start_s` is known once the clip is joined.

    shown: what was typed, None where just that is said.
    wording: (word, how it is said) of the lexicon's entries that made the difference.
    """

    utterance: Utterance
    gap_after_s: float = 0.0
    start_s: float | None = None
    shown: str | None = None
    wording: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A clip that is to be made: its parts in order, what was typed, and for whom.

    fingerprint: None for the usual one; of a script's clip the plan's `asked`.
    script_id, unit: of a clip of a script, and for which row, chapter or whole it is.
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
    """A clip without its script, which may be long: `Clips.script` fetches it.

    problem: why it was not made; None for one that is ready or at work.
    usd: what making it cost, 0 where all was reused, None where nobody knows; an estimate if
        not exact.
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

    def __post_init__(self) -> None:
        """A format that an older Soundcheck let in, and no service took, must not stop a page."""
        if self.format not in FORMATS:
            object.__setattr__(self, "format", FORMATS[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The finished file of a clip, and where in it each part starts, in seconds."""

    file: str
    media_type: str
    size_bytes: int
    length_s: float
    rate_hz: int
    peaks: bytes
    starts_s: tuple[float, ...]


def fingerprint(script: str, model: str, voice: str, format: Format) -> str:
    """Equal for the same script said by the same voice in the same format, whatever the take."""
    canonical = json.dumps([script, model, voice, format], ensure_ascii=False)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()
