"""Choose the model of a script, and the voice of each row or speaker."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lib import casting
from lib.catalogue import Catalogue
from lib.library.scripts import Row, Script
from lib.script import Line, dialogue
from lib.script.language import language_of
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

    speakers: the voice that a person chose for each speaker, by `dialogue.same_person`.
    given: the voices of this model that the program chose for the others, by the same key.
    """

    model: str
    voice: str
    format: Format
    names: Mapping[str, str]
    speakers: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[str]:
        """Names that are a speaker's in a dialogue, even in a single turn."""
        return frozenset((*self.names, *self.speakers))

    def of(self, line: Row | Line) -> str:
        """The voice of a line; the script's own if none was chosen for its name."""
        return self.found_for(line) or self.voice

    def speaker(self, name: str) -> str:
        """The voice of a name; the script's own if none was chosen."""
        return self.found(name) or self.voice

    def found_for(self, line: Row | Line) -> str | None:
        """The voice that a line names, else the one of its name; None if none was chosen."""
        return self._named(line) or self.found(_name(line))

    def found(self, name: str) -> str | None:
        """The voice that was chosen for a name, else the one with the same name."""
        if not name:
            return self.voice
        key = dialogue.same_person(name)
        for chosen in (self.speakers.get(key), self.names.get(plain(name)), self.given.get(key)):
            if chosen in self.names.values():
                return chosen
        return None

    def names_in(self, lines: Iterable[Row | Line]) -> list[str]:
        """The names to which a voice must be given, in order: speakers, and what is no voice."""
        names = (_name(line) for line in lines if not self._named(line))
        return dialogue.speakers([Line(text="", speaker=name) for name in names])

    def _named(self, line: Row | Line) -> str | None:
        return self.names.get(plain(line.voice))


def _name(line: Row | Line) -> str:
    return line.voice.strip() or line.speaker


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
        given=script.form.get("given", {}).get(model, {}),
    )


def whole(cast: Cast, lines: Sequence[Line], *, catalogue: Catalogue, language: str) -> Cast:
    """The cast with a voice for each name in these lines. Whoever has one keeps it.

    language: of the script, if it was chosen.
    """
    new = {
        dialogue.same_person(name): name for name in cast.names_in(lines) if not cast.found(name)
    }
    if not new:
        return cast
    given = casting.choose(
        list(new.values()),
        catalogue.voices(cast.model),
        usual=cast.voice,
        language=language or language_of("\n".join(line.text for line in lines)),
        taken={voice for line in lines if (voice := cast.found_for(line))},
    )
    by_key = {key: given[name] for key, name in new.items() if name in given}
    return replace(cast, given={**cast.given, **by_key})


def plain(name: str) -> str:
    """A key that is equal for names that differ only in case and blanks."""
    return " ".join(name.casefold().split())
