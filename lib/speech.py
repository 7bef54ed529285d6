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
    """One text, said once by one voice: the smallest thing that is paid for.

    text: the words as sent, trimmed on the way in; never empty.
    voice, model: catalogue ids such as "Timothy" and "inworld/tts-1-max", never screen labels.
    take: 1 for the first; a higher number asks for the same words to be spoken anew.
    key: same sound asked for, same key; "u1" names the recipe that made it.
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
    """How something is to be said, wherever it comes from: a page can send anything.

    Raises InvalidRequestError for what no select offers. Which models and voices there are, the
    catalogue knows.
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
    """What one call cost, and who said so. Any figure may be unknown (None)."""

    usd: Decimal | None = None
    credits: int | None = None
    source: ChargeSource = "unknown"


FREE = Charge(usd=Decimal(0), credits=0, source="free")
UNKNOWN_CHARGE = Charge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """One complete sound file: its bytes, its media type such as "audio/wav", what it cost.

    reference: the vendor's id of the call that made it, None for the offline voice.
    """

    data: bytes
    media_type: str
    charge: Charge = FREE
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a charge, before its sound is fetched: an address or the sound itself."""

    charge: Charge
    address: str | None = None
    sound: bytes | None = None
    reference: str | None = None


OnPaid = Callable[[Answer], None]


class Engine(Protocol):
    """Anything that can speak: the online service or the offline voice."""

    @property
    def free(self) -> bool:
        """True where no call can ever cost anything, so that no ledger row is needed."""

    def synthesize(
        self,
        utterance: Utterance,
        *,
        client_id: str | None = None,
        on_paid: OnPaid | None = None,
    ) -> Audio:
        """The whole sound of one utterance, or a SpeechError."""

    def fetch(self, address: str) -> Audio:
        """The sound of an answer that was paid for before, at no further cost."""

    def stop(self) -> None:
        """Cut waits short and send nothing more; what is under way still ends well."""
