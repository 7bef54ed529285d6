"""A request as it arrived."""

import json
from dataclasses import dataclass
from email.message import Message
from typing import Any


@dataclass(frozen=True)
class Seen:
    """at: monotonic seconds, when it had arrived whole."""

    method: str
    path: str
    headers: Message
    body: bytes
    at: float

    @property
    def json(self) -> Any:
        return json.loads(self.body)
