"""The rest of a failed clip, or of a paused script, that is still to be made."""

from dataclasses import dataclass

from lib.library.clip import Clip
from lib.orders.offer import Offer
from lib.speech import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """missing: parts that are not recorded, each once.

    given_up: ids of charges, unclear or without their sound, that a person agrees to pay again:
        only those that the person saw.
    offer: the missing parts that would be bought; paid ones are only fetched.
    """

    clip: Clip
    missing: tuple[Utterance, ...]
    given_up: frozenset[str]
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRest:
    """offer: the rest to buy, at current prices. agreed: the offer to which a person agreed."""

    offer: Offer
    agreed: Offer
