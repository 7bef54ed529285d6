"""Choose the model of a script, and the voice of each row or speaker."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lib.catalogue import Catalogue
from lib.library.scripts import Row, Script
from lib.script import dialogue
from lib.speech import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The defaults of new scripts; each keeps the ones with which it was begun.

    voice: returns the default voice of a model.
    """

    model: str
    voice: Callable[[str], str]
    format: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The voices of a script. voice: the default. names: catalogue ids by `plain` names.

    speakers: the voice chosen for each speaker of a dialogue, by `dialogue.same_person`.
    """

    model: str
    voice: str
    format: Format
    names: Mapping[str, str]
    speakers: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """Names that are a speaker's in a dialogue, even in a single turn."""
        return frozenset((*self.names, *self.speakers))

    def of(self, words: str) -> str | None:
        """The voice that a row names; None if there is no such voice."""
        return self.names.get(plain(words)) if words.strip() else self.voice

    def row(self, row: Row) -> str | None:
        """The voice of a row: the one that it names, else the one of its speaker."""
        return self.speaker(row.speaker) if not row.voice.strip() else self.of(row.voice)

    def speaker(self, name: str) -> str | None:
        """The voice of a speaker: the chosen one, else the one with the same name."""
        if not name:
            return self.voice
        chosen = self.speakers.get(dialogue.same_person(name), "")
        return chosen if chosen in self.names.values() else self.names.get(plain(name))


def cast_of(script: Script, *, catalogue: Catalogue, usual: Usual) -> Cast:
    """The choices of the script; a default replaces each one that is no longer offered."""
    model = script.form.get("model")
    if model not in catalogue.model_ids:
        model = usual.model
    voices = catalogue.voices(model)
    ids = [voice.id for voice in voices]
    voice = script.form.get("voice")
    names = {plain(voice.label): voice.id for voice in voices}
    return Cast(
        model=model,
        voice=voice if voice in ids else usual.voice(model),
        format=script.form.get("format") or usual.format,
        names={**{plain(each): each for each in ids}, **names},
        speakers=script.form.get("speakers", {}),
    )


def plain(name: str) -> str:
    """A key that is equal for names that differ only in case and blanks."""
    return " ".join(name.casefold().split())
