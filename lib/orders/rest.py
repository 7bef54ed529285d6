"""What is left to make of a clip that was not made, or of a script that is paused."""

from dataclasses import dataclass

from lib.library.clip import Clip
from lib.orders.offer import Offer
from lib.speech import Utterance


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """missing: parts that are not recorded, each once.

    given_up: ids of charges, unclear or without their sound, that a person accepts to pay again:
        those they saw, and none made since.
    offer: what of the missing parts would be bought; what is paid for is only fetched.
    """

    clip: Clip
    missing: tuple[Utterance, ...]
    given_up: frozenset[str]
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRest:
    """offer: what is left to buy, at the prices of now. agreed: the same as it was agreed to."""

    offer: Offer
    agreed: Offer
