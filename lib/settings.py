"""Everything an operator can set, read once at start from the environment and secrets.toml."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from lib.errors import SpeechError

ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = ROOT / ".streamlit" / "secrets.toml"
MEGABYTE = 1_000_000

# Names the vendor's users know; every other field is SOUNDCHECK_ and its own name in capitals.
VENDOR_NAMES = {
    "key": "AIMLAPI_KEY",
    "base_url": "AIMLAPI_BASE_URL",
    "audio_hosts": "AIMLAPI_AUDIO_HOSTS",
}


class SettingsError(SpeechError):
    """A setting cannot be used; the message names it and where it was found."""

    hint = "Correct it, then start Soundcheck again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One installation's settings. Times are in seconds, sizes in bytes.

    key: the service's key, None when people bring their own in Settings.
    audio_hosts: hosts, "name" or "name:port", that may serve sound although they are not public.
    ca_file: certificates to trust instead of the usual ones, where a company has its own.
    """

    key: str | None = None
    base_url: str = "https://api.aimlapi.com"
    audio_hosts: tuple[str, ...] = ()
    ca_file: str = ""

    data_dir: Path = ROOT / "data"
    database_url: str = ""  # empty: SQLite in data_dir
    storage_url: str = ""  # empty: a folder in data_dir

    connect_s: float = 3.05
    post_s: float = 120.0
    account_s: float = 20.0  # prices, balance and records: somebody is waiting
    download_s: float = 60.0
    download_tries: int = 5
    download_span_s: float = 30.0  # the tries are spread over this
    download_max_bytes: int = 50 * MEGABYTE
    retry_tries: int = 2  # after the first try
    retry_base_s: float = 0.5
    retry_cap_s: float = 8.0
    retry_after_max_s: float = 60.0
    retry_quota: float = 20.0

    pace: int = 2  # calls at once, at first; changeable in the app
    pace_max: int = 16
    text_max_chars: int = 500_000
    piece_max_chars: int = 2_000
    piece_max_weight: int = 1_600
    confirm_above_usd: float = 0.5  # changeable in the app
    clips_per_minute: int = 30  # clicks of one browser that begin clips; a whole script is one
    clips_open_max: int = 200  # of one browser in the making when it asks for more
    free_disk_min_bytes: int = 200 * MEGABYTE
    lock_wait_s: float = 5.0
    stop_wait_s: float = 20.0

    def __repr__(self) -> str:
        """Without the key: a settings object may end up in a log or a traceback."""
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(self) if f.name != "key")
        return f"Settings({', '.join(shown)})"

    @property
    def library_url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'soundcheck.db'}"

    @property
    def sound_url(self) -> str:
        return self.storage_url or str(self.data_dir / "sound")


def read(environ: Mapping[str, str] = os.environ, secrets_file: Path = SECRETS_FILE) -> Settings:
    """Settings from secrets.toml, the environment winning. Raises SettingsError with the name."""
    given = _secrets(secrets_file) | dict(environ)
    values: dict[str, Any] = {}
    for field in fields(Settings):
        name = VENDOR_NAMES.get(field.name, f"SOUNDCHECK_{field.name.upper()}")
        raw = str(given.get(name, "")).strip()
        if raw:
            values[field.name] = _converted(name, raw, field.default)
    return Settings(**values)


def key_from_text(text: str) -> str:
    """A key as typed or pasted, blanks trimmed. Raises SettingsError for what no key can be."""
    key = text.strip()
    if not key.isprintable() or not key.isascii() or " " in key:
        raise SettingsError(
            "This does not look like a key: it has a line break, a blank or an unusual character "
            "inside.",
            hint="Copy the key again and paste it on its own.",
        )
    return key


def _secrets(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:  # also numbers too long, lists too deep
        # The decoder names line and column, never the value, so no key is repeated here.
        raise SettingsError(f"{file.name} cannot be read: {error}.") from None


def _converted(name: str, raw: str, default: object) -> object:
    """`raw` as the type of the field's default."""
    try:
        match default:
            case None:
                return key_from_text(raw)
            case int():
                return int(raw)
            case float():
                return float(raw)
            case Path():
                return Path(raw).expanduser().resolve()
            case tuple():
                return tuple(part.strip() for part in raw.split(",") if part.strip())
            case _:
                return raw.rstrip("/")
    except ValueError:
        raise SettingsError(f"{name} should be a number, and is not.") from None
    except SettingsError as error:
        raise SettingsError(f"{name}: {error}") from None
