"""Store the preferences of the installation, and its own values such as secrets."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lib.errors import InvalidRequestError
from lib.library import choices
from lib.library.database import Database
from lib.library.tables.preferences import preferences
from lib.speech import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The settings of the page Settings, for the whole installation; None means the default.

    usd_per_million: price of a million characters, if the service does not say.
    shortlist: ids of the voices that people here prefer; they are listed first.
    file_names: the pattern of `lib.export.file_name`; "" for the usual one.
    """

    model: str | None = None
    voice: str | None = None
    format: Format = "mp3"
    confirm_above_usd: float | None = None
    pace: int | None = None
    usd_per_million: float | None = None
    plain_player: bool = False
    shortlist: Sequence[str] = ()
    file_names: str = ""


class PreferenceStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self) -> Preferences:
        """The stored preferences; invalid values are replaced by the defaults."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(preferences.c.name, preferences.c.value)).all()
        checks = choices.PREFERENCES
        good = {name: each for name, each in rows if name in checks and checks[name](each)}
        return Preferences(**good)

    def recall(self, name: str) -> Any:
        """A value that was stored with `remember`; None if there is none."""
        with self._database.read() as connection:
            return connection.scalar(
                sa.select(preferences.c.value).where(preferences.c.name == name)
            )

    def shortlist(self, voice: str, *, wanted: bool) -> None:
        """Put a voice on the shortlist or remove it; several people may do so at the same time."""
        with self._database.write() as connection:
            kept = connection.scalar(
                sa.select(preferences.c.value).where(preferences.c.name == "shortlist")
            )
            before = list(kept or []) if choices.PREFERENCES["shortlist"](kept) else []
            others = [each for each in before if each != voice]
            self.remember({"shortlist": [*others, voice] if wanted else others})

    def secret(self, name: str) -> bytes:
        """32 random bytes, made once for the installation, to sign links."""
        with self._database.write() as connection:
            found = connection.scalar(
                sa.select(preferences.c.value).where(preferences.c.name == f"secret:{name}")
            )
            if found is None:
                found = secrets.token_hex(32)
                connection.execute(
                    sa.insert(preferences).values(name=f"secret:{name}", value=found)
                )
        return bytes.fromhex(found)

    def remember(self, values: dict[str, Any]) -> None:
        """Store values. Raises InvalidRequestError, and stores none, for an invalid preference."""
        for name, value in values.items():
            check = choices.PREFERENCES.get(name)
            if check and not check(value):
                raise InvalidRequestError(
                    "This cannot be set.", hint="Choose one of the values that are offered."
                )
        with self._database.write() as connection:
            connection.execute(sa.delete(preferences).where(preferences.c.name.in_(values)))
            connection.execute(
                sa.insert(preferences),
                [{"name": name, "value": value} for name, value in values.items()],
            )
