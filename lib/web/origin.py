"""The network address that a request comes from; only a pseudonym of it is ever written down."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence

HERE = "127.0.0.1"
ONE_HOME = 64  # bits of an IPv6 address; the rest a computer chooses for itself, and often anew


def pseudonym(address: str, *, test: str, secret: bytes) -> str:
    """A name for an address: the same within one test, another in each test and installation."""
    return hmac.new(secret, f"{test} {address}".encode(), hashlib.sha256).hexdigest()[:32]


def client(peer: str | None, forwarded: Sequence[str], trusted_proxies: int) -> str:
    """The client's address, or of IPv6 its network.

    peer: the other end of the connection as Streamlit tells it, None for this machine.
    forwarded: X-Forwarded-For as it came. Each proxy writes at its end whom it heard; what is
        further in front is what the client says of itself, and anybody can say anything.
    trusted_proxies: how many proxies there are; 0 believes none.
    """
    said = [_plain(part) for line in forwarded for part in line.split(",")]
    if 0 < trusted_proxies <= len(said) and (found := said[-trusted_proxies]):
        return found
    whom = _plain(peer or HERE) or HERE
    # The web server puts what a proxy on this machine says in the place of the peer.
    return HERE if whom in said else whom


def _plain(text: str) -> str:
    """An address without a port, "" for what is none."""
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
