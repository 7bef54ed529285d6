"""The catalogue of models and voices: names, descriptions, and prices if known."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lib.errors import InvalidRequestError
from lib.offline import OfflineVoices
from lib.speech import FORMATS

VOICES_SHOWN = 3  # of a dialogue, where there is little room
FILE = Path(__file__).with_suffix(".json")
SOURCE = "price_basis"  # in the file, how a price is known: for whoever changes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice as documented; None or empty for facts that are not documented.

    language: such as "en"; language_name: such as "English". character: such as "warm, natural".
    use: the purpose that its maker suggests.
    """

    id: str
    label: str
    gender: str | None
    language: str
    language_name: str
    accent: str | None
    age: str | None
    character: str
    tags: tuple[str, ...]
    use: str | None

    @property
    def description(self) -> str:
        """A text such as "British woman, middle-aged, posh", only from documented facts."""
        return _listed(_phrase(self.accent, self._person), self.age, self.character)

    @property
    def who(self) -> str:
        """Such as "woman, British English"."""
        return _listed(self._person, _phrase(self.accent, self.language_name))

    @property
    def line(self) -> str:
        """For a select: "Wendy · posh, middle-aged · woman, British".

        Two traits at most, so that not even the longest line is cut, not on a phone either.
        """
        who = _listed(self._person, self.accent or self.language_name)
        return " · ".join(part for part in (self.label, self._traits, who) if part)

    @property
    def brief(self) -> str:
        """For a small button: "Wendy · posh, middle-aged British woman"."""
        spoken = self.accent or (None if self.language == "en" else self.language_name)
        return f"{self.label} · {_phrase(self._traits, spoken, self._person)}"

    @property
    def _traits(self) -> str:
        known = [trait for trait in (*self.character.split(", "), self.age) if trait]
        return _listed(*known[:2])

    @property
    def _person(self) -> str | None:
        return {"male": "man", "female": "woman"}.get(self.gender or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model. usd_per_million: for a million characters; None if not known.

    about: what one chooses it for. state: in its maker's words.
    notice: what staff should know about it; may be empty.
    replaced_by: the newer model with the same voices.
    """

    id: str
    label: str
    about: str
    usd_per_million: Decimal | None
    languages: tuple[str, ...]
    state: str
    notice: str | None
    replaced_by: str | None
    default_voice: str
    voices: tuple[Voice, ...]


class Catalogue:
    """models: those of the online service, the best choice first, without the offline voice."""

    def __init__(self, facts: dict[str, Any], offline_voices: Iterable[str]) -> None:
        self._samples: dict[str, str] = facts["samples"]
        self.models = _models(facts["cloud"], facts["languages"])
        here = set(offline_voices)
        (offline,) = _models(facts["offline"], facts["languages"], only=here)
        self._models = {model.id: model for model in (*self.models, offline)}
        known = (*_voices(facts["offline"], facts["languages"]), *self.models[0].voices)
        self._labels = {voice.id: voice.label for voice in known}

    @property
    def model_ids(self) -> tuple[str, ...]:
        """The ids of all models, the offline voice last."""
        return tuple(self._models)

    def model(self, model: str) -> Model | None:
        return self._models.get(model)

    def model_label(self, model: str) -> str:
        """A name such as "TTS-1 Max"; for a removed model it is made from the id."""
        known = self._models.get(model)
        return known.label if known else model.rpartition("/")[2]

    def voices(self, model: str) -> tuple[Voice, ...]:
        known = self._models.get(model)
        return known.voices if known else ()

    def voice(self, model: str, voice: str) -> Voice | None:
        return next((each for each in self.voices(model) if each.id == voice), None)

    @property
    def voice_names(self) -> frozenset[str]:
        """The names of all voices of all models."""
        return frozenset(self._labels.values())

    def voice_label(self, voice: str) -> str:
        """The name of a voice, also if it is no longer offered."""
        return self._labels.get(voice, voice)

    def voices_label(self, voices: Sequence[str], most: int = VOICES_SHOWN) -> str:
        """The names of the voices of a clip, such as "Ashley, Craig" or "Ashley, Craig + 4"."""
        names = [self.voice_label(voice) for voice in voices]
        if len(names) <= most:
            return ", ".join(names)
        return f"{', '.join(names[: most - 1])} + {len(names) - most + 1}"

    def default_voice(self, model: str) -> str:
        known = self._models.get(model)
        return known.default_voice if known else ""

    def fallback(self, model: str) -> str | None:
        """Another model with the same voices, to use if this one is unavailable."""
        known = self._models.get(model)
        if known and known.replaced_by:
            return known.replaced_by
        others = (other.id for other in self.models if other.id != model and not other.replaced_by)
        return next(others, None) if known in self.models else None

    def sample_text(self, model: str, voice: str) -> str:
        """The text of a voice's sample, in its own language."""
        known = self.voice(model, voice)
        return self._samples[known.language if known else "en"]

    def offers(self, name: str, value: object) -> bool:
        """Whether a value from a browser is an option of its select.

        name: "model", "voice" or "format". For other names every value is offered.
        """
        match name:
            case "model":
                return value in self.model_ids
            case "voice":
                voices = [voice.id for model in self.model_ids for voice in self.voices(model)]
                return value in voices
            case "format":
                return value in FORMATS
            case _:
                return True

    def check(self, model: str, voice: str) -> None:
        """Raises InvalidRequestError if the model or the voice is no longer offered."""
        if model not in self._models:
            raise InvalidRequestError(
                f"{self.model_label(model)} is no longer offered.",
                hint="Choose another model, then try again.",
            )
        if self.voice(model, voice) is None:
            raise InvalidRequestError(
                f"The voice {self.voice_label(voice)} is no longer offered.",
                hint="Choose another voice, then try again.",
            )


@cache
def load() -> Catalogue:
    return Catalogue(json.loads(FILE.read_text(encoding="utf-8")), OfflineVoices().available())


def _phrase(*words: str | None) -> str:
    return " ".join(word for word in words if word)


def _listed(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _models(
    family: dict[str, Any], languages: dict[str, str], only: set[str] | None = None
) -> tuple[Model, ...]:
    voices = tuple(v for v in _voices(family, languages) if only is None or v.id in only)
    usual = family["default_voice"]
    if voices and usual not in {voice.id for voice in voices}:
        usual = voices[0].id
    return tuple(
        Model(
            **{
                **{name: fact for name, fact in row.items() if name != SOURCE},
                "usd_per_million": row["usd_per_million"] and Decimal(row["usd_per_million"]),
                "languages": tuple(languages[code] for code in row["languages"]),
            },
            default_voice=usual,
            voices=voices,
        )
        for row in family["models"]
    )


def _voices(family: dict[str, Any], languages: dict[str, str]) -> tuple[Voice, ...]:
    return tuple(
        Voice(**{**row, "tags": tuple(row["tags"])}, language_name=languages[row["language"]])
        for row in family["voices"]
    )
