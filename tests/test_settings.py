"""What an operator sets, and what is said when it cannot be."""

from pathlib import Path

import pytest

from lib import settings
from lib.settings import SettingsError

NOWHERE = Path("/nowhere/secrets.toml")


def test_the_environment_wins_over_the_secrets_file(tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text('AIMLAPI_KEY = "from-file"\nSOUNDCHECK_PACE = 4\n')
    read = settings.read({"AIMLAPI_KEY": " from-environment "}, file)
    assert (read.key, read.pace) == ("from-environment", 4)


def test_an_empty_setting_is_no_setting() -> None:
    read = settings.read({"AIMLAPI_KEY": "", "SOUNDCHECK_PACE": " "}, NOWHERE)
    assert (read.key, read.pace) == (None, 2)


def test_every_field_can_be_set() -> None:
    read = settings.read(
        {
            "AIMLAPI_BASE_URL": "http://gateway.example/",
            "AIMLAPI_AUDIO_HOSTS": "a.example, b.example:8443",
            "SOUNDCHECK_POST_S": "30.5",
            "SOUNDCHECK_DATA_DIR": "/srv/clips",
        },
        NOWHERE,
    )
    assert read.base_url == "http://gateway.example"
    assert read.audio_hosts == ("a.example", "b.example:8443")
    assert read.post_s == 30.5
    assert read.data_dir == Path("/srv/clips")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"SOUNDCHECK_PACE": "fast"}, "SOUNDCHECK_PACE should be a number"),
        ({"AIMLAPI_KEY": "abc\ndef"}, "AIMLAPI_KEY"),
        ({"AIMLAPI_KEY": "abc def"}, "AIMLAPI_KEY"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str], words: str) -> None:
    """B31"""
    with pytest.raises(SettingsError, match=words):
        settings.read(environment, NOWHERE)


def test_an_unreadable_secrets_file_is_named_with_the_place_and_without_its_words(
    tmp_path: Path,
) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text('AIMLAPI_KEY = "canary-key\nx = 1')
    with pytest.raises(SettingsError, match=r"secrets.toml cannot be read: .*line 1") as caught:
        settings.read({}, file)
    assert "canary" not in str(caught.value)


def test_settings_never_show_their_key() -> None:
    assert "canary" not in repr(settings.read({"AIMLAPI_KEY": "canary-key"}, NOWHERE))
