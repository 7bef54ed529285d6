"""The outcome of a charge, as a value that can be kept until the database can be written."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, Self

from lib.errors import SpeechError
from lib.library.written import INCOMING
from lib.speech import Answer, Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The new state of a ledger entry, and its other columns.

    sound: the sound of a paid answer that contained it, before it is in a file.
    """

    entry_id: str
    state: Literal["paid", "refused", "unknown"]
    columns: Mapping[str, Any] = field(default_factory=dict)
    sound: bytes | None = None

    @classmethod
    def paid(cls, entry_id: str, answer: Answer) -> Self:
        columns = {"reference": answer.reference, **cost(answer.charge)}
        if answer.address is None:
            columns["address"] = aside(entry_id)
            return cls(entry_id=entry_id, state="paid", columns=columns, sound=answer.sound or b"")
        columns["address"] = answer.address
        return cls(entry_id=entry_id, state="paid", columns=columns)

    @classmethod
    def refused(cls, entry_id: str, error: SpeechError) -> Self:
        return cls(entry_id=entry_id, state="refused", columns=why(error))

    @classmethod
    def unknown(cls, entry_id: str, error: SpeechError) -> Self:
        return cls(entry_id=entry_id, state="unknown", columns=why(error))

    def to_json(self) -> str:
        usd = self.columns.get("usd")
        return json.dumps(
            {
                "entry_id": self.entry_id,
                "state": self.state,
                "columns": {**self.columns, "usd": None if usd is None else str(usd)},
                "sound": None if self.sound is None else base64.b64encode(self.sound).decode(),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises ValueError, TypeError or KeyError for a text that `to_json` did not write."""
        read = json.loads(text)
        usd, sound = read["columns"].get("usd"), read["sound"]
        return cls(
            entry_id=read["entry_id"],
            state=read["state"],
            columns={**read["columns"], "usd": None if usd is None else Decimal(usd)},
            sound=None if sound is None else base64.b64decode(sound),
        )


def aside(entry_id: str) -> str:
    """The file for sound that came inside the answer, until it is a recording."""
    return f"{INCOMING}{entry_id.removeprefix('sc-')}"


def why(error: SpeechError) -> dict[str, Any]:
    return {"reason": str(error), "detail": error.detail, "reference": error.reference}


def cost(charge: Charge) -> dict[str, Any]:
    return {"usd": charge.usd, "credits": charge.credits, "source": charge.source}
