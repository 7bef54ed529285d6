"""What one server process has exactly one of."""

import atexit
import logging
import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from lib import logs, settings
from lib.errors import SpeechError

if TYPE_CHECKING:
    from lib.apart import Readings
    from lib.catalogue import Catalogue
    from lib.engines import Engines
    from lib.jobs import Jobs
    from lib.library import Library
    from lib.library.clip import Clip
    from lib.prices import Prices
    from lib.settings import Settings

log = logging.getLogger("soundcheck.house")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """keys: typed in Settings, by browser; here and nowhere else, gone with the process.

    link_secret: signs links to sound; the installation's own, shared by its servers.
    """

    settings: "Settings"
    catalogue: "Catalogue"
    library: "Library"
    engines: "Engines"
    jobs: "Jobs"
    prices: "Prices"
    readings: "Readings"
    keys: dict[str, str]
    link_secret: bytes


_building = threading.Lock()


def house() -> House:
    """The one House, built by whoever comes first.

    Raises SettingsError or StorageError; the next call then tries again.
    """
    with _building:
        return _house()


@cache
def _house() -> House:
    # These take 0.4 s to import: beside the start of the server, not before it answers.
    from lib import catalogue
    from lib.apart import Readings
    from lib.engines import Engines
    from lib.jobs import Jobs
    from lib.library import Library
    from lib.prices import Prices

    logs.start_logging()
    chosen = settings.read()
    if chosen.key:
        logs.hide(chosen.key)
    library = Library(chosen)
    engines = Engines(chosen)
    engines.pace.ceiling = library.preferences.get().pace or chosen.pace
    jobs = Jobs(library, limit=lambda: engines.pace.limit, most=chosen.pace_max)
    prices = Prices(library, engines, catalogue.load())
    built = House(
        settings=chosen,
        catalogue=catalogue.load(),
        library=library,
        engines=engines,
        jobs=jobs,
        prices=prices,
        readings=Readings(),
        keys={},
        link_secret=library.preferences.secret("links"),
    )
    interrupted = library.recover()
    threading.Thread(
        target=_after_start, args=(built, interrupted), name="after-start", daemon=True
    ).start()
    atexit.register(close)
    return built


def close() -> None:
    """Let open calls end, mark the rest as interrupted, and leave the library."""
    if not _house.cache_info().currsize:
        return
    built = _house()
    _house.cache_clear()
    built.readings.close()
    built.jobs.stop(built.settings.stop_wait_s)
    built.library.close()


def _after_start(built: House, interrupted: "list[Clip]") -> None:
    """What the first visitor need not wait for."""
    try:
        built.jobs.resume(interrupted, built.engines)
        built.library.sweep()
    except SpeechError as error:
        log.warning("not all could be set right after the start: %s", error)
