"""A listening test, its voices and ballots, and the order of voices for each listener."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from lib.library.until import Until

Ratings = Mapping[int, Mapping[str, int]]  # position of the voice -> question -> stars, 1 to 5
ROUNDS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningTest(Until):
    """token: the secret in the link. revealed: whether its owner has seen the names."""

    id: int
    token: str
    owner: str
    audition_id: int
    title: str
    script: str
    questions: tuple[str, ...]
    passcode: str | None
    revealed: bool
    made_at_s: float

    def admits(self, passcode: str) -> bool:
        if self.passcode is None:
            return True
        salt = self.passcode.partition(":")[0]
        return hmac.compare_digest(hashed(passcode, salt), self.passcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One voice of a test. file: a copy without name and tags."""

    position: int
    model: str
    voice: str
    file: str
    length_s: float
    peaks: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """came_from: equal for ballots from one network address; None if unknown."""

    listener: str
    ratings: dict[int, dict[str, int]]
    comment: str
    changed_at_s: float
    came_from: str | None


def order_for(test: ListeningTest, listener: str, voices: int) -> list[int]:
    """Which voice this listener hears as A, B, C…: random, but the same at every visit.

    Returns positions of voices; the first is A.
    """

    def rank(position: int) -> bytes:
        words = json.dumps([listener, position]).encode()
        return hmac.new(test.token.encode(), words, hashlib.sha256).digest()

    return sorted(range(voices), key=rank)


def hashed(passcode: str, salt: str) -> str:
    """The hash to store; blanks and case of the passcode do not matter."""
    words = " ".join(passcode.split()).casefold().encode()
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', words, salt.encode(), ROUNDS).hex()}"
