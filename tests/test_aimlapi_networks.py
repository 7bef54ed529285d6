"""Special-purpose networks: the first and the last address of each block in the registries."""

import ipaddress
from typing import NoReturn

import pytest

from lib.aimlapi import networks
from lib.aimlapi.addresses import AddressRefusedError, Guard

# The registries as IANA prints them, nested blocks and all; what follows is in no registry.
IPV4 = """
0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
192.0.0.0/24 192.0.0.0/29 192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32
192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.88.99.2/32 192.168.0.0/16
192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32
224.0.0.0/4 168.63.129.16/32
""".split()  # noqa: SIM905 - read as a table
IPV6 = """
::1/128 ::/128 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128
2001:1::2/128 2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28
2001:30::/28 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10
::/96 ::ffff:0:0:0/96 fec0::/10 ff00::/8 4000::/2 8000::/1
""".split()  # noqa: SIM905 - read as a table
BLOCKS = [ipaddress.ip_network(block) for block in IPV4 + IPV6]
METADATA = [
    "169.254.169.254",
    "192.0.0.192",
    "100.100.100.200",
    "168.63.129.16",
    "fd00:ec2::254",
    "fd20:ce::254",
    "fe80::a9fe:a9fe%1",
    "64:ff9b:1::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "::ffff:169.254.169.254",
    "::a9fe:a9fe",
    "::ffff:0:a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "3fff::1",
    "5f00::1",
    "192.88.99.1",
]


def is_special(number: int, version: int) -> bool:
    """By whole numbers alone, as the table above says."""
    if version == 6 and (number >> 125) != 1:  # outside 2000::/3 nothing is given out
        return True
    return any(
        int(block[0]) <= number <= int(block[-1]) for block in BLOCKS if block.version == version
    )


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_k13_each_special_network_is_refused_from_its_first_address_to_its_last(
    block: ipaddress.IPv4Network | ipaddress.IPv6Network,
) -> None:
    inside = [int(block[0]), int(block[-1]), (int(block[0]) + int(block[-1])) // 2]
    outside = [int(block[0]) - 1, int(block[-1]) + 1]
    make = ipaddress.IPv4Address if block.version == 4 else ipaddress.IPv6Address
    assert not any(networks.is_public(str(make(number))) for number in inside)
    for number in outside:
        if 0 <= number < 2**block.max_prefixlen:
            carried = number >> 32 in (0xFFFF, 0x64FF9B << 64)  # an IPv4 address: tested below
            expected = not is_special(number, block.version)
            assert carried or networks.is_public(str(make(number))) == expected, make(number)


@pytest.mark.parametrize("prefix", ["::ffff:", "64:ff9b::"])
@pytest.mark.parametrize("block", IPV4)
def test_k13_a_special_network_is_refused_in_ipv6_s_clothes_too(prefix: str, block: str) -> None:
    network = ipaddress.IPv4Network(block)
    for number in (int(network[0]), int(network[-1])):
        assert not networks.is_public(f"{prefix}{number >> 16:x}:{number & 0xFFFF:x}")


@pytest.mark.parametrize("ip", METADATA)
def test_k13_nobody_s_metadata_is_visited(ip: str) -> None:
    with pytest.raises(AddressRefusedError):
        Guard("https://api.aimlapi.com").check_name(ip, 80)


def test_k13_the_interpreter_s_own_list_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pythons before 3.11.10 and 3.12.4 answer wrongly (CVE-2024-4032)."""

    def asked(_address: object) -> NoReturn:
        raise AssertionError("the interpreter's list was asked")

    for kind in (ipaddress.IPv4Address, ipaddress.IPv6Address):
        for name in vars(kind):
            if name.startswith("is_") or name in ("ipv4_mapped", "sixtofour", "teredo"):
                monkeypatch.setattr(kind, name, property(asked))
    assert not any(networks.is_public(ip) for ip in METADATA)
    assert networks.is_public("8.8.8.8")
    assert networks.is_public("2606:4700::1111")
