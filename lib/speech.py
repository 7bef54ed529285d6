"""Value objects that pages, engines and the library pass to each other."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol, get_args

from lib.errors import InvalidRequestError

Format = Literal["mp3", "wav"]
FORMATS: tuple[Format, ...] = get_args(Format)

NAME_MAX_CHARS = 200  # of a model or a voice; the longest known has 22
TAKE_MAX = 1_000

MEDIA_TYPES: dict[Format, str] = {"mp3": "audio/mpeg", "wav": "audio/wav"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One text, spoken once by one voice: the smallest unit that is paid for.

    text: the words to send; outer blanks are removed; never empty.
    voice, model: catalogue ids such as "Timothy" and "inworld/tts-1-max", never screen labels.
    take: 1 for the first; a higher number asks for the same words to be spoken again.
    key: a hash that is equal for equal requests; "u1" is the version of its recipe.
    """

    model: str
    voice: str
    text: str
    format: Format = "mp3"
    take: int = 1
    key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_manner(self.model, self.voice, self.format, self.take)
        object.__setattr__(self, "text", self.text.strip())
        if not self.text:
            raise InvalidRequestError("There is nothing to say yet.")
        asked = {name: getattr(self, name) for name in ("format", "model", "take", "text", "voice")}
        canonical = json.dumps(asked, ensure_ascii=False)
        key = (
            "u1-"
            + hashlib.blake2b(
                canonical.encode("utf-8", "surrogatepass"), digest_size=16
            ).hexdigest()
        )
        object.__setattr__(self, "key", key)


def check_manner(model: object, voice: object, format: object, take: object) -> None:
    """Check how a text is to be spoken; a browser can send any values.

    Raises InvalidRequestError for values that no widget offers. It does not check whether a model
    or voice exists: the catalogue does.
    """
    if format not in FORMATS:
        raise InvalidRequestError(
            "There is no such format.", hint="Choose MP3 or WAV, then try again."
        )
    for name, value in (("model", model), ("voice", voice)):
        if not isinstance(value, str) or len(value) > NAME_MAX_CHARS:
            raise InvalidRequestError(
                f"There is no such {name}.", hint=f"Choose another {name}, then try again."
            )
    if type(take) is not int or not 1 <= take <= TAKE_MAX:
        raise InvalidRequestError(
            "There is no such take.", hint=f"Takes are numbered from 1 to {TAKE_MAX:,}."
        )


ChargeSource = Literal["usage", "header", "credits", "logs", "free", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """The cost of one call and the source of that figure. Each figure may be unknown (None)."""

    usd: Decimal | None = None
    credits: int | None = None
    source: ChargeSource = "unknown"


FREE = Charge(usd=Decimal(0), credits=0, source="free")
UNKNOWN_CHARGE = Charge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """One complete sound file: its bytes, its media type such as "audio/wav", and its cost.

    reference: the vendor's id of the call; None for the offline voice.
    """

    data: bytes
    media_type: str
    charge: Charge = FREE
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a paid call, before a download: an address, or the sound itself."""

    charge: Charge
    address: str | None = None
    sound: bytes | None = None
    reference: str | None = None


OnPaid = Callable[[Answer], None]
OnBusy = Callable[[bool], None]  # True: the service is busy and is tried again soon; then False


def unheard(_: object) -> None:
    """Where nobody wants to be told."""


class Engine(Protocol):
    """Anything that can speak: the online service or the offline voice."""

    @property
    def free(self) -> bool:
        """True if calls never cost anything, so that no ledger row is needed."""

    def synthesize(
        self,
        utterance: Utterance,
        *,
        client_id: str | None = None,
        on_paid: OnPaid | None = None,
        on_busy: OnBusy = unheard,
    ) -> Audio:
        """The complete sound of one utterance. Raises SpeechError."""

    def fetch(self, address: str) -> Audio:
        """The sound of an answer that was paid for before, without further cost."""

    def stop(self) -> None:
        """End all waits and send nothing more; calls that were sent are completed."""
