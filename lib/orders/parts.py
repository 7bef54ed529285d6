"""Turn a typed text into the parts of a clip: the utterances to send, and the gaps."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Self

from lib import lexicon, script
from lib.errors import InvalidRequestError
from lib.library.clip import Part
from lib.script import Line
from lib.script.language import language_of
from lib.settings import Settings
from lib.speech import Format, Utterance, check_manner

LINE_GAP_S = 0.4
SHORT_CHARS = 1_000
LEADING_PAUSE = "a pause before the first word was left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request for speech: the script as typed, by one voice, in one format.

    lines: the lines of a clip with several, each with the catalogue id of its voice; then `script`
        is only shown, and `voice` is the one of the first line.
    each_sentence: record each sentence separately, so that a change costs only one sentence.
    language: of the script, by which its sentences end; told from the script if empty.
    wording: lexicon entries: what to send instead of some words.
    takes: (key of a first take, number of the take to use instead).

    Creating one raises InvalidRequestError for a format or a take that does not exist.
    """

    script: str
    model: str
    voice: str
    format: Format
    take: int = 1
    lines: tuple[Line, ...] = ()
    each_sentence: bool = False
    language: str = ""
    wording: frozenset[lexicon.Entry] = frozenset()
    takes: frozenset[tuple[str, int]] = frozenset()

    def __post_init__(self) -> None:
        check_manner(self.model, self.voice, self.format, self.take)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The longest text, and the longest text of one call. It is a key of the caches below."""

    text_max_chars: int
    piece_max_chars: int
    piece_max_weight: int

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            text_max_chars=settings.text_max_chars,
            piece_max_chars=settings.piece_max_chars,
            piece_max_weight=settings.piece_max_weight,
        )


def parts_of(request: Request, limits: Limits) -> tuple[script.Cleaned, tuple[Part, ...]]:
    """(the cleaned script, its parts in order).

    Raises InvalidRequestError for a text that cannot be spoken.
    """
    # Cached: a page asks at each run, for thousands of rows or all voices of an audition.
    remembered = _of_short if len(request.script) <= SHORT_CHARS else _of_long
    return remembered(request, limits)


def _parts_of(request: Request, limits: Limits) -> tuple[script.Cleaned, tuple[Part, ...]]:
    cleaned = script.checked(request.script, limits.text_max_chars)
    builder = _Builder(request, limits)
    if request.lines:
        for line in request.lines:
            builder.line(line)
        builder.end()
    else:
        builder.words(cleaned.text, request.voice)
    if not builder.parts:
        raise InvalidRequestError("Nothing of this text is left to say.")
    if builder.begins_late:
        cleaned = script.Cleaned(cleaned.text, (*cleaned.removed, LEADING_PAUSE))
    return cleaned, tuple(builder.parts)


_of_short = lru_cache(maxsize=20_000)(_parts_of)
_of_long = lru_cache(maxsize=64)(_parts_of)


class _Builder:
    """begins_late: whether the text begins with a pause."""

    def __init__(self, request: Request, limits: Limits) -> None:
        self._request = request
        self._limits = limits
        self._takes = dict(request.takes)
        self._pause_s: float | None = None  # that the line before asks for
        self._at_s: float | None = None  # when the next part shall begin
        self.parts: list[Part] = []
        self.begins_late = False

    def line(self, line: Line) -> None:
        """Add one of several lines, after its pause; a line with a time waits for that instead."""
        if line.start_s is not None:
            self._at_s = line.start_s
        elif self._pause_s is not None:
            self._gap(self._pause_s)
        elif self.parts:
            self._gap(LINE_GAP_S)
        self._pause_s = line.pause_after_s
        self.words(script.clean(line.text).text, line.voice)

    def end(self) -> None:
        """Add the pause of the last line."""
        if self._pause_s is not None:
            self._gap(self._pause_s)

    def words(self, text: str, voice: str) -> None:
        """Add a text. Typed pauses become gaps; neighbouring ones are added up."""
        for words, pause_s in script.pauses.stretches(text):
            for piece in self._split(words, each_sentence=self._request.each_sentence):
                self._say(piece, voice)
            if pause_s is not None:
                self._gap(pause_s)

    def _gap(self, seconds: float) -> None:
        if self.parts:
            last = self.parts[-1]
            self.parts[-1] = replace(last, gap_after_s=last.gap_after_s + seconds)
        else:
            self.begins_late = True

    def _say(self, piece: script.Piece, voice: str) -> None:
        """Add a piece. Its shown text stays as typed, even if another text is sent."""
        applied, used = lexicon.apply(piece.text, self._request.wording)
        sent = script.without_unseen(applied).strip()
        if sent == piece.text:
            self.parts.append(self._part(sent, voice))
        elif script.is_sayable(sent):
            wording = tuple((entry.word, entry.say_as) for entry in used)
            shown = piece.text
            for smaller in self._split(sent):  # the replaced text may be too long
                said = self._part(smaller.text, voice)
                self.parts.append(replace(said, shown=shown, wording=wording))
                shown = ""
        if self.parts:
            self._gap(piece.gap_after_s)

    def _split(self, text: str, *, each_sentence: bool = False) -> tuple[script.Piece, ...]:
        is_whole = not each_sentence and _fits(text, self._limits)
        return _split(text, each_sentence, self._limits, "" if is_whole else self._language)

    @cached_property
    def _language(self) -> str:
        """Of the whole script: one of its sentences is often too short to tell it."""
        return self._request.language or language_of(self._request.script)

    def _part(self, text: str, voice: str) -> Part:
        said = Utterance(
            model=self._request.model,
            voice=voice,
            text=text,
            format=self._request.format,
            take=self._request.take,
        )
        if take := self._takes.get(said.key):
            said = replace(said, take=take)
        at_s, self._at_s = self._at_s, None
        return Part(utterance=said, at_s=at_s)


def _fits(text: str, limits: Limits) -> bool:
    return script.fits(text, max_chars=limits.piece_max_chars, max_weight=limits.piece_max_weight)


@lru_cache(maxsize=64)  # long scripts are slow to split, and all voices share the result
def _split(
    text: str, each_sentence: bool, limits: Limits, language: str
) -> tuple[script.Piece, ...]:
    if not text:
        return ()
    return tuple(
        script.split(
            text,
            max_chars=limits.piece_max_chars,
            max_weight=limits.piece_max_weight,
            each_sentence=each_sentence,
            language=language,
        )
    )
