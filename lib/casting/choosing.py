"""Tell a person from a name, and choose a voice for each speaker."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from lib.casting.names import AGES, NAMES, NAMES_IN, WORDS
from lib.casting.person import Gender, Person
from lib.catalogue import Voice

# Steps of age: how far a voice is from a person.
AGE = {"child": 0, "young": 2, "adult": 4, "old": 6}
VOICE_AGE = {"childlike": 0, "young": 2, "young adult": 2, "middle-aged": 5, "older": 6}
# What such a voice sounds like, where the catalogue tells no age; and which sounds least like
# another gender's, where no voice has the right one.
DEEP, YOUNG, OLD = {"deep", "low"}, {"bright"}, {"time-worn"}
ODD = frozenset({"robotic", "menacing", "commanding", "squeaky"})  # for characters, not for anybody

# What a voice loses for each way in which it does not fit. A child's voice is mostly a woman's.
WRONG_GENDER, WRONG_GENDER_OF_CHILD, HEARD_GENDER, UNKNOWN_GENDER, DEEPER = 20, 2, 6, 2, -8
NO_NARRATOR, PLAIN, STRANGE = 8, 3, 4


def told(name: str, language: str = "") -> Person:
    """What a name tells: "Frau Peters" is a woman, "Old man" an old man, "Ben" a man.

    language: the code of the script's language: "Andrea" is a man's name in Italian alone.
    """
    words = re.findall(r"[^\W\d_]+", name.casefold())
    rest = [word for word in words if not _found([word], AGES)] or words  # "Junge" alone is a boy
    known = _found(rest, WORDS, NAMES_IN.get(language, {}), NAMES)
    beside = _found(words, AGES)
    aged = [*beside, *known] if len(rest) < len(words) else [*known, *beside]
    return Person(
        gender=next((each.gender for each in known if each.gender), None),
        age=next((each.age for each in aged if each.age), None),
        narrates=any(each.narrates for each in known),
    )


def choose(
    names: Sequence[str],
    voices: Sequence[Voice],
    *,
    usual: str,
    language: str,
    taken: Iterable[str],
) -> dict[str, str]:
    """The id of a voice for each name. None is chosen twice while another is left.

    voices: those of the script's model. usual: the id of the script's own voice, whose language
    counts if no voice has the script's. taken: the ids of the voices of its other speakers.
    The same names in the same order always get the same voices.
    """
    languages = {voice.id: voice.language for voice in voices}
    spoken = language if language in languages.values() else languages.get(usual, "")
    genders = {voice.id: _gender(voice) for voice in voices}
    people = {name: told(name, language) for name in names}
    times = Counter(voice for voice in taken if voice in genders)
    heard = Counter(genders[voice] for voice in times.elements())
    chosen: dict[str, str] = {}
    # Whoever may have any voice comes last, and leaves the fitting ones to the others.
    for name in sorted(names, key=lambda name: people[name].gender is None):
        person = people[name]
        rarer: Gender = "male" if heard["female"] > heard["male"] else "female"
        costs = [
            (
                times[voice.id],
                voice.language != spoken,
                _unfitness(voice, person, rarer),
                voice.id != usual,
            )
            for voice in voices
        ]
        if not costs:
            return {}
        voice = voices[costs.index(min(costs))]
        chosen[name] = voice.id
        times[voice.id] += 1
        heard[genders[voice.id]] += 1
    return chosen


def _unfitness(voice: Voice, person: Person, rarer: Gender) -> int:
    """rarer: the gender that fewer of the chosen voices have; so two strangers sound apart."""
    gender, is_child = _gender(voice), person.age == "child"
    cost = UNKNOWN_GENDER if gender is None and not is_child else 0
    if gender and person.gender not in (None, gender):
        is_nearer = person.gender == "male" and DEEP.intersection(voice.tags)
        grown = WRONG_GENDER + (DEEPER if is_nearer else 0)
        cost += WRONG_GENDER_OF_CHILD if is_child else grown
    elif gender and person.gender is None and gender != rarer:
        cost += HEARD_GENDER
    cost += abs(_age(voice) - AGE[person.age or "adult"])
    if person.narrates and "narration" not in (voice.use or ""):
        cost += NO_NARRATOR
    if not is_child and ODD.intersection(voice.tags):
        cost += STRANGE
    return cost + (PLAIN if "plain" in voice.tags else 0)


def _gender(voice: Voice) -> Gender | None:
    if not voice.gender:
        return None
    return "female" if voice.gender == "female" else "male"


def _age(voice: Voice) -> int:
    if voice.age:
        return VOICE_AGE[voice.age]
    if YOUNG.intersection(voice.tags):
        return AGE["young"]
    return AGE["old"] if OLD.intersection(voice.tags) else AGE["adult"]


def _found(words: Iterable[str], *tables: Mapping[str, Person]) -> list[Person]:
    """What the words tell, those of the first table first. "niña" is not "Nina"."""
    return [
        found
        for table in tables
        for word in words
        if (found := table.get(word) or table.get(_unaccented(word)))
    ]


def _unaccented(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(each for each in letters if not unicodedata.combining(each))
