"""The catalogue: all facts are from the vendor's documentation."""

import json
from collections import Counter
from decimal import Decimal

import pytest

from lib import catalogue
from lib.catalogue import Catalogue
from lib.errors import InvalidRequestError
from lib.voice_search import nearest, search

CLOUD = ("inworld/tts-1-max", "inworld/tts-1-5-max", "inworld/tts-1-5-mini", "inworld/tts-1")
VOICES = (
    "Alex Ashley Craig Deborah Dennis Dominus Edward Elizabeth Hades Heitor Julia "
    "Maitê Mark Olivia Pixie Priya Ronald Sarah Shaun Theodore Timothy Wendy"
)


@pytest.fixture(scope="module")
def offered() -> Catalogue:
    return catalogue.load()


def test_tts_1_max_comes_first_and_the_offline_voice_last(offered: Catalogue) -> None:
    assert offered.model_ids == (*CLOUD, "offline")


@pytest.mark.parametrize("model", CLOUD)
def test_every_online_model_has_the_22_voices(offered: Catalogue, model: str) -> None:
    assert [voice.id for voice in offered.voices(model)] == VOICES.split()


def test_20_voices_are_english_and_2_portuguese(offered: Catalogue) -> None:
    voices = offered.voices(CLOUD[0])
    assert Counter(voice.language_name for voice in voices) == {"English": 20, "Portuguese": 2}
    assert {voice.id for voice in voices if voice.language == "pt"} == {"Heitor", "Maitê"}
    assert Counter(voice.gender for voice in voices) == {"male": 12, "female": 10}


def test_the_name_with_an_accent_is_in_composed_form(offered: Catalogue) -> None:
    assert offered.voice(CLOUD[0], "Mait\u00ea") is not None


@pytest.mark.parametrize(
    ("voice", "description"),
    [
        ("Wendy", "British woman, middle-aged, posh"),
        ("Timothy", "American man, lively, upbeat"),
        ("Maitê", "woman, middle-aged"),
        ("Ashley", "woman, warm, natural"),
        ("Theodore", "man, gravelly, time-worn"),
    ],
)
def test_a_voice_is_described_by_what_is_documented(
    offered: Catalogue, voice: str, description: str
) -> None:
    known = offered.voice(CLOUD[0], voice)
    assert known is not None
    assert known.description == description


def test_every_voice_has_a_description_and_something_to_say(offered: Catalogue) -> None:
    for model in offered.model_ids:
        for voice in offered.voices(model):
            assert voice.description
            assert offered.sample_text(model, voice.id).endswith("?")


LINE_MAX_CHARS, PHONE_CHARS = 54, 40  # of a select at 1280 and at 390 px


def test_what_tells_voices_apart_is_never_cut_in_a_select(offered: Catalogue) -> None:
    for model in offered.model_ids:
        voices = offered.voices(model)
        assert len({voice.line for voice in voices}) == len(voices)
        for voice in voices:
            assert len(voice.line) <= LINE_MAX_CHARS
            assert len(voice.line.rpartition(" · ")[0]) <= PHONE_CHARS


@pytest.mark.parametrize(
    ("voice", "line", "brief"),
    [
        ("Ashley", "Ashley · warm, natural · woman, English", "Ashley · warm, natural woman"),
        ("Wendy", "Wendy · posh, middle-aged · woman, British",
         "Wendy · posh, middle-aged British woman"),
        ("Heitor", "Heitor · composed, neutral · man, Portuguese",
         "Heitor · composed, neutral Portuguese man"),
    ],
)  # fmt: skip
def test_a_voice_in_a_line_has_its_name_first_and_its_language_last(
    offered: Catalogue, voice: str, line: str, brief: str
) -> None:
    known = offered.voice(CLOUD[0], voice)
    assert known is not None
    assert (known.line, known.brief) == (line, brief)


@pytest.mark.parametrize(
    ("model", "usd", "languages"),
    [
        (CLOUD[0], "13", 13),
        (CLOUD[1], "13", 15),
        (CLOUD[2], "6.5", 15),
        (CLOUD[3], "6.5", 13),
    ],
)
def test_each_model_has_its_price_and_languages(
    offered: Catalogue, model: str, usd: str, languages: int
) -> None:
    known = offered.model(model)
    assert known is not None
    assert known.usd_per_million == Decimal(usd)
    assert len(known.languages) == languages


def test_the_deprecation_is_said_and_a_successor_offered(offered: Catalogue) -> None:
    model = offered.model(CLOUD[0])
    assert model is not None
    assert model.state == "deprecated"
    assert model.notice is not None
    assert "deprecated" in model.notice
    assert model.replaced_by == "inworld/tts-1-5-max"


@pytest.mark.parametrize(
    ("model", "other"),
    [
        ("inworld/tts-1-max", "inworld/tts-1-5-max"),
        ("inworld/tts-1-5-max", "inworld/tts-1-5-mini"),
        ("inworld/tts-1-5-mini", "inworld/tts-1-5-max"),
        ("inworld/tts-1", "inworld/tts-1-5-mini"),
        ("offline", None),
        ("gone/away", None),
    ],
)
def test_a_model_out_of_order_has_a_stand_in_that_is_supported(
    offered: Catalogue, model: str, other: str | None
) -> None:
    assert offered.fallback(model) == other


def test_offline_voices_are_free_and_never_named_like_a_cloud_voice(offered: Catalogue) -> None:
    model = offered.model("offline")
    assert model is not None
    assert model.usd_per_million == 0
    assert model.default_voice == "heart"
    assert not {voice.label for voice in model.voices} & set(VOICES.split())


def test_a_voice_that_is_not_installed_is_not_offered() -> None:
    facts = json.loads(catalogue.FILE.read_text(encoding="utf-8"))
    offered = Catalogue(facts, ["pico-de"])
    assert [voice.id for voice in offered.voices("offline")] == ["pico-de"]
    assert offered.default_voice("offline") == "pico-de"
    assert offered.voice_label("heart") == "Heart"


def test_a_voice_or_model_that_is_gone_keeps_its_name_and_is_refused(offered: Catalogue) -> None:
    assert offered.voice_label("Hermione") == "Hermione"
    assert offered.model_label("inworld/tts-0") == "tts-0"
    with pytest.raises(InvalidRequestError, match=r"voice Hermione is no longer offered\."):
        offered.check(CLOUD[0], "Hermione")
    with pytest.raises(InvalidRequestError, match=r"tts-0 is no longer offered\."):
        offered.check("inworld/tts-0", "Alex")
    offered.check(CLOUD[0], "Alex")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("friendly british", "Olivia"),
        ("portuguese woman", "Maitê"),
        ("portuguese women", "Maitê"),
        ("portuguese man", "Heitor"),
        ("MAITE", "Maitê"),
        ("maitê", "Maitê"),
        ("maite\u0302", "Maitê"),
        ("wom port", "Maitê"),
        ("voice-over", "Elizabeth"),
        ("  cartoons,  ", "Pixie"),
        ("indian", "Priya"),
        ("ronald", "Ronald"),
        ("squeaky man", ""),  # "woman" has a man inside, and does not begin with one
        ("warm martian", ""),
        ("posh", "Wendy"),
        ("'; DROP TABLE voices", ""),
        ("", VOICES),
        ("  ", VOICES),
        ("!?", VOICES),
    ],
)
def test_voices_are_found_by_the_beginnings_of_words(
    words: str, found: str, offered: Catalogue
) -> None:
    voices = offered.voices(CLOUD[0])
    assert " ".join(voice.id for voice in search(voices, words)) == found


def test_every_voice_is_found_by_its_own_name_and_description(offered: Catalogue) -> None:
    for model in offered.model_ids:
        voices = offered.voices(model)
        for voice in voices:
            assert voice in search(voices, f"{voice.label} {voice.description}")


def test_where_no_voice_is_all_of_it_those_that_are_most_of_it_are_found() -> None:
    voices = catalogue.load().voices("inworld/tts-1-max")
    assert search(voices, "warm british") == []
    found = nearest(voices, "warm british")
    assert {"Ashley", "Olivia"} <= {voice.id for voice in found} != {voice.id for voice in voices}
    assert nearest(voices, "klingon") == nearest(voices, "") == []
