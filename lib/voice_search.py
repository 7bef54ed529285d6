"""Find voices: by words, and by filters such as gender, accent and language."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence

from lib.catalogue import Voice

Filter = dict[str, Callable[[Voice], bool]]

GENDER_WORDS = {"female": ("female", "woman", "women"), "male": ("male", "man", "men")}


def search(voices: Iterable[Voice], words: str) -> list[Voice]:
    """The voices that match all words, such as "warm", "friendly british", "portuguese woman".

    Each must begin a word of the voice's facts, in any case and without accents. "" finds all.
    """
    wanted = _plain_words(words)
    return [voice for voice in voices if _told(voice, wanted) == len(wanted)]


def nearest(voices: Iterable[Voice], words: str) -> list[Voice]:
    """The voices that match the most words, to show if `search` finds none; [] if no word fits."""
    wanted = _plain_words(words)
    told = {voice: _told(voice, wanted) for voice in voices}
    most = max(told.values(), default=0)
    return [voice for voice, count in told.items() if count == most > 0]


def _told(voice: Voice, wanted: list[str]) -> int:
    """The number of words that match this voice."""
    known = _plain_words(
        " ".join(
            (
                voice.label,
                voice.description,
                voice.language_name,
                *GENDER_WORDS.get(voice.gender or "", ()),
                *voice.tags,
                voice.use or "",
            )
        )
    )
    return sum(any(word.startswith(start) for word in known) for start in wanted)


def _plain_words(text: str) -> list[str]:
    """The words without case and accents: "Maitê, high-pitched" is "maite", "high", "pitched"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"\w+", "".join(each for each in letters if not unicodedata.combining(each)))


def filters(
    voices: Sequence[Voice], *, shortlisted: Collection[str], favourites: Collection[str]
) -> list[Filter]:
    """The filters for these voices, by name, in groups. shortlisted, favourites: ids of voices."""
    genders = {voice.gender for voice in voices}
    accents = sorted({voice.accent for voice in voices if voice.accent})
    languages = list(dict.fromkeys(voice.language_name for voice in voices))
    return [
        {"Shortlist": lambda voice: voice.id in shortlisted},
        {"Favourites": lambda voice: voice.id in favourites},
        {
            name: _by("gender", gender)
            for gender, name in (("female", "Women"), ("male", "Men"))
            if gender in genders
        },
        {accent: _by("accent", accent) for accent in accents}
        | {name: _by("language_name", name) for name in languages if len(languages) > 1},
    ]


def narrowed(
    voices: Sequence[Voice], groups: Sequence[Filter], chosen: Collection[str]
) -> Sequence[Voice]:
    """The voices that match one chosen filter of each group in which any is chosen."""
    for group in groups:
        if wanted := [fits for name, fits in group.items() if name in chosen]:
            voices = [voice for voice in voices if any(fits(voice) for fits in wanted)]
    return voices


def _by(field: str, value: str) -> Callable[[Voice], bool]:
    return lambda voice: bool(getattr(voice, field) == value)
