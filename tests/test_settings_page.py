"""The page Settings: the key in its field, and changes that say that they are saved."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.services import services
from lib.ui.widgets import clip_card
from tests.conftest import drawn
from tests.service import StandIn
from tests.test_forged import forge
from tests.test_library import make
from tests.test_library_page import visit
from tests.test_studio_page import words


@pytest.fixture
def keyless(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("AIMLAPI_KEY", "")
    visit(app, "settings")
    return app


def use(app: AppTest, key: str) -> None:
    drawn(app.text_input, "settings_key").input(key)
    app.button(key="settings_use_key").click().run()


def notices(app: AppTest) -> set[str]:
    """The kinds of the notices on the page."""
    drawn = " ".join(each.proto.body for each in app.get("html"))
    return set(re.findall(r'class="notice (\w+)"', drawn))


def test_a_refused_key_stays_to_be_mended_and_an_accepted_one_goes(
    keyless: AppTest, service: StandIn
) -> None:
    use(keyless, f"{service.key}x")
    assert "not accepted" in words(keyless)
    assert drawn(keyless.text_input, "settings_key").value == f"{service.key}x"

    use(keyless, f'"Bearer {service.key}"')
    assert "The key works." in words(keyless)
    assert drawn(keyless.text_input, "settings_key").value == ""
    assert list(services().keys.values()) == [service.key]


def test_good_news_about_a_key_is_no_warning(keyless: AppTest, service: StandIn) -> None:
    use(keyless, service.key)
    assert notices(keyless) == {"success"}
    keyless.button(key="settings_forget").click().run()
    assert notices(keyless) == {"info"}


def test_what_new_work_begins_with_is_true_without_a_key_too(
    keyless: AppTest, service: StandIn
) -> None:
    begins = "As long as there is no key, it begins with Heart, a built-in voice"
    assert begins in words(keyless)
    use(keyless, service.key)
    assert begins not in words(keyless)


def test_sections_come_in_the_order_of_need(keyless: AppTest) -> None:
    assert [each.value for each in keyless.header] == [
        "Key", "New work begins with", "Cost and limits", "File names", "Player",
        "Where everything is kept",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "value", "said"),
    [
        ("selectbox", "voice", "Craig", "Voice:"),
        ("number_input", "confirm_above_usd", 2.5, "Ask first when a click costs more than:"),
        ("number_input", "usd_per_thousand", 0.04, "Price of 1,000 characters, for estimates:"),
        ("toggle", "plain_player", True, "Play with the browser’s own player:"),
    ],
)
def test_a_change_for_everybody_says_that_it_is_saved(
    keyless: AppTest, kind: str, name: str, value: object, said: str
) -> None:
    getattr(keyless, kind)(key=f"settings_{name}").set_value(value).run()
    assert f"{said} saved for everybody." in words(keyless)


def test_a_price_is_typed_for_a_thousand_characters_and_kept_for_a_million(
    keyless: AppTest,
) -> None:
    keyless.number_input(key="settings_usd_per_thousand").set_value(0.04).run()
    assert services().library.preferences.get().usd_per_million == 40


def test_files_are_named_as_somebody_chose(keyless: AppTest) -> None:
    chosen = keyless.selectbox(key="settings_file_names")
    assert "07-welcome-to-our-store_Ashley.mp3 · another take 07-" in words(keyless)
    chosen.set_value("{title as typed}").run()
    assert services().library.preferences.get().file_names == "{title as typed}"
    assert "For example · Welcome-to-our-store.mp3 · another take Welcome-" in words(keyless)
    forge(keyless.selectbox(key="settings_file_names"), "{titel}")
    assert "There is no {titel}." in words(keyless)
    (clip,) = services().library.listing.many([make(services().library, "Main_Menu").id])
    link = clip_card.download_of(clip, clip.title, clip_card.names_pattern())
    assert link.endswith("Main_Menu.mp3")


def test_a_model_says_what_it_is_good_for_and_what_it_costs(keyless: AppTest) -> None:
    box = keyless.selectbox(key="settings_model")
    assert "TTS-1.5 Mini · quicker, half the price" in box.options
    box.set_value("inworld/tts-1-5-mini").run()
    assert "$0.0065 per 1,000 characters" in words(keyless)
