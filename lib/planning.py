"""What a request comes to before anything is bought: its pieces, its length, its price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lib import script
from lib.library import Library
from lib.library.clip import Part, fingerprint
from lib.settings import Settings
from lib.speech import Format, Utterance

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody wants said: the script as typed, by one voice, in one format."""

    script: str
    model: str
    voice: str
    format: Format
    take: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a request comes to, before anything is bought.

    text: what is kept and said, cleaned. removed: what was taken out of it, in sentences.
    new: utterances not recorded yet, each once. usd: their price; None where it is not known.
    length_s: a guess, for the whole, reused parts included.
    """

    request: Request
    text: str
    removed: tuple[str, ...]
    pieces: tuple[Part, ...]
    new: tuple[Utterance, ...]
    length_s: float
    usd: Decimal | None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text, self.request.model, self.request.voice, self.request.format)


def plan(
    request: Request,
    *,
    library: Library,
    settings: Settings,
    usd_per_million: Decimal | None,
) -> Plan:
    """Raises InvalidRequestError for text that cannot be said. Spends and stores nothing."""
    (made,) = plans(
        [request],
        library=library,
        settings=settings,
        usd_per_million={request.model: usd_per_million},
    )
    return made


def plans(
    requests: Sequence[Request],
    *,
    library: Library,
    settings: Settings,
    usd_per_million: Mapping[str, Decimal | None],
) -> list[Plan]:
    """As `plan` for each, with one question to the library. usd_per_million: by model."""
    split = [_pieces(request, settings) for request in requests]
    keys = {part.utterance.key for _, pieces in split for part in pieces}
    known = library.recordings.known(list(keys))
    made = []
    for request, (cleaned, pieces) in zip(requests, split, strict=True):
        unique = {part.utterance.key: part.utterance for part in pieces}
        new = tuple(utterance for key, utterance in unique.items() if key not in known)
        made.append(
            Plan(
                request=request,
                text=cleaned.text,
                removed=cleaned.removed,
                pieces=pieces,
                new=new,
                length_s=script.expected_length_s(cleaned.text),
                usd=price(new, usd_per_million.get(request.model)),
            )
        )
    return made


def price(utterances: Sequence[Utterance], usd_per_million: Decimal | None) -> Decimal | None:
    """Dollars for these utterances; nothing is free of charge only where nothing is said."""
    if not utterances:
        return Decimal(0)
    if usd_per_million is None:
        return None
    return sum(len(utterance.text) for utterance in utterances) * usd_per_million / MILLION


@lru_cache(maxsize=64)  # the page asks again at every touch: all voices of an audition
def _pieces(request: Request, settings: Settings) -> tuple[script.Cleaned, tuple[Part, ...]]:
    cleaned, pieces = _split(request.script, settings)
    return cleaned, tuple(
        Part(
            utterance=Utterance(
                model=request.model,
                voice=request.voice,
                text=piece.text,
                format=request.format,
                take=request.take,
            ),
            gap_after_s=piece.gap_after_s,
        )
        for piece in pieces
    )


@lru_cache(maxsize=16)  # a long script takes a while, and is the same for every voice
def _split(text: str, settings: Settings) -> tuple[script.Cleaned, tuple[script.Piece, ...]]:
    cleaned = script.checked(text, settings.text_max_chars)
    pieces = script.split(
        cleaned.text, max_chars=settings.piece_max_chars, max_weight=settings.piece_max_weight
    )
    return cleaned, tuple(pieces)
