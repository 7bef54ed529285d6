"""The operator's settings, and the messages for invalid ones."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from lib import settings
from lib.settings import SettingsError

NOWHERE = Path("/nowhere/secrets.toml")


@pytest.mark.parametrize(
    "pasted",
    ["key-1", " key-1\n", '"key-1"', "“key-1”", "'key-1',", "Bearer key-1", "bearer  key-1",
     "Authorization: Bearer key-1", '"Bearer key-1"', "\u200bkey-1\ufeff"],
)  # fmt: skip
def test_what_was_copied_with_a_key_is_no_part_of_it(pasted: str) -> None:
    assert settings.key_from_text(pasted) == "key-1"


def secrets(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "secrets.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_the_environment_wins_over_the_secrets_file(tmp_path: Path) -> None:
    file = secrets(tmp_path, 'AIMLAPI_KEY = "from-file"\nSOUNDCHECK_PACE = 4\n')
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
            "SOUNDCHECK_HOSTS": "sound.example.com, 10.0.0.5, ::1",
            "SOUNDCHECK_FRAME_ANCESTORS": "https://intranet.example.com:8443",
        },
        NOWHERE,
    )
    assert read.base_url == "http://gateway.example"
    assert read.audio_hosts == ("a.example", "b.example:8443")
    assert read.post_s == 30.5
    assert read.data_dir == Path("/srv/clips")
    assert read.hosts == ("sound.example.com", "10.0.0.5", "::1")
    assert read.frame_ancestors == ("https://intranet.example.com:8443",)


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
    file = secrets(tmp_path, 'AIMLAPI_KEY = "canary-key\nx = 1')
    with pytest.raises(SettingsError, match=r"secrets.toml cannot be read: .*line 1") as caught:
        settings.read({}, file)
    assert "canary" not in str(caught.value)


def test_settings_never_show_their_key() -> None:
    read = settings.read(
        {
            "AIMLAPI_KEY": "canary-key",
            "SOUNDCHECK_DATABASE_URL": "postgresql+psycopg://us:canary@db/x",
        },
        NOWHERE,
    )
    assert "canary" not in repr(read)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o777])
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes.")
def test_k26_a_secrets_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """S21"""
    file = secrets(tmp_path, 'AIMLAPI_KEY = "canary-key"\n', mode)
    with pytest.raises(SettingsError, match="can be read by others") as caught:
        settings.read({}, file)
    assert "chmod 600" in caught.value.hint
    assert "canary" not in str(caught.value)
    assert str(tmp_path) not in str(caught.value) + caught.value.hint  # every visitor reads it


NUMBERS = [
    name
    for name, field in settings.NAMES.items()
    if isinstance(field.default, int | float) and not isinstance(field.default, bool)
]
HUGE = "1" + 30 * "0"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    "value", ["-1", HUGE, "9" * 5_000, "nan", "inf", "-inf", "1e400", "fast", "1,5", "true", "0x10"]
)
def test_k26_a_number_out_of_range_is_named_at_start(name: str, value: str) -> None:
    """B31"""
    with pytest.raises(SettingsError, match=f"^{name} should be a number"):
        settings.read({name: value}, NOWHERE)


@pytest.mark.parametrize("field", ["connect_s", "post_s", "pace", "pace_max", "download_tries"])
def test_k26_what_cannot_be_nothing_is_refused_at_0(field: str) -> None:
    with pytest.raises(SettingsError, match="should be a number"):
        settings.read({f"SOUNDCHECK_{field.upper()}": "0"}, NOWHERE)


def test_k26_every_default_is_a_value_that_could_be_set() -> None:
    given = {}
    for name, field in settings.NAMES.items():
        value = field.default
        given[name] = ",".join(value) if isinstance(value, tuple) else str(value or "")
    read = settings.read(given, NOWHERE)
    for field in fields(settings.Settings):
        assert getattr(read, field.name) == field.default


def test_k26_the_pace_at_first_is_not_above_the_most() -> None:
    with pytest.raises(SettingsError, match=r"SOUNDCHECK_PACE, .*SOUNDCHECK_PACE_MAX"):
        settings.read({"SOUNDCHECK_PACE": "9", "SOUNDCHECK_PACE_MAX": "8"}, NOWHERE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AIMLAPI_BASE_URL", "api.aimlapi.com"),
        ("AIMLAPI_BASE_URL", "ftp://api.aimlapi.com"),
        ("AIMLAPI_BASE_URL", "https://api.aimlapi.com:99999"),
        ("AIMLAPI_BASE_URL", "https://api.aimlapi.com\nX-Other: 1"),
        ("AIMLAPI_BASE_URL", "https://api.aimlapi.com?x="),
        ("AIMLAPI_AUDIO_HOSTS", "https://cdn.example.com/"),
        ("AIMLAPI_AUDIO_HOSTS", "cdn.example.com:port"),
        ("SOUNDCHECK_CA_FILE", "/nowhere/ca.pem"),
        ("SOUNDCHECK_DATABASE_URL", "soundcheck.db"),
        ("SOUNDCHECK_STORAGE_URL", "s3://bucket\0"),
        ("SOUNDCHECK_DATA_DIR", __file__),
        ("SOUNDCHECK_DATA_DIR", "~nobody-of-this-name/x"),
        ("SOUNDCHECK_DATA_DIR", "/srv\0/x"),
        ("SOUNDCHECK_HOSTS", "https://sound.example.com"),
        ("SOUNDCHECK_HOSTS", "sound.example.com:8501"),
        ("SOUNDCHECK_HOSTS", "abc:8501"),
        ("SOUNDCHECK_HOSTS", "*"),
        ("SOUNDCHECK_FRAME_ANCESTORS", "*"),
        ("SOUNDCHECK_FRAME_ANCESTORS", "https://a.example; script-src *"),
    ],
)
def test_k26_text_that_cannot_be_used_is_named_at_start(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        settings.read({name: value}, NOWHERE)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("SOUNDCHECK_PACE = true", "SOUNDCHECK_PACE should be a number .*secrets.toml, line 2"),
        ("SOUNDCHECK_PACE = [4]", "SOUNDCHECK_PACE should be a number .*secrets.toml, line 2"),
        ("SOUNDCHECK_PACE = 4.5", "SOUNDCHECK_PACE should be a number .*secrets.toml, line 2"),
        ("SOUNDCHECK_POST_S = nan", "SOUNDCHECK_POST_S should be a number .*line 2"),
        ("SOUNDCHECK_POST_S = 2026-11-26", "SOUNDCHECK_POST_S should be a number .*line 2"),
        ("[SOUNDCHECK_PACE]\nx = 1", "SOUNDCHECK_PACE should be a number"),
        ("AIMLAPI_KEY = 12345678", "AIMLAPI_KEY should be text in quotes.*line 2"),
        ("SOUNDCHECK_DATA_DIR = ['/srv']", "SOUNDCHECK_DATA_DIR should be text .*line 2"),
        ("AIMLAPI_AUDIO_HOSTS = [1]", "AIMLAPI_AUDIO_HOSTS should be text .*line 2"),
        ("SOUNDCHECK_PACEE = 4", "SOUNDCHECK_PACEE is no setting .*line 2.*SOUNDCHECK_PACE\\?"),
        ("soundcheck_pace = 4", "soundcheck_pace is no setting .*line 2.*SOUNDCHECK_PACE\\?"),
        ("AIML_API_KEY = 'x'", "AIML_API_KEY is no setting .*line 2.*AIMLAPI_KEY\\?"),
        ("[auth]\nAIMLAPI_KEY = 'x'", r"AIMLAPI_KEY stands below \[auth\] \(secrets.toml, line 3"),
        ("[SOUNDCHECK_HOST]\nx = 1", "SOUNDCHECK_HOST is no setting"),
    ],
)
def test_k26_what_stands_wrong_in_the_secrets_file_is_named_with_its_line(
    tmp_path: Path, line: str, words: str
) -> None:
    """B31"""
    with pytest.raises(SettingsError, match=words):
        settings.read({}, secrets(tmp_path, f"# Ours\n{line}\n"))


@pytest.mark.parametrize(
    ("name", "meant"),
    [("SOUNDCHECK_DATADIR", "SOUNDCHECK_DATA_DIR"), ("AIMLAPI_BASEURL", "AIMLAPI_BASE_URL")],
)
def test_k26_an_unknown_name_in_the_environment_is_named_with_the_nearest(
    name: str, meant: str
) -> None:
    with pytest.raises(SettingsError, match=rf"{name} is no setting .*environment.*{meant}\?"):
        settings.read({name: "x", "PATH": "/bin", "STREAMLIT_SERVER_PORT": "80"}, NOWHERE)


def test_k26_streamlit_s_own_sections_are_none_of_our_business(tmp_path: Path) -> None:
    text = """
AIMLAPI_AUDIO_HOSTS = ["a.example", "b.example:8443"]
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
[auth.google]
client_id = "x"
[connections.sql]
url = "sqlite://"
"""
    read = settings.read({}, secrets(tmp_path, text))
    assert read.audio_hosts == ("a.example", "b.example:8443")


def test_k26_what_streamlit_copied_from_the_file_is_named_as_the_file_s(tmp_path: Path) -> None:
    file = secrets(tmp_path, "SOUNDCHECK_PACE = 900\n")
    with pytest.raises(SettingsError, match=r"secrets\.toml, line 1"):
        settings.read({"SOUNDCHECK_PACE": "900"}, file)
