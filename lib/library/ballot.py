"""What a listening test is: its voices, its ballots, and who hears which voice as A."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

Ratings = Mapping[int, Mapping[str, int]]  # position of the voice -> question -> stars, 1 to 5
ROUNDS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningTest:
    """token: what the link carries. revealed: whether its owner has seen the names."""

    id: int
    token: str
    owner: str
    audition_id: int
    title: str
    script: str
    questions: tuple[str, ...]
    passcode: str | None
    ends_at_s: float | None
    closed_at_s: float | None
    revealed: bool
    made_at_s: float

    @property
    def open(self) -> bool:
        return self.closed_at_s is None and not self.expired

    @property
    def expired(self) -> bool:
        return self.ends_at_s is not None and time.time() >= self.ends_at_s

    def admits(self, passcode: str) -> bool:
        if self.passcode is None:
            return True
        salt = self.passcode.partition(":")[0]
        return hmac.compare_digest(hashed(passcode, salt), self.passcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One voice of a test. file: a copy whose name and tags tell nothing."""

    position: int
    model: str
    voice: str
    file: str
    length_s: float
    peaks: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """came_from: equal for ballots from one network address; None where that is not known."""

    listener: str
    ratings: dict[int, dict[str, int]]
    comment: str
    changed_at_s: float
    came_from: str | None


def order_for(test: ListeningTest, listener: str, voices: int) -> list[int]:
    """Which voice this listener hears as A, B, C…: shuffled anew for each, and the same again.

    Returns positions; the first is A's.
    """

    def rank(position: int) -> bytes:
        words = json.dumps([listener, position]).encode()
        return hmac.new(test.token.encode(), words, hashlib.sha256).digest()

    return sorted(range(voices), key=rank)


def hashed(passcode: str, salt: str) -> str:
    """As it is stored; blanks and case do not matter."""
    words = " ".join(passcode.split()).casefold().encode()
    return f"{salt}:{hashlib.pbkdf2_hmac('sha256', words, salt.encode(), ROUNDS).hex()}"
