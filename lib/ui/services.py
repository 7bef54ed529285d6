"""The services that exist once in every server process."""

import atexit
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from lib import logs, settings
from lib.errors import SpeechError

if TYPE_CHECKING:
    from lib.apart import Readings
    from lib.catalogue import Catalogue
    from lib.engines import Engines
    from lib.events import Events
    from lib.jobs import Jobs
    from lib.library import Library
    from lib.listening.guesses import Guesses
    from lib.orders.orders import Orders
    from lib.orders.prices import Prices
    from lib.orders.rate import Rate
    from lib.settings import Settings
    from lib.tasks import Task, Tasks
    from lib.web.links import Links
    from lib.web.stream import Proofs

log = logging.getLogger("soundcheck.services")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """keys: typed in Settings, by browser id. They are stored here only.

    link_secret: the installation's own, shared by its servers: it signs the links to files.
    """

    settings: "Settings"
    catalogue: "Catalogue"
    library: "Library"
    engines: "Engines"
    jobs: "Jobs"
    prices: "Prices"
    rate: "Rate"
    orders: "Orders"
    readings: "Readings"
    guesses: "Guesses"
    tasks: "Tasks"
    events: "Events"
    keys: dict[str, str] = field(repr=False)
    link_secret: bytes = field(repr=False)
    links: "Links"
    proofs: "Proofs"


_building = threading.Lock()


def services() -> Services:
    """The services; the first call builds them.

    Raises SettingsError or StorageError; the next call then tries again.
    """
    with _building:
        return _services()


@cache
def _services() -> Services:
    # These imports take 0.4 s, so they wait until the server answers.
    from lib import catalogue
    from lib.apart import Readings
    from lib.engines import Engines
    from lib.events import Events
    from lib.jobs import Jobs
    from lib.library import Library
    from lib.listening.guesses import Guesses
    from lib.orders.orders import Orders
    from lib.orders.prices import Prices
    from lib.orders.rate import Rate
    from lib.tasks import Tasks
    from lib.web.links import Links
    from lib.web.stream import Proofs

    logs.start_logging()
    chosen = settings.read()
    if chosen.key:
        logs.hide(chosen.key)
    library = Library(chosen)
    try:
        engines, events = Engines(chosen), Events()
        link_secret = library.preferences.secret("links")
        pace = library.preferences.get().pace or chosen.pace
        engines.pace.ceiling = min(pace, chosen.pace_max)
        voices = catalogue.load()
        prices = Prices(library, engines, voices)
        rate = Rate(per_minute=chosen.clips_per_minute, open_max=chosen.clips_open_max)
        readings, tasks = Readings(), Tasks(partial(_tell, events))
        # Last of what can fail: it begins to work.
        jobs = Jobs(library, engines, most=chosen.pace_max, events=events)
        built = Services(
            settings=chosen,
            catalogue=voices,
            library=library,
            engines=engines,
            prices=prices,
            rate=rate,
            orders=Orders(
                library=library,
                catalogue=voices,
                engines=engines,
                jobs=jobs,
                prices=prices,
                rate=rate,
                settings=chosen,
            ),
            readings=readings,
            guesses=Guesses(),
            tasks=tasks,
            keys={},
            link_secret=link_secret,
            links=Links(link_secret),
            proofs=Proofs(link_secret),
            events=events,
            jobs=jobs,
        )
    except BaseException:
        library.close()  # else this process would count as alive, and its work never be recovered
        raise
    built.tasks.begin("sweep", lambda _progress: _sweep(library))
    atexit.register(close)
    return built


def _tell(bus: "Events", task: "Task[Any]") -> None:
    """Whoever shows this task learns how far it is."""
    from lib import events
    from lib.tasks import numbers_of

    bus.progress(events.task(task.id), numbers_of(task))
    bus.publish(events.steps(task.id))
    if task.is_over:
        bus.publish(events.task(task.id))


def close() -> None:
    """Close the services: wait for open calls, mark other work as interrupted, close the library.

    All threads of the services end as well. Whoever asks for the services after this gets new ones,
    which know nothing of these.
    """
    with _building:
        if not _services.cache_info().currsize:
            return
        built = _services()
        _services.cache_clear()
    until_s = time.monotonic() + built.settings.stop_wait_s
    built.events.close()
    built.readings.close()
    built.tasks.stop()
    built.jobs.stop(built.settings.stop_wait_s)
    for each in (built.readings, built.tasks, built.prices, built.engines):
        each.join(until_s)
    built.library.close()
    atexit.unregister(close)


def tidy() -> None:
    """Delete drafts that nobody can reach any more."""
    library = services().library
    try:
        library.listening.unsent.tidy()
        library.drafts.tidy()
    except SpeechError as error:
        log.warning("old drafts could not be deleted: %s", error)


def _sweep(library: "Library") -> None:
    """Sweep the library in the background, so that no visitor waits for it."""
    try:
        library.sweep()
    except SpeechError as error:
        log.warning("the library could not be swept: %s", error)
