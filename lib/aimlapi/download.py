"""Download the sound from an answer's address. It is paid for, so any number of tries is safe."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from lib.aimlapi import sounds, transport
from lib.aimlapi.addresses import AddressRefusedError, Guard
from lib.aimlapi.deadline import Deadline
from lib.aimlapi.transport import NoReply, Reply
from lib.errors import DownloadError
from lib.settings import MEGABYTE, Settings

HOPS = 5
# Another try may help: not there yet, too many at once, or a failure of the host.
PASSING = {404, 408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class _Miss:
    sentence: str
    again: bool


def download(
    address: str,
    *,
    settings: Settings,
    guard: Guard,
    wait: Callable[[float], bool],
    reference: str | None = None,
) -> bytes:
    """The complete sound file at `address`, requested without the key and with a deadline.

    wait: sleeps for the given seconds; returns False if the work was stopped.
    Raises DownloadError.
    """
    # A file that is not there yet usually comes soon: each pause is twice the one before.
    shares = [2**n for n in range(settings.download_tries - 1)]
    with Deadline(settings.download_s) as deadline:
        found = _follow(address, settings, guard, deadline)
        for share in shares:
            pause_s = settings.download_span_s * share / sum(shares)
            if isinstance(found, bytes) or not found.again or pause_s > deadline.left_s:
                break
            if not wait(pause_s):
                break
            found = _follow(address, settings, guard, deadline)
    if isinstance(found, bytes):
        return found
    raise DownloadError(found.sentence, reference=reference)


def _follow(address: str, settings: Settings, guard: Guard, deadline: Deadline) -> bytes | _Miss:
    """One try. It follows redirects, and checks each address as the first one."""
    for _ in range(HOPS):
        try:
            guard.check(address)
        except AddressRefusedError:
            return _FORBIDDEN
        reply = transport.call(
            "GET",
            address,
            headers={},
            deadline=deadline,
            connect_s=settings.connect_s,
            limit_bytes=settings.download_max_bytes,
            guard=guard,
            ca_file=settings.ca_file,
        )
        if isinstance(reply, NoReply):
            return _unanswered(reply)
        location = reply.headers.get("Location")
        if not (300 <= reply.status < 400 and location):
            return _judge(reply, settings)
        address = urljoin(address, location)
    return _Miss("The link to the sound leads from place to place.", again=False)


_FORBIDDEN = _Miss("The link to the sound leads to a place Soundcheck does not visit.", again=False)


def _unanswered(reply: NoReply) -> _Miss:
    match reply.reason:
        case "forbidden":
            return _FORBIDDEN
        case "late":
            return _Miss("The sound did not arrive in time.", again=False)
        case "certificate":
            return _Miss("The place of the sound has no valid certificate.", again=False)
        case "unreachable":
            return _Miss("The place of the sound cannot be reached.", again=True)
        case "broken":
            return _Miss("The sound broke off on its way.", again=True)


def _judge(reply: Reply, settings: Settings) -> bytes | _Miss:
    if reply.status in (401, 403, 410):
        return _Miss("The link to the sound has expired.", again=False)
    if reply.status != 200:
        passing = reply.status in PASSING
        return _Miss(f"The sound is not there ({reply.status}).", again=passing)
    if reply.is_too_large:
        most = settings.download_max_bytes // MEGABYTE
        return _Miss(f"The sound is larger than {most} MB.", again=False)
    if not sounds.media_type(reply.body):
        return _Miss("What came is not a sound file.", again=False)
    return reply.body
