"""Allow sound downloads only from public addresses and those that the operator named."""

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from lib.aimlapi import networks
from lib.settings import SettingsError

PORTS = {"http": 80, "https": 443}


class AddressRefusedError(Exception):
    """The address is not requested: it is not public, and the operator did not name it."""


def web_address(value: object) -> str | None:
    """The value if it is an absolute http or https address, else None."""
    if not isinstance(value, str) or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in PORTS and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return value if usable else None


class Guard:
    """Refuses addresses inside the network: by their text, and again on the open connection.

    Two kinds are allowed though they may not be public: the host and port of `base_url`, and
    `audio_hosts`, each "name" (any port) or "name:port". Raises SettingsError for other forms.
    """

    def __init__(self, base_url: str, audio_hosts: Iterable[str] = ()) -> None:
        if not web_address(base_url):
            raise SettingsError(f"AIMLAPI_BASE_URL: {base_url} is not a web address.")
        service = urlsplit(base_url)
        port = service.port or PORTS[service.scheme]
        self._trusted = {(service.hostname or "", port), *map(_place, audio_hosts)}

    def check(self, address: str) -> None:
        """Check the text of an address before a connection. Raises AddressRefusedError."""
        if not web_address(address):
            raise AddressRefusedError
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
        if self.trusts(parts.hostname or "", port):
            return
        if port not in PORTS.values() or "@" in parts.netloc:
            raise AddressRefusedError

    def check_name(self, host: str, port: int) -> None:
        """Check the IP addresses of a name. Raises AddressRefusedError or socket.gaierror."""
        if not self.trusts(host, port):
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                _check_public(str(place[0]))

    def check_peer(self, host: str, port: int, sock: socket.socket) -> None:
        """Check the peer of an open connection. Raises AddressRefusedError.

        This is the check that counts: the IP address of a name may change after `check_name`,
        which only avoids connections to inner hosts.
        """
        if not self.trusts(host, port):
            _check_public(sock.getpeername()[0])

    def trusts(self, host: str, port: int) -> bool:
        host = host.lower()
        return (host, port) in self._trusted or (host, None) in self._trusted


def _place(entry: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{entry}")
        return parts.hostname or "", parts.port
    except ValueError:
        raise SettingsError(f"AIMLAPI_AUDIO_HOSTS: {entry} is not a host or host:port.") from None


def _check_public(ip: str) -> None:
    if not networks.is_public(ip):
        raise AddressRefusedError
