"""Names tell who speaks, and each speaker gets a voice of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import casting, catalogue
from lib.casting.choosing import told
from lib.casting.names import AGES, NAMES, NAMES_IN, WORDS
from lib.casting.person import Person

CATALOGUE = catalogue.load()
CLOUD, OFFLINE = CATALOGUE.models[0].id, "offline"


def cast(names: str, model: str = CLOUD, language: str = "en", taken: str = "") -> dict[str, str]:
    return casting.choose(
        names.split(", "),
        CATALOGUE.voices(model),
        usual=CATALOGUE.default_voice(model),
        language=language,
        taken=taken.split(),
    )


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Anna", Person(gender="female")),
        ("BEN", Person(gender="male")),
        ("Dr. José Ruiz", Person(gender="male")),
        ("Frau Peters", Person(gender="female")),
        ("Mr. Smith", Person(gender="male")),
        ("Señora", Person(gender="female")),
        ("Mother", Person(gender="female")),
        ("Old man", Person(gender="male", age="old")),
        ("Oma", Person(gender="female", age="old")),
        ("Grandma Maria", Person(gender="female", age="old")),
        ("Boy", Person(gender="male", age="child")),
        ("Junge", Person(gender="male", age="child")),
        ("Junge Frau", Person(gender="female", age="young")),
        ("Niña", Person(gender="female", age="child")),
        ("Nina", Person(gender="female")),
        ("Child 2", Person(age="child")),
        ("Narrator", Person(narrates=True)),
        ("Erzählerin", Person(gender="female", narrates=True)),
        ("SPEAKER_00", Person()),
        ("Иван", Person()),
        ("", Person()),
    ],
)
def test_a_name_or_a_role_tells_who_speaks(name: str, person: Person) -> None:
    assert told(name) == person


def test_some_names_are_a_womans_in_one_language_and_a_mans_in_another() -> None:
    assert (told("Andrea", "it").gender, told("Andrea", "de").gender) == ("male", "female")
    assert told("Andrea").gender is None


def test_no_name_stands_in_two_lists() -> None:
    women, men = (
        {name for name, person in NAMES.items() if person.gender == gender}
        for gender in ("female", "male")
    )
    assert not women & men
    assert not NAMES.keys() & {name for names in NAMES_IN.values() for name in names}
    assert WORDS.keys() & AGES.keys() == {"junge"}  # a boy, or a young woman


def test_voices_fit_gender_age_and_role() -> None:
    assert cast("Anna, Ben") == {"Anna": "Ashley", "Ben": "Alex"}
    assert cast("Old man, Girl, Narrator") == {
        "Old man": "Craig",
        "Girl": "Pixie",
        "Narrator": "Elizabeth",
    }


def test_two_of_whom_nothing_is_known_sound_apart() -> None:
    assert cast("SPEAKER_00, SPEAKER_01") == {"SPEAKER_00": "Ashley", "SPEAKER_01": "Alex"}


def test_no_stranger_takes_the_voice_that_fits_somebody_else() -> None:
    assert cast("SPEAKER_00, Ben", OFFLINE)["Ben"] == "heart-deep"


def test_voices_of_the_scripts_language_come_first() -> None:
    assert cast("João, Maria, Ana", language="pt") == {
        "João": "Heitor",
        "Maria": "Maitê",
        "Ana": "Ashley",
    }
    assert cast("Anna, Ben", OFFLINE, "de") == {"Anna": "pico-de", "Ben": "heart-deep"}
    assert cast("Anna, Ben", language="de") == {"Anna": "Ashley", "Ben": "Alex"}


def test_the_built_in_voices_are_enough_for_a_family() -> None:
    assert cast("Mother, Father, Boy, Grandpa", OFFLINE) == {
        "Mother": "heart",
        "Father": "heart-deep",
        "Boy": "heart-bright",
        "Grandpa": "heart-low",
    }


def test_the_voices_of_others_are_given_last() -> None:
    assert cast("Anna", taken="Ashley Deborah") == {"Anna": "Julia"}


@given(
    st.lists(st.text(min_size=1, max_size=9), max_size=40, unique=True),
    st.sampled_from([CLOUD, OFFLINE]),
    st.sampled_from(["", "en", "de", "pt", "ja"]),
)
def test_everybody_gets_a_voice_and_none_is_doubled_while_others_are_left(
    names: list[str], model: str, language: str
) -> None:
    voices = CATALOGUE.voices(model)
    usual = CATALOGUE.default_voice(model)
    once, again = (
        casting.choose(names, voices, usual=usual, language=language, taken=()) for _ in range(2)
    )
    assert once == again
    assert once.keys() == set(names)
    times = [list(once.values()).count(voice.id) for voice in voices]
    assert max(times) - min(times) <= 1


def test_without_any_voice_none_is_given() -> None:
    assert casting.choose(["Anna"], (), usual="heart", language="en", taken=()) == {}
