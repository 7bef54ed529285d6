"""The network address of a client; only a pseudonym of it is ever stored."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence

HERE = "127.0.0.1"
ONE_HOME = 64  # bits of an IPv6 address that name a network; computers often change the rest


def pseudonym(address: str, *, test: str, secret: bytes) -> str:
    """A name for an address: equal within one test, different in each test and installation."""
    return hmac.new(secret, f"{test} {address}".encode(), hashlib.sha256).hexdigest()[:32]


def client(peer: str | None, forwarded: Sequence[str], trusted_proxies: int) -> str:
    """The address of the client; for IPv6, its network.

    peer: the other end of the connection, from Streamlit; None for this machine.
    forwarded: X-Forwarded-For as received. Each proxy adds the address it heard at the end; earlier
        entries come from the client, which can write anything.
    trusted_proxies: number of proxies; 0 ignores the header.
    """
    said = [_plain(part) for line in forwarded for part in line.split(",")]
    if 0 < trusted_proxies <= len(said) and (found := said[-trusted_proxies]):
        return found
    whom = _plain(peer or HERE) or HERE
    # The web server replaces the peer by the address that a proxy on this machine sends.
    return HERE if whom in said else whom


def _plain(text: str) -> str:
    """An address without its port; "" if it is not an address."""
    words = text.strip()[:64]
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    try:
        address = ipaddress.ip_address(words.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), ONE_HOME), strict=False))
