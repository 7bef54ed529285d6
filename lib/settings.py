"""The operator's settings, read once at start from the environment and secrets.toml."""

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lib import settings_check
from lib.errors import SpeechError

ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = ROOT / ".streamlit" / "secrets.toml"
MEGABYTE = 1_000_000

# Names that the vendor uses; all other settings are SOUNDCHECK_ and the field's name in capitals.
VENDOR_NAMES = {
    "key": "AIMLAPI_KEY",
    "base_url": "AIMLAPI_BASE_URL",
    "audio_hosts": "AIMLAPI_AUDIO_HOSTS",
}


# Quotation marks of several languages, and what blanks and commas a copy may end in.
_AROUND_A_KEY = " \t\r\n\u00a0\u200b\ufeff,;\"'`“”„‘’‚«»‹›"


class SettingsError(SpeechError):
    """A setting is not valid; the message says which one and where it was found."""

    hint = "Correct it, then start Soundcheck again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of an installation. Times are in seconds, sizes in bytes.

    key: the key of the service; None if people type their own in Settings.
    audio_hosts: hosts, "name" or "name:port", that may serve sound although they are not public.
    ca_file: certificates to trust instead of the usual ones, for a company with its own.
    hosts: names under which people open Soundcheck, besides localhost.
    frame_ancestors: origins, "https://name", whose pages may show Soundcheck in a frame.
    trusted_proxies: number of proxies before Soundcheck that add to X-Forwarded-For.
    """

    key: str | None = None
    base_url: str = "https://api.aimlapi.com"
    audio_hosts: tuple[str, ...] = ()
    ca_file: str = ""

    hosts: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()

    data_dir: Path = ROOT / "data"
    database_url: str = ""  # empty: SQLite in data_dir
    storage_url: str = ""  # empty: a folder in data_dir

    connect_s: float = 3.05
    post_s: float = 120.0
    account_s: float = 20.0  # prices, balance and records: somebody is waiting
    download_s: float = 60.0
    download_tries: int = 5
    download_span_s: float = 30.0  # all tries together
    download_max_bytes: int = 50 * MEGABYTE
    retry_tries: int = 2  # after the first try
    retry_base_s: float = 0.5
    retry_cap_s: float = 8.0
    retry_after_max_s: float = 60.0
    retry_quota: float = 20.0

    pace: int = 2  # calls at once at the start; can be changed in the app
    pace_max: int = 16
    text_max_chars: int = 500_000
    piece_max_chars: int = 2_000
    piece_max_weight: int = 1_600
    confirm_above_usd: float = 0.5  # can be changed in the app
    clips_per_minute: int = 30  # clicks of one browser that start clips; a whole script is one
    clips_open_max: int = 200  # unfinished clips of one browser; above it no more are started
    free_disk_min_bytes: int = 200 * MEGABYTE
    lock_wait_s: float = 5.0
    stop_wait_s: float = 20.0
    trusted_proxies: int = 0

    def __repr__(self) -> str:
        """The settings without key and passwords, since this may appear in a log."""
        secret = {"key", "database_url", "storage_url"}
        shown = (
            f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name not in secret
        )
        return f"Settings({', '.join(shown)})"

    @property
    def library_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'soundcheck.db'}"

    @property
    def sound_url(self) -> str:
        return self.storage_url or str(self.data_dir / "sound")


# The name of each field in the environment and in secrets.toml.
NAMES = {
    VENDOR_NAMES.get(field.name, f"SOUNDCHECK_{field.name.upper()}"): field
    for field in fields(Settings)
}


def read(environ: Mapping[str, str] = os.environ, secrets_file: Path = SECRETS_FILE) -> Settings:
    """Settings from secrets.toml and the environment, which wins. Raises SettingsError."""
    written, lines = _secrets(secrets_file)
    _refuse_unknown(written, lines, environ)
    values: dict[str, Any] = {}
    for name, field in NAMES.items():
        value: object = environ.get(name, written.get(name, ""))
        if isinstance(value, str) and not value.strip():
            continue
        # Streamlit copies the content of secrets.toml into the environment.
        from_file = name in written and str(written[name]) == str(value)
        place = lines.get(name, "") if from_file else "environment"
        values[field.name] = _converted(name, field, value, place)
    chosen = Settings(**values)
    if chosen.pace > chosen.pace_max:
        raise SettingsError(
            f"SOUNDCHECK_PACE, which is {chosen.pace}, should not be more than "
            f"SOUNDCHECK_PACE_MAX, which is {chosen.pace_max}."
        )
    return chosen


def key_from_text(text: str) -> str:
    """A typed or pasted key without what was copied with it: blanks, quotation marks, "Bearer".

    Raises SettingsError if it cannot be a key.
    """
    key = re.sub(r"^(authorization:\s*)?bearer\s+", "", text.strip(_AROUND_A_KEY), flags=re.I)
    key = key.strip(_AROUND_A_KEY)
    if not key.isprintable() or not key.isascii() or " " in key:
        raise SettingsError(
            "This does not look like a key: it has a line break, a blank or an unusual character "
            "inside.",
            hint="Copy the key again and paste it on its own.",
        )
    return key


def _secrets(file: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """(the content of the file, the place of each name, such as "secrets.toml, line 3")."""
    if not file.is_file():
        return {}, {}
    # Pages show this text, so it does not contain the path of the folder.
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise SettingsError(
            f"{file.name} can be read by others on this machine, and holds secrets.",
            hint=f"Run chmod 600 {file.parent.name}/{file.name}, then start Soundcheck again.",
        )
    try:
        text = file.read_text(encoding="utf-8")
        held = tomllib.loads(text)
    except (ValueError, RecursionError, OSError) as error:  # also for absurd numbers and lists
        # The decoder's message has line and column but not the value, so it shows no key.
        why = (isinstance(error, OSError) and error.strerror) or error
        raise SettingsError(f"{file.name} cannot be read: {why}.") from None
    lines: dict[str, str] = {}
    for count, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            lines.setdefault(found[1], f"{file.name}, line {count}")
    return held, lines


def _refuse_unknown(
    written: Mapping[str, Any], lines: Mapping[str, str], environ: Mapping[str, str]
) -> None:
    """Raises SettingsError for unknown names: a mistyped setting would be ignored."""
    for section, names in written.items():
        if isinstance(names, dict):  # such as [auth], which Streamlit reads
            for name in filter(NAMES.get, _all_names(names)):
                raise SettingsError(
                    f"{name} stands below [{section}] ({lines.get(name)}), where it is not read.",
                    hint="Move it above the first line in brackets, then start Soundcheck again.",
                )
    at_top = [name for name, value in written.items() if not isinstance(value, dict)]
    ours = [
        name
        for name in (*written, *environ)
        if name.upper().startswith(("SOUNDCHECK_", "AIMLAPI_"))
    ]
    for name in at_top + ours:
        if name not in NAMES:
            near = get_close_matches(name.upper(), NAMES, 1)
            raise SettingsError(
                f"{name} is no setting of Soundcheck ({lines.get(name, 'environment')})."
                + (f" Did you mean {near[0]}?" if near else ""),
                hint="Correct it or take it out, then start Soundcheck again.",
            )


def _all_names(section: Mapping[str, Any]) -> Iterator[str]:
    for name, value in section.items():
        yield name
        if isinstance(value, dict):
            yield from _all_names(value)


def _converted(name: str, field: Field[Any], value: object, place: str) -> object:
    """The value converted to the type of the field's default. place: where it was found."""
    try:
        match field.default:
            case None:
                return key_from_text(settings_check.text(field.name, value))
            case int() | float() as default:
                return settings_check.number(field.name, value, whole=isinstance(default, int))
            case Path():
                return settings_check.folder(value)
            case tuple():
                return settings_check.several(field.name, value)
            case _:
                return settings_check.text(field.name, value)
    except ValueError as error:
        raise SettingsError(f"{name} {error} ({place}).") from None
    except SettingsError as error:
        raise SettingsError(f"{name} ({place}): {error}") from None
