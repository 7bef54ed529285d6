"""Decide which IP addresses are public, by our own list, the same with every Python.

Python's `ipaddress.is_global` is not used: its list was wrong before 3.11.10 and 3.12.4
(CVE-2024-4032), and is still older than the registries.

Sources: IANA's registries iana-ipv4-special-registry, iana-ipv6-special-registry and
ipv6-address-space (https://www.iana.org/assignments/…), as of November 2026. All registered
blocks are refused, also the few that everybody can reach (anycast helpers, AS112): no sound is
served from them.
"""

import ipaddress

IPV4_SPECIAL = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network, RFC 791
            "10.0.0.0/8",  # private, RFC 1918
            "100.64.0.0/10",  # shared behind carriers' NAT, RFC 6598
            "127.0.0.0/8",  # loopback, RFC 1122
            "169.254.0.0/16",  # link-local, RFC 3927: most clouds' metadata
            "172.16.0.0/12",  # private, RFC 1918
            "192.0.0.0/24",  # IETF protocols, RFC 6890: Oracle's metadata is 192.0.0.192
            "192.0.2.0/24",  # documentation, RFC 5737
            "192.31.196.0/24",  # AS112, RFC 7535
            "192.52.193.0/24",  # AMT relays, RFC 7450
            "192.88.99.0/24",  # relays from 6to4, withdrawn, RFC 7526
            "192.168.0.0/16",  # private, RFC 1918
            "192.175.48.0/24",  # AS112, RFC 7534
            "198.18.0.0/15",  # measurements, RFC 2544
            "198.51.100.0/24",  # documentation, RFC 5737
            "203.0.113.0/24",  # documentation, RFC 5737
            "224.0.0.0/4",  # multicast, RFC 5771
            "240.0.0.0/4",  # reserved, and broadcast, RFC 1112, RFC 919
            "168.63.129.16/32",  # in no registry: Azure's platform services
        ),
    )
)

# All assigned IPv6 addresses are in this block. The rest is special or reserved: loopback,
# "compatible", discard (100::/64), dummy (100:0:0:1::/64), local NAT64 (64:ff9b:1::/48), SRv6
# (5f00::/16), unique local, link-local, site-local, multicast.
IPV6_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
IPV6_SPECIAL = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # IETF protocols, RFC 2928: Teredo, benchmarking, ORCHID, DRIP
            "2001:db8::/32",  # documentation, RFC 3849
            "2002::/16",  # 6to4, RFC 3056: carries an inner IPv4 address
            "2620:4f:8000::/48",  # AS112, RFC 7534
            "3fff::/20",  # documentation, RFC 9637
        ),
    )
)

# Blocks of IPv6 that contain an IPv4 address, which is then checked itself: "mapped" addresses of
# dual-stack sockets (RFC 4291), and NAT64, used by networks without IPv4 (RFC 6052).
IPV4_INSIDE = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))


def is_public(ip: str) -> bool:
    """ip: the address of a socket's peer. Raises ValueError if it is not an IP address."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if not any(address in network for network in IPV4_INSIDE):
            given_out = address in IPV6_GIVEN_OUT
            return given_out and not any(address in network for network in IPV6_SPECIAL)
        address = ipaddress.IPv4Address(address.packed[-4:])
    return not any(address in network for network in IPV4_SPECIAL)
