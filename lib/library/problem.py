"""Why a clip was not made, as a value that outlives the error, the page and the process."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from lib import errors, money
from lib.errors import SpeechError

NOT_CHARGED = "The service's answer was lost, and its records show no charge."

KEY_KINDS = {
    kind.__name__
    for kind in (errors.KeyMissingError, errors.KeyRejectedError, errors.KeyForbiddenError)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The words of an error, and what it means for the money.

    kind: the name of the error's class. message, hint: what happened, and what to do.
    reference: the service's id of the call. said: the service's message.
    charged: False if nothing was bought, True if it was, None if unknown.
    checked: the service's records were read and show a charge.
    """

    kind: str = ""
    message: str = ""
    hint: str = ""
    reference: str | None = None
    said: str | None = None
    charged: bool | None = None
    checked: bool = False

    @classmethod
    def of(cls, error: SpeechError) -> Self:
        return cls(
            kind=type(error).__name__,
            message=str(error),
            hint=error.hint,
            reference=error.reference,
            said=error.said,
            charged=error.charged,
        )

    @classmethod
    def read(cls, stored: object) -> Self | None:
        """Read the output of `to_json`, also of an older version; None if there was no problem.

        A missing or invalid field gets its default. So a charge of which nothing readable is stored
        counts as unclear, and is never bought again without asking.
        """
        if not isinstance(stored, Mapping) or not stored:
            return None
        words = {name: stored.get(name) for name in ("kind", "message", "hint")}
        maybe = {name: stored.get(name) for name in ("reference", "said")}
        charged = stored.get("charged")
        return cls(
            **{name: each for name, each in words.items() if isinstance(each, str)},
            **{name: each for name, each in maybe.items() if isinstance(each, str)},
            charged=charged if isinstance(charged, bool) else None,
            checked=stored.get("checked") is True,
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    # ---- Whether it was charged ----

    @property
    def is_unclear(self) -> bool:
        """Whether it is unknown if it was charged."""
        return self.charged is None

    @property
    def is_paid(self) -> bool:
        """Whether it is paid for and only its sound is missing."""
        return self.charged is True

    @property
    def is_free(self) -> bool:
        """Whether it is certain that nothing was charged."""
        return self.charged is False

    def with_charge(self, words: str) -> "Problem":
        """The problem after the service's records showed a charge. words: a text about it."""
        return replace(self, message=words, hint="", checked=True)

    def without_charge(self) -> "Problem":
        """The problem after the service's records showed no charge."""
        return replace(self, message=NOT_CHARGED, hint="", charged=False)

    # ---- What a person can do ----

    @property
    def is_about_the_key(self) -> bool:
        return self.kind in KEY_KINDS

    @property
    def is_about_the_model(self) -> bool:
        """Whether the service does not offer this model now, so that another one may help."""
        return self.kind == errors.ModelUnavailableError.__name__

    @property
    def is_about_the_request(self) -> bool:
        """Whether the same request would be refused again."""
        return self.kind == errors.InvalidRequestError.__name__

    @property
    def reason(self) -> tuple[str | None, ...]:
        """Equal for problems that are told, and helped, in the same way."""
        return self.kind, self.message, self.said if self.is_about_the_request else None

    # ---- In words ----

    def sentence(self, *, has_text: bool, kept: str, costs: bool = True) -> str:
        """Why the clip was not made, whether it was charged, and that its text is safe.

        has_text: whether a person wrote the text, and may fear to lose it. kept: from `kept()`.
        costs: whether its voice ever costs anything; otherwise nobody asks about a charge.
        """
        message = self.message
        if message and message[-1] not in ".!?…":  # a service's message may end in any way
            message += "."
        is_said = "Nothing was charged" in message
        if is_said or not costs or (kept and self.is_free):
            # The recorded parts of a long text were charged.
            money_words = "Your text is safe." if has_text else ""
        else:
            money_words = self._money_words(has_text)
        return " ".join(words for words in (message, money_words, kept) if words)

    def _money_words(self, has_text: bool) -> str:
        if self.checked:
            return "Trying again pays once more."
        if self.is_unclear:
            return "It counts as spent until you check it."
        if self.is_paid:
            return "It is paid for; only the sound has not arrived."
        return "Nothing was charged, and your text is safe." if has_text else "Nothing was charged."


def may_be_charged(problem: Problem | None) -> bool:
    """Whether a failed clip is or may be paid for: then it is not bought again without asking."""
    return problem is None or not problem.is_free


def kept(recorded: int, parts: int) -> str:
    """A sentence about the recorded parts of a failed clip; "" if there are none."""
    if not recorded:
        return ""
    if parts == 1:
        return "It is recorded and stays free."
    return f"{recorded} of {money.count(parts, 'part')} are recorded and stay free."
