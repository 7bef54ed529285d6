"""The plan of a request before anything is bought: its parts, length and price."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from lib import script
from lib.errors import SpeechError
from lib.library import Library
from lib.library.clip import Part, fingerprint
from lib.orders.parts import Limits, Request, parts_of
from lib.speech import Utterance

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The parts, length and price of a request, before anything is bought.

    text: the cleaned text to store and speak. removed: sentences about what was removed from it.
    new: utterances that are not recorded yet, each once. usd: their price; None if unknown.
    length_s: an estimate for the whole clip, with reused parts.
    """

    request: Request
    text: str
    removed: tuple[str, ...]
    pieces: tuple[Part, ...]
    new: tuple[Utterance, ...]
    length_s: float
    usd: Decimal | None

    @property
    def first(self) -> Utterance:
        """The first utterance; a sample has only this one."""
        return self.pieces[0].utterance

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text, self.request.model, self.request.voice, self.request.format)

    @property
    def asked(self) -> str:
        """A key that is equal for equal sounds: the same recordings with the same silences."""
        canonical = json.dumps([self.request.format, *heard(self.pieces)])
        return "s1-" + hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def heard(parts: Iterable[Part]) -> list[tuple[object, ...]]:
    """Equal for parts that sound the same: the recordings, the silences, the times."""
    return [_heard(part) for part in parts]


def _heard(part: Part) -> tuple[object, ...]:
    """Without a time as it always was, so that the clips of before are found."""
    said = (part.utterance.key, part.gap_after_s)
    return said if part.at_s is None else (*said, part.at_s)


def attempts(
    requests: Sequence[Request],
    *,
    library: Library,
    limits: Limits,
    usd_per_million: Callable[[str], Decimal | None],
) -> list[Plan | SpeechError]:
    """The plan of each request, or the error of one that cannot be spoken.

    It makes one query to the library for all. It spends and stores nothing.
    usd_per_million: returns the price of a model.
    """
    split = [_attempt(request, limits) for request in requests]
    keys = {
        part.utterance.key
        for found in split
        if not isinstance(found, SpeechError)
        for part in found[1]
    }
    known = library.recordings.known(list(keys))
    prices = {model: usd_per_million(model) for model in {each.model for each in requests}}
    return [
        found
        if isinstance(found, SpeechError)
        else _plan(request, *found, known, prices[request.model])
        for request, found in zip(requests, split, strict=True)
    ]


def _attempt(
    request: Request, limits: Limits
) -> tuple[script.Cleaned, tuple[Part, ...]] | SpeechError:
    try:
        return parts_of(request, limits)
    except SpeechError as error:
        return error


def _plan(
    request: Request,
    cleaned: script.Cleaned,
    pieces: tuple[Part, ...],
    known: Set[str],
    usd_per_million: Decimal | None,
) -> Plan:
    unique = {part.utterance.key: part.utterance for part in pieces}
    new = tuple(utterance for key, utterance in unique.items() if key not in known)
    return Plan(
        request=request,
        text=cleaned.text,
        removed=cleaned.removed,
        pieces=pieces,
        new=new,
        length_s=script.expected_length_s(cleaned.text),
        usd=price(new, usd_per_million),
    )


def price(utterances: Iterable[Utterance], usd_per_million: Decimal | None) -> Decimal | None:
    """Dollars for these utterances: 0 if there are none, None if the price is unknown."""
    return price_of(sum(len(utterance.text) for utterance in utterances), usd_per_million)


def price_of(characters: int, usd_per_million: Decimal | None) -> Decimal | None:
    """Dollars for so many characters; None if their price is unknown."""
    if not characters:
        return Decimal(0)
    return None if usd_per_million is None else characters * usd_per_million / MILLION
