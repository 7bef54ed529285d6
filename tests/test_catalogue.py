"""The catalogue says what is documented of models and voices, and nothing else."""

import json
import unicodedata
from decimal import Decimal

import pytest

from lib import catalogue
from lib.errors import InvalidRequestError

CLOUD = catalogue.load()
TTS_1_MAX, TTS_1_5_MAX = "inworld/tts-1-max", "inworld/tts-1-5-max"
TTS_1_5_MINI, TTS_1 = "inworld/tts-1-5-mini", "inworld/tts-1"

# gender, language, accent, age: as the service's own list of voices has it
FACTS = {
    "Alex": ("male", "en", None, None),
    "Ashley": ("female", "en", None, None),
    "Craig": ("male", "en", "British", "older"),
    "Deborah": ("female", "en", None, None),
    "Dennis": ("male", "en", None, "middle-aged"),
    "Dominus": ("male", "en", None, None),
    "Edward": ("male", "en", "American", None),
    "Elizabeth": ("female", "en", None, "middle-aged"),
    "Hades": ("male", "en", None, None),
    "Heitor": ("male", "pt", None, None),
    "Julia": ("female", "en", None, None),
    "Maitê": ("female", "pt", None, "middle-aged"),
    "Mark": ("male", "en", None, None),
    "Olivia": ("female", "en", "British", "young"),
    "Pixie": ("female", "en", None, "childlike"),
    "Priya": ("female", "en", "Indian", None),
    "Ronald": ("male", "en", "British", None),
    "Sarah": ("female", "en", None, "young adult"),
    "Shaun": ("male", "en", None, None),
    "Theodore": ("male", "en", None, None),
    "Timothy": ("male", "en", "American", None),
    "Wendy": ("female", "en", "British", "middle-aged"),
}


def test_models_come_in_their_order_with_the_names_on_the_screen() -> None:
    assert [(model, CLOUD.model_label(model)) for model in CLOUD.model_ids] == [
        (TTS_1_MAX, "TTS-1 Max"),
        (TTS_1_5_MAX, "TTS-1.5 Max"),
        (TTS_1_5_MINI, "TTS-1.5 Mini"),
        (TTS_1, "TTS-1"),
        ("offline", "Offline voice (free)"),
    ]


@pytest.mark.parametrize("model", [TTS_1_MAX, TTS_1_5_MAX, TTS_1_5_MINI, TTS_1])
def test_every_cloud_model_has_the_22_voices_as_documented(model: str) -> None:
    known = {
        voice.id: (voice.gender, voice.language, voice.accent, voice.age)
        for voice in CLOUD.voices(model)
    }

    assert known == FACTS
    assert sorted(language for _, language, _, _ in known.values()) == ["en"] * 20 + ["pt"] * 2


def test_voice_ids_are_composed_as_the_service_takes_them() -> None:
    ids = [voice.id for voice in CLOUD.voices(TTS_1_MAX)]

    assert "Mait\u00ea" in ids
    assert ids == [unicodedata.normalize("NFC", voice) for voice in ids]


def test_description_says_what_is_known_of_a_voice_and_fits_one_line() -> None:
    described = {voice.id: voice.description for voice in CLOUD.voices(TTS_1_MAX)}

    assert described["Ashley"] == "woman, warm, natural"
    assert described["Wendy"] == "British woman, middle-aged, posh"
    assert described["Maitê"] == "woman, middle-aged"
    assert all(0 < len(description) <= 40 for description in described.values())


def test_price_says_whether_it_was_worked_out_or_assumed() -> None:
    prices = {model.id: (model.usd_per_million, model.price_basis) for model in CLOUD.models}

    assert prices == {
        TTS_1_MAX: (Decimal(13), "assumed: the rate of TTS-1.5 Max"),
        TTS_1_5_MAX: (Decimal(13), "derived: 2522 credits for 97 characters"),
        TTS_1_5_MINI: (Decimal("6.5"), "derived: 1261 credits for 97 characters"),
        TTS_1: (Decimal("6.5"), "assumed: the rate of TTS-1.5 Mini"),
    }


def test_deprecated_model_says_so_and_names_the_one_to_go_on_with() -> None:
    model = CLOUD.model(TTS_1_MAX)

    assert model is not None
    assert model.state == "deprecated"
    assert model.notice is not None
    assert model.notice.startswith("Inworld has marked this model as deprecated")
    assert CLOUD.fallback(TTS_1_MAX) == TTS_1_5_MAX


@pytest.mark.parametrize("model", [TTS_1_MAX, TTS_1_5_MAX, TTS_1_5_MINI, TTS_1])
def test_model_to_fall_back_on_is_another_with_the_same_voices(model: str) -> None:
    other = CLOUD.fallback(model)

    assert other is not None
    assert other != model
    assert CLOUD.voices(other) == CLOUD.voices(model)


def test_nothing_stands_in_for_the_offline_voice() -> None:
    assert CLOUD.fallback("offline") is None
    assert CLOUD.fallback("inworld/tts-9") is None


def test_languages_are_named_in_english_13_of_the_first_models_and_15_of_the_next() -> None:
    languages = {model.id: model.languages for model in CLOUD.models}

    assert len(languages[TTS_1_MAX]) == 13
    assert {"English", "Portuguese", "Hindi"} < set(languages[TTS_1_MAX])
    assert set(languages[TTS_1_5_MAX]) - set(languages[TTS_1_MAX]) == {"Hebrew", "Arabic"}


@pytest.mark.parametrize("model", CLOUD.model_ids)
def test_default_voice_of_every_model_is_one_of_its_voices(model: str) -> None:
    assert CLOUD.voice(model, CLOUD.default_voice(model)) is not None


@pytest.mark.parametrize("model", CLOUD.model_ids)
def test_every_voice_has_a_short_sample_in_its_own_language(model: str) -> None:
    samples = {voice.language: CLOUD.sample_text(model, voice.id) for voice in CLOUD.voices(model)}

    assert len(set(samples.values())) == len(samples)
    assert all(0 < len(sample) <= 90 for sample in samples.values())


def test_presets_of_the_offline_voice_are_named_after_the_one_speaker_they_are() -> None:
    labels = {v.id: v.label for v in CLOUD.voices("offline") if v.id.startswith("heart")}

    assert labels == {
        "heart": "Heart",
        "heart-deep": "Heart, deep",
        "heart-low": "Heart, low",
        "heart-bright": "Heart, bright",
    }


def test_no_offline_voice_goes_by_the_name_of_a_cloud_voice() -> None:
    offline = {name for voice in CLOUD.voices("offline") for name in (voice.id, voice.label)}

    assert len(offline) >= 2
    assert offline.isdisjoint(FACTS)


def test_offline_voices_that_are_not_installed_are_not_offered_but_keep_their_names() -> None:
    facts = json.loads(catalogue.FILE.read_text(encoding="utf-8"))
    without_pico = catalogue.Catalogue(facts, ["heart", "heart-deep"])
    without_heart = catalogue.Catalogue(facts, ["pico-en-gb", "pico-de"])
    without_any = catalogue.Catalogue(facts, [])

    assert [voice.id for voice in without_pico.voices("offline")] == ["heart", "heart-deep"]
    assert without_pico.voice_label("pico-en-gb") == "Pico British"
    assert without_heart.default_voice("offline") == "pico-en-gb"
    assert without_any.voices("offline") == ()


def test_voice_and_model_that_are_gone_are_refused_and_history_still_names_them() -> None:
    with pytest.raises(InvalidRequestError, match=r"voice Zoe is no longer offered") as voice:
        CLOUD.check(TTS_1_MAX, "Zoe")
    with pytest.raises(InvalidRequestError, match=r"tts-9 is no longer offered") as model:
        CLOUD.check("inworld/tts-9", "Ashley")

    assert "another voice" in voice.value.hint
    assert "another model" in model.value.hint
    assert CLOUD.voice_label("Zoe") == "Zoe"
    assert CLOUD.model_label("inworld/tts-9") == "tts-9"


def test_voice_of_another_model_is_refused() -> None:
    CLOUD.check(TTS_1_MAX, "Maitê")
    CLOUD.check("offline", CLOUD.default_voice("offline"))

    with pytest.raises(InvalidRequestError):
        CLOUD.check("offline", "Ashley")
